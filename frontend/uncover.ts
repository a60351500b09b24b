/** What gets the focus is moved out from under the .save-bar: browsers only see to it that it is within the window. */
export function listenForFocus(): void {
  document.addEventListener("focusin", (event) => {
    const one = event.target as HTMLElement;
    const bar = document.querySelector<HTMLElement>(".save-bar");
    if (!bar || bar.contains(one)) return;
    const box = one.getBoundingClientRect();
    const covered = box.bottom + 8 - bar.getBoundingClientRect().top;
    if (covered > 0 && box.height < window.innerHeight / 2) window.scrollBy(0, covered);
  });
}
