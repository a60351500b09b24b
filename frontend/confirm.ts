/**
 * form[data-confirm="question"] asks in a <dialog> before it is sent. What goes on bears the name of
 * the act: data-yes, or the words of the button that was pressed.
 * One listener on the document, in the capture phase, so that it comes before every other.
 */
import { text } from "./texts";

const confirmed = new WeakSet<HTMLFormElement>();

function ask(form: HTMLFormElement, submitter: HTMLElement | null): void {
  const dialog = document.createElement("dialog");
  dialog.className = "ask";
  const question = document.createElement("p");
  question.id = "ask-question";
  question.textContent = form.dataset.confirm ?? "";
  dialog.setAttribute("aria-labelledby", question.id);
  const acts = document.createElement("div");
  acts.className = "acts";
  const no = document.createElement("button");
  no.type = "button";
  no.className = "btn-plain";
  no.textContent = text("no", form);
  const yes = document.createElement("button");
  yes.type = "button";
  yes.className = "btn-act";
  yes.textContent = form.dataset.yes ?? (submitter?.textContent?.trim() || text("yes", form));
  acts.append(no, yes);
  dialog.append(question, acts);
  document.body.append(dialog);
  no.addEventListener("click", () => dialog.close());
  yes.addEventListener("click", () => {
    dialog.close();
    confirmed.add(form);
    form.requestSubmit(submitter);
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    submitter?.focus();
  });
  dialog.showModal();
  no.focus();
}

export function listenForConfirm(): void {
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!(form instanceof HTMLFormElement) || !form.dataset.confirm) return;
      if (confirmed.delete(form)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(form, (event as SubmitEvent).submitter);
    },
    true,
  );
}
