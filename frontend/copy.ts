/** button[data-behaviour=copy] copies data-copy-text, or the text of data-copy-from="#id", and then says data-copied. */
import { text } from "./texts";

export async function put(words: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    // Pages over plain http have no clipboard; the old way still works there.
    const area = document.createElement("textarea");
    area.value = words;
    area.readOnly = true;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    const done = typeof document.execCommand === "function" && document.execCommand("copy");
    area.remove();
    return done;
  }
}

export function copy(button: HTMLElement): void {
  const label = button.querySelector<HTMLElement>("[data-copy-label]") ?? button;
  const before = label.textContent;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    const source = button.dataset.copyFrom ? document.querySelector(button.dataset.copyFrom) : null;
    const words = button.dataset.copyText ?? source?.textContent?.trim() ?? "";
    if (!words || !(await put(words))) return;
    label.textContent = text("copied", button);
    setTimeout(() => (label.textContent = before), 2500);
  });
}
