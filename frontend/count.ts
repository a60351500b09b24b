/** textarea[data-behaviour~=count][data-limit] shows "x / limit" beneath. It never cuts what is typed. */
export function count(area: HTMLElement): void {
  const limit = Number(area.dataset.limit);
  if (!(area instanceof HTMLTextAreaElement || area instanceof HTMLInputElement) || !limit) return;
  const line = document.createElement("div");
  line.className = "counter";
  area.after(line);
  const show = (): void => {
    const length = [...area.value].length;
    line.textContent = `${length} / ${limit}`;
    line.classList.toggle("is-over", length > limit);
    // Read aloud only when it matters.
    line.setAttribute("aria-live", length > limit * 0.9 ? "polite" : "off");
  };
  area.addEventListener("input", show);
  area.form?.addEventListener("draft:restored", show);
  show();
}
