/** [data-behaviour=error-summary] takes the focus when the page opens, and its links go into the field itself. */
export function errorSummary(summary: HTMLElement): void {
  summary.addEventListener("click", (event) => {
    const link = (event.target as HTMLElement).closest<HTMLAnchorElement>("a[href^='#']");
    const target = link ? document.getElementById(decodeURIComponent(link.hash.slice(1))) : null;
    if (!target) return;
    const controls = "input:not([type=hidden]), select, textarea";
    const field = target.matches(controls) ? target : target.querySelector<HTMLElement>(controls);
    if (!field) return;
    event.preventDefault();
    (target.closest(".field") ?? target).scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  });
  summary.tabIndex = -1;
  summary.focus();
}
