/** button[data-behaviour=print] prints the page. */
export function print(button: HTMLElement): void {
  button.addEventListener("click", () => window.print());
}
