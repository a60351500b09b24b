/**
 * Shows [data-reveal-when="fieldname=value[,value]"] only while the field of that name, within the same repeated row
 * (where it has none, the form), has one of the values. "fieldname=*" means any value; "fieldname>60" that its first
 * sentence is longer than that, or that the part has something in it already, be it an error. What is hidden is disabled, so that it is
 * neither sent nor in the way of sending. Without this script everything is visible.
 */
type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function controlsNamed(scope: ParentNode, name: string): Control[] {
  return [...scope.querySelectorAll<Control>("input, select, textarea")].filter(
    (control) => control.name === name || control.name.endsWith(`-${name}`),
  );
}

function valuesOf(controls: Control[]): string[] {
  return controls.flatMap((control) => {
    if (control instanceof HTMLInputElement && (control.type === "radio" || control.type === "checkbox")) {
      return control.checked ? [control.value] : [];
    }
    return [control.value];
  });
}

function firstSentence(value: string): string {
  return (value.trim().split("\n")[0] ?? "").split(/[。!?！？;；]/)[0] ?? "";
}

function isTooLong(element: HTMLElement, rule: string, row: Element | null, form: HTMLElement): boolean {
  const [name = "", limit] = rule.split(">");
  const long = valuesOf(controlsNamed(row ?? form, name.trim())).some((value) => [...firstSentence(value)].length > Number(limit));
  const filled = [...element.querySelectorAll<Control>("input, select, textarea")].some((control) => control.value !== "");
  return long || filled || element.querySelector(".field-error") !== null;
}

function apply(element: HTMLElement, form: HTMLElement): void {
  const rule = element.dataset.revealWhen ?? "";
  if (rule.includes(">")) return show(element, isTooLong(element, rule, element.closest("[data-repeat-row]"), form));
  const cut = rule.indexOf("=");
  const name = (cut < 0 ? rule : rule.slice(0, cut)).trim();
  const wanted = cut < 0 ? ["*"] : rule.slice(cut + 1).split(",").map((value) => value.trim());
  const row = element.closest("[data-repeat-row]");
  const own = row ? controlsNamed(row, name) : [];
  const controls = own.length > 0 ? own : controlsNamed(form, name);
  if (controls.length === 0) return;
  const values = valuesOf(controls);
  const shown = values.some((value) => wanted.includes(value) || (wanted.includes("*") && value !== ""));
  show(element, shown);
}

function show(element: HTMLElement, shown: boolean): void {
  element.hidden = !shown;
  const shutOutside = element.parentElement?.closest("[data-reveal-when][hidden]") != null;
  for (const control of element.querySelectorAll<Control>("input, select, textarea")) {
    const within = control.closest<HTMLElement>("[data-reveal-when]");
    if (within !== element && within?.hidden) continue;
    if (!shown && !control.disabled) {
      control.disabled = true;
      control.dataset.revealOff = "";
    } else if (shown && !shutOutside && control.dataset.revealOff !== undefined) {
      control.disabled = false;
      delete control.dataset.revealOff;
    }
  }
}

export function refreshReveal(form: HTMLElement): void {
  for (const element of form.querySelectorAll<HTMLElement>("[data-reveal-when]")) apply(element, form);
}

export function reveal(form: HTMLElement): void {
  const again = (): void => refreshReveal(form);
  for (const name of ["change", "input", "repeat:added", "repeat:changed", "draft:restored"]) form.addEventListener(name, again);
  form.addEventListener("reset", () => setTimeout(again));
  again();
}
