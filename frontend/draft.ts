/**
 * Keeps what is typed in form[data-behaviour~=draft][data-draft-key] on this device until the server has it.
 *
 * Kept: every named field except files, passwords, the CSRF token and hidden fields (bar a formset's DELETE and those named in
 * data-draft-keep="client_id"). Restored when the form opens again, unless the server has just re-rendered it with
 * errors (data-bound). Removed when a page carries [data-draft-clear=KEY], or after data-draft-days (30).
 * Words: data-kept, data-afresh. Fires "draft:restored" on the form.
 */
import { addRow, refresh, rowsOf, totalField } from "./repeat";
import { text } from "./texts";

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
interface Draft {
  saved: number;
  rows: Record<string, number>;
  values: Record<string, string[]>;
}

const STORE = "genxu:draft:";
const DAY = 86_400_000;

function read(key: string): Draft | null {
  try {
    const raw = localStorage.getItem(STORE + key);
    return raw ? (JSON.parse(raw) as Draft) : null;
  } catch {
    return null;
  }
}

function forget(key: string): void {
  try {
    localStorage.removeItem(STORE + key);
  } catch {
    // A device without storage keeps no drafts; the form works all the same.
  }
}

/** Forgets the drafts that this page says have arrived. */
export function clearDrafts(root: ParentNode): void {
  for (const mark of root.querySelectorAll<HTMLElement>("[data-draft-clear]")) forget(mark.dataset.draftClear ?? "");
}

function controls(form: HTMLFormElement): Control[] {
  const keep = (form.dataset.draftKeep ?? "").split(/[\s,]+/).filter(Boolean);
  return [...form.querySelectorAll<Control>("input[name], select[name], textarea[name]")].filter((control) => {
    if (control.name === "csrfmiddlewaretoken") return false;
    if (control.type === "hidden") {
      return control.name.endsWith("-DELETE") || keep.some((n) => control.name === n || control.name.endsWith(`-${n}`));
    }
    return !["file", "password", "submit", "button", "image", "reset"].includes(control.type);
  });
}

function valuesOf(control: Control): string[] | null {
  if (control instanceof HTMLInputElement && (control.type === "radio" || control.type === "checkbox")) {
    return control.checked ? [control.value] : [];
  }
  if (control instanceof HTMLSelectElement && control.multiple) {
    return [...control.options].filter((option) => option.selected).map((option) => option.value);
  }
  return [control.value];
}

function collect(form: HTMLFormElement): Draft {
  const draft: Draft = { saved: Date.now(), rows: {}, values: {} };
  for (const control of controls(form)) {
    (draft.values[control.name] ??= []).push(...(valuesOf(control) ?? []));
  }
  for (const box of form.querySelectorAll<HTMLElement>("[data-behaviour~=repeat]")) {
    if (totalField(box)) draft.rows[box.dataset.prefix ?? "form"] = rowsOf(box).length;
  }
  return draft;
}

function fill(form: HTMLFormElement, draft: Draft): void {
  const boxes = [...form.querySelectorAll<HTMLElement>("[data-behaviour~=repeat]")];
  for (const box of boxes) {
    const wanted = Math.min(draft.rows[box.dataset.prefix ?? "form"] ?? 0, 500);
    while (rowsOf(box).length < wanted && addRow(box)) continue;
  }
  const used: Record<string, number> = {};
  for (const control of controls(form)) {
    const values = draft.values[control.name];
    if (!values) continue;
    if (control instanceof HTMLInputElement && (control.type === "radio" || control.type === "checkbox")) {
      control.checked = values.includes(control.value);
    } else if (control instanceof HTMLSelectElement && control.multiple) {
      for (const option of control.options) option.selected = values.includes(option.value);
    } else {
      const at = used[control.name] ?? 0;
      used[control.name] = at + 1;
      const value = values[at];
      if (value === undefined) continue;
      if (control instanceof HTMLSelectElement && ![...control.options].some((option) => option.value === value)) continue;
      control.value = value;
    }
  }
  boxes.forEach(refresh);
}

function same(a: Draft, b: Draft): boolean {
  return JSON.stringify([a.rows, a.values]) === JSON.stringify([b.rows, b.values]);
}

function announce(form: HTMLFormElement, key: string, afresh: () => void): void {
  const notice = document.createElement("div");
  notice.className = "notice notice-info draft-notice";
  notice.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = text("kept", form);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn-quiet";
  button.textContent = text("afresh", form);
  button.addEventListener("click", () => {
    forget(key);
    afresh();
  });
  notice.append(words, button);
  form.prepend(notice);
}

export function draft(form: HTMLElement, afresh: () => void = () => location.reload()): void {
  const key = form.dataset.draftKey;
  if (!(form instanceof HTMLFormElement) || !key) return;
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const blank = collect(form);
  const found = read(key);
  const days = Number(form.dataset.draftDays ?? 30);
  if (found && Date.now() - found.saved > days * DAY) forget(key);
  else if (found && form.dataset.bound === undefined && !same(found, blank)) {
    fill(form, found);
    form.dispatchEvent(new CustomEvent("draft:restored", { bubbles: true }));
    announce(form, key, () => {
      closed = true;
      clearTimeout(timer);
      afresh();
    });
  }
  const save = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (closed) return;
    try {
      localStorage.setItem(STORE + key, JSON.stringify(collect(form)));
    } catch {
      // Full or forbidden storage must not stop anybody from typing.
    }
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(save, 400);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("repeat:changed", soon);
  form.addEventListener("submit", () => {
    save();
    form.autocomplete = "off"; // by the back button the browser would fill in anew what has arrived
  });
  // What was typed in the last instant is kept when the page is left or the phone is put away.
  const flush = (): void => {
    if (timer !== undefined) save();
  };
  window.addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", flush);
}
