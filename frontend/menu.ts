/** details[data-behaviour=menu] shuts on Escape and on a click elsewhere. */
export function menu(details: HTMLElement): void {
  if (!(details instanceof HTMLDetailsElement)) return;
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary")?.focus();
  });
  document.addEventListener("click", (event) => {
    if (details.open && !details.contains(event.target as Node)) details.open = false;
  });
}
