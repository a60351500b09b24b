/** form.filters[data-behaviour=filters]: on phones [data-filters-toggle] opens and shuts the further choices. */
export function filters(form: HTMLElement): void {
  const toggle = form.querySelector<HTMLElement>("[data-filters-toggle]");
  toggle?.addEventListener("click", () => {
    const open = form.classList.toggle("is-open");
    toggle.setAttribute("aria-expanded", String(open));
  });
}
