/**
 * button[data-behaviour=share] hands the link in data-share-url to the phone's own share sheet, or copies it.
 * The link stands beside it too: without a script it is selected by hand.
 */
import { put } from "./copy";
import { text } from "./texts";

export function share(button: HTMLElement): void {
  const label = button.querySelector<HTMLElement>("[data-copy-label]") ?? button;
  const before = label.textContent;
  const url = button.dataset.shareUrl ?? "";
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    if (typeof navigator.share === "function") {
      try {
        await navigator.share({ title: button.dataset.shareTitle ?? document.title, url });
        return;
      } catch (error) {
        if (error instanceof DOMException && error.name === "AbortError") return; // she thought again
      }
    }
    if (!(await put(url))) return;
    label.textContent = text("copied", button);
    setTimeout(() => (label.textContent = before), 2500);
  });
}
