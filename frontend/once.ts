/**
 * A form is sent once: after the first submit its buttons are off and the one pressed says data-saving.
 * A button holding a drawing keeps it; its words are in [data-once-label]. Coming back by the back button re-enables; a form
 * that keeps a draft is asked for anew: what has arrived is not offered filled again, what has not is in the draft.
 */
import { text } from "./texts";

function buttonsOf(form: HTMLFormElement): HTMLButtonElement[] {
  return [...form.querySelectorAll<HTMLButtonElement>("button:not([type=button]), input[type=submit]")];
}

export function once(form: HTMLElement): void {
  if (!(form instanceof HTMLFormElement)) return;
  let sent = false;
  let undo: (() => void)[] = [];

  const restore = (): void => {
    sent = false;
    undo.forEach((step) => step());
    undo = [];
  };

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented && !form.matches("[hx-post], [hx-put], [hx-patch], [hx-delete]")) return;
    if (sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    sent = true;
    const pressed = (event as SubmitEvent).submitter ?? buttonsOf(form)[0];
    // After the browser has gathered the fields: a disabled button would not send its own name and value.
    setTimeout(() => {
      if (!sent) return;
      for (const button of buttonsOf(form)) {
        if (button.disabled) continue;
        button.disabled = true;
        undo.push(() => (button.disabled = false));
      }
      const words = text("saving", form);
      if (pressed instanceof HTMLElement) {
        pressed.setAttribute("aria-busy", "true");
        undo.push(() => pressed.removeAttribute("aria-busy"));
        const label = pressed.querySelector<HTMLElement>("[data-once-label]") ?? (pressed.childElementCount === 0 ? pressed : null);
        if (label && words) {
          const before = label.textContent;
          label.textContent = words;
          undo.push(() => (label.textContent = before));
        }
      }
    });
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    if (sent && form.dataset.draftKey) location.reload();
    else restore();
  });
  form.addEventListener("htmx:afterRequest", restore);
}
