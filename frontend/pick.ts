/**
 * input[data-behaviour=pick][list]: initials (lcy) or a house number (7, 7号), typed instead of a household, become the
 * household if just one of the list is meant. The text of its options are the initials, data-number is the number.
 */
function meant(typed: string, options: HTMLOptionElement[]): string | null {
  const short = typed.normalize("NFKC").trim().replace(/号$/, "").toLowerCase();
  const number = /^\d+$/.test(short) ? String(Number(short)) : null;
  if (number === null && !/^[a-z]+$/.test(short)) return null;
  const found = options.filter((one) => (number === null ? one.text === short : one.dataset.number === number));
  return found.length === 1 ? (found[0]?.value ?? null) : null;
}

export function pick(element: HTMLElement): void {
  element.addEventListener("change", () => {
    const input = element as HTMLInputElement;
    const list = document.getElementById(input.getAttribute("list") ?? "");
    const value = meant(input.value, [...(list?.querySelectorAll("option") ?? [])]);
    if (value === null) return;
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true })); // a draft keeps it
  });
}
