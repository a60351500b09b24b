/**
 * Shows [data-reveal-when="fieldname=value[,value]"] only while the field of that name, within the same repeated row
 * (where it has none, the form), has one of the values. "fieldname=*" means any value. What is hidden is disabled, so that it is
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

function apply(element: HTMLElement, form: HTMLElement): void {
  const rule = element.dataset.revealWhen ?? "";
  const cut = rule.indexOf("=");
  const name = (cut < 0 ? rule : rule.slice(0, cut)).trim();
  const wanted = cut < 0 ? ["*"] : rule.slice(cut + 1).split(",").map((value) => value.trim());
  const row = element.closest("[data-repeat-row]");
  const own = row ? controlsNamed(row, name) : [];
  const controls = own.length > 0 ? own : controlsNamed(form, name);
  if (controls.length === 0) return;
  const values = valuesOf(controls);
  const shown = values.some((value) => wanted.includes(value) || (wanted.includes("*") && value !== ""));
  element.hidden = !shown;
  for (const control of element.querySelectorAll<Control>("input, select, textarea")) {
    const within = control.closest<HTMLElement>("[data-reveal-when]");
    if (within !== element && within?.hidden) continue;
    if (!shown && !control.disabled) {
      control.disabled = true;
      control.dataset.revealOff = "";
    } else if (shown && control.dataset.revealOff !== undefined) {
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
  for (const name of ["change", "repeat:added", "repeat:changed", "draft:restored"]) form.addEventListener(name, again);
  form.addEventListener("reset", () => setTimeout(again));
  again();
}
