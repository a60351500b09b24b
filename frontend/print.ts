/** button[data-behaviour=print] prints the page; with data-print-now the dialog opens by itself. */
export function print(button: HTMLElement): void {
  button.addEventListener("click", () => window.print());
  if ("printNow" in button.dataset) {
    window.addEventListener("load", () => window.print(), { once: true });
  }
}
