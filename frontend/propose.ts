/**
 * form[data-behaviour~=propose][data-proposed='{"body basis": 66, …}'] fills in how many are due for the body and basis
 * that are chosen, as long as nobody has typed another number. Without this script the proposals stand beside it.
 */
export function propose(form: HTMLElement): void {
  const known = JSON.parse(form.dataset.proposed ?? "{}") as Record<string, number>;
  const due = form.querySelector<HTMLInputElement>("[name=due]");
  const radios = [...form.querySelectorAll<HTMLInputElement>("input[type=radio]")];
  const chosen = (name: string): string => radios.find((one) => one.name === name && one.checked && !one.disabled)?.value ?? "";
  const number = (): string => {
    const body = chosen("body");
    return String(known[`${body} ${chosen("basis")}`] ?? known[`${body} persons`] ?? "");
  };
  if (!due) return;
  let filled = number();
  form.addEventListener("change", (event) => {
    if (event.target === due || (due.value !== "" && due.value !== filled)) return;
    due.value = filled = number();
  });
}
