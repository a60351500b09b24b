/**
 * button[data-behaviour=text-size] switches elder mode at once and remembers it in the cookie `elder`, which the
 * server reads so that the next page opens in that size. Without this script the button's form does the same.
 */
const YEAR = 31_536_000;

export function isElder(): boolean {
  return document.documentElement.classList.contains("elder");
}

function mark(): void {
  for (const button of document.querySelectorAll("[data-behaviour~=text-size]")) {
    button.setAttribute("aria-pressed", String(isElder()));
  }
}

export function textSize(button: HTMLElement): void {
  button.setAttribute("aria-pressed", String(isElder()));
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const elder = document.documentElement.classList.toggle("elder");
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `elder=${elder ? "1" : ""}; path=/; max-age=${elder ? YEAR : 0}; SameSite=Lax${secure}`;
    mark();
  });
}
