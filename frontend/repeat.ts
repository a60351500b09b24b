/**
 * Rows of a Django formset: add, remove with undo, number.
 *
 * [data-behaviour=repeat][data-prefix] holds the management form, [data-repeat-row]s (in [data-repeat-rows] if
 * present), a <template> with __prefix__, [data-repeat-add] and in each row [data-repeat-remove].
 * A row with a DELETE field stays in the page, hidden and marked; a row without is taken out and the rest renumbered.
 * Words: data-removed, data-undo. Fires "repeat:added" (detail: row) and "repeat:changed" on the container.
 */
import { text } from "./texts";

const FIELDS = "input, select, textarea";
const ATTRIBUTES = ["name", "id", "for", "href", "aria-describedby", "aria-labelledby", "list", "form"];

export function totalField(box: HTMLElement): HTMLInputElement | null {
  return box.querySelector<HTMLInputElement>(`[name="${box.dataset.prefix}-TOTAL_FORMS"]`);
}

export function rowsOf(box: HTMLElement): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>("[data-repeat-row]")].filter(
    (row) => row.closest("[data-behaviour~=repeat]") === box,
  );
}

function deleteField(row: HTMLElement, prefix: string): HTMLInputElement | null {
  return (
    [...row.querySelectorAll<HTMLInputElement>("input")].find(
      (input) => input.name.startsWith(`${prefix}-`) && /^\d+-DELETE$/.test(input.name.slice(prefix.length + 1)),
    ) ?? null
  );
}

function isDeleted(field: HTMLInputElement): boolean {
  return field.type === "checkbox" ? field.checked : field.value === "on";
}

function setDeleted(field: HTMLInputElement, deleted: boolean): void {
  if (field.type === "checkbox") field.checked = deleted;
  else field.value = deleted ? "on" : "";
}

function reindex(row: HTMLElement, prefix: string, index: number): void {
  const pattern = new RegExp(`(^|[^\\w-]|id_)${prefix.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}-(?:\\d+|__prefix__)-`, "g");
  const replacement = `$1${prefix}-${index}-`;
  for (const element of [row, ...row.querySelectorAll<HTMLElement>("*")]) {
    for (const attribute of ATTRIBUTES) {
      const value = element.getAttribute(attribute);
      if (value) {
        const next = value.replace(pattern, replacement);
        if (next !== value) element.setAttribute(attribute, next);
      }
    }
  }
}

/** Brings indexes, TOTAL_FORMS, visible numbers and hidden rows in line with what is in the page. */
export function refresh(box: HTMLElement): void {
  const prefix = box.dataset.prefix ?? "form";
  const rows = rowsOf(box);
  let shown = 0;
  rows.forEach((row, index) => {
    reindex(row, prefix, index);
    const field = deleteField(row, prefix);
    if (field) {
      if (field.type === "checkbox") (field.closest<HTMLElement>(".field") ?? field).hidden = true;
      row.hidden = isDeleted(field);
    }
    if (row.hidden) return;
    shown += 1;
    for (const label of row.querySelectorAll("[data-repeat-number]")) label.textContent = String(shown);
  });
  const total = totalField(box);
  if (total) total.value = String(rows.length);
  const max = Number(box.querySelector<HTMLInputElement>(`[name="${prefix}-MAX_NUM_FORMS"]`)?.value ?? "");
  const add = box.querySelector<HTMLButtonElement>("[data-repeat-add]");
  if (add) add.disabled = max > 0 && shown >= max;
}

/** Adds one empty row and returns it. */
export function addRow(box: HTMLElement): HTMLElement | null {
  const template = [...box.querySelectorAll("template")].find((t) => t.closest("[data-behaviour~=repeat]") === box);
  if (!template) return null;
  const prefix = box.dataset.prefix ?? "form";
  const index = rowsOf(box).length;
  const holder = document.createElement("div");
  holder.innerHTML = template.innerHTML.replaceAll("__prefix__", String(index));
  const row = holder.querySelector<HTMLElement>("[data-repeat-row]") ?? (holder.firstElementChild as HTMLElement | null);
  if (!row) return null;
  row.setAttribute("data-repeat-row", "");
  const last = rowsOf(box).at(-1);
  const place = box.querySelector("[data-repeat-rows]");
  if (place) place.append(row);
  else if (last) last.after(row);
  else template.before(row);
  reindex(row, prefix, index);
  refresh(box);
  box.dispatchEvent(new CustomEvent("repeat:added", { bubbles: true, detail: row }));
  return row;
}

function firstField(row: HTMLElement): HTMLElement | null {
  return (
    [...row.querySelectorAll<HTMLInputElement>(FIELDS)].find(
      (field) => field.type !== "hidden" && !field.disabled && !field.name.endsWith("-DELETE"),
    ) ?? null
  );
}

function changed(box: HTMLElement): void {
  box.dispatchEvent(new CustomEvent("repeat:changed", { bubbles: true }));
}

function removeRow(box: HTMLElement, row: HTMLElement): void {
  const field = deleteField(row, box.dataset.prefix ?? "form");
  const line = document.createElement("div");
  line.className = "repeat-removed";
  line.setAttribute("role", "status");
  line.append(`${text("removed", box)} `);
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "link-button";
  undo.textContent = text("undo", box);
  line.append(undo);
  for (const old of box.querySelectorAll(".repeat-removed")) old.remove();
  row.before(line);
  if (field) setDeleted(field, true);
  else row.remove();
  refresh(box);
  changed(box);
  undo.addEventListener("click", () => {
    if (field) {
      setDeleted(field, false);
      row.hidden = false;
    } else line.after(row);
    line.remove();
    refresh(box);
    changed(box);
    (firstField(row) ?? row).focus();
  });
  undo.focus();
}

export function repeat(box: HTMLElement): void {
  box.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    if (target.closest("[data-behaviour~=repeat]") !== box) return;
    if (target.closest("[data-repeat-add]")) {
      const row = addRow(box);
      if (row) {
        changed(box);
        firstField(row)?.focus();
      }
      return;
    }
    const row = target.closest("[data-repeat-remove]")?.closest<HTMLElement>("[data-repeat-row]");
    if (row) removeRow(box, row);
  });
  refresh(box);
}
