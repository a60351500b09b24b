/** details[data-behaviour=menu] opens what follows it; it shuts on Escape and on a click elsewhere. */
export function menu(details: HTMLElement): void {
  const around = details.parentElement;
  if (!(details instanceof HTMLDetailsElement) || !around) return;
  around.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary")?.focus();
  });
  document.addEventListener("click", (event) => {
    if (details.open && !around.contains(event.target as Node)) details.open = false;
  });
}
