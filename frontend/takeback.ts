/**
 * form[data-behaviour~=take-back][data-seconds]: offered for so many seconds, counted down in .take-back-left, then gone.
 * It stays while its button has the focus: whoever goes by keyboard is not hurried.
 */
export function takeBack(form: HTMLElement): void {
  const left = form.querySelector<HTMLElement>(".take-back-left");
  let seconds = Number(form.dataset.seconds ?? 10);
  const show = (): void => {
    if (left) left.textContent = String(Math.max(seconds, 0));
  };
  show();
  const timer = setInterval(() => {
    seconds -= 1;
    show();
    if (!form.isConnected) clearInterval(timer);
    if (seconds > 0 || form.contains(document.activeElement) || form.querySelector("[aria-busy]")) return;
    clearInterval(timer);
    form.remove();
  }, 1000);
}
