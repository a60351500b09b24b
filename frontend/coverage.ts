/**
 * Draws households to centre households: form[data-behaviour~=coverage] of the page "who looks after whom".
 *
 * [data-paint=KEY] are the centre households to choose from (data-mark, data-tone; KEY "" is nobody), each with
 * [data-count] and [data-note]. [data-house][data-was=KEY] are the households, each with its select, which stays what is
 * sent, and a [data-house-act] button: a press gives the household to the chosen one, a second press puts it back as it
 * was. A mouse may be drawn over many. [data-undo-stroke] takes back the last stroke, [data-changed] says how many differ.
 * Words: data-nobody, data-changes, data-none, data-few, data-many; numbers: data-fewest, data-most.
 */
import { text } from "./texts";

interface Door {
  row: HTMLElement;
  select: HTMLSelectElement | null;
  button: HTMLButtonElement | null;
}
type Stroke = [HTMLSelectElement, string][];

const TONE = /\btone-\d+\b/g;

export function coverage(form: HTMLElement): void {
  const paints = [...form.querySelectorAll<HTMLButtonElement>("[data-paint]")];
  const doors: Door[] = [...form.querySelectorAll<HTMLElement>("[data-house]")].map((row) => ({
    row,
    select: row.querySelector("select"),
    button: row.querySelector<HTMLButtonElement>("[data-house-act]"),
  }));
  const undo = form.querySelector<HTMLButtonElement>("[data-undo-stroke]");
  const changed = form.querySelector<HTMLElement>("[data-changed]");
  const strokes: Stroke[] = [];
  let chosen: string | null = null;
  let drawing: Stroke | null = null;

  const paintOf = (key: string): HTMLElement | undefined => paints.find((paint) => paint.dataset.paint === key);
  const keyOf = (door: Door): string => door.select?.value ?? door.row.querySelector<HTMLInputElement>("input")?.value ?? "";
  const wasOf = (door: Door): string => door.row.dataset.was ?? "";

  const show = (door: Door): void => {
    const paint = paintOf(keyOf(door));
    const tone = paint?.dataset.tone ?? "";
    door.row.className = door.row.className.replace(TONE, "").trim();
    if (tone) door.row.classList.add(`tone-${tone}`);
    door.row.classList.toggle("is-changed", keyOf(door) !== wasOf(door));
    const mark = door.row.querySelector<HTMLElement>("[data-house-mark]");
    if (mark) mark.textContent = paint?.dataset.mark ?? "–";
    const whose = keyOf(door) ? (paint?.querySelector(".paint-name")?.textContent ?? "") : text("nobody", form);
    const name = door.row.querySelector(".house-name")?.textContent?.trim() ?? "";
    door.button?.setAttribute("aria-label", `${name} → ${whose}`);
  };

  const count = (): void => {
    const loads = new Map<string, number>();
    for (const door of doors) loads.set(keyOf(door), (loads.get(keyOf(door)) ?? 0) + 1);
    for (const paint of paints) {
      const key = paint.dataset.paint ?? "";
      const load = loads.get(key) ?? 0;
      const few = key !== "" && load < Number(form.dataset.fewest);
      const many = key !== "" && load > Number(form.dataset.most);
      const number = paint.querySelector("[data-count]");
      const note = paint.querySelector("[data-note]");
      if (number) number.textContent = String(load);
      if (note) note.textContent = few ? text("few", form) : many ? text("many", form) : "";
      paint.classList.toggle("is-warned", few || many);
    }
    const differ = doors.filter((door) => keyOf(door) !== wasOf(door)).length;
    if (changed) changed.textContent = differ ? text("changes", form) + String(differ) : text("none", form);
    if (undo) undo.disabled = strokes.length === 0;
  };

  const showAll = (): void => {
    doors.forEach(show);
    count();
  };

  const choose = (key: string | null): void => {
    chosen = key;
    for (const paint of paints) paint.setAttribute("aria-pressed", String(paint.dataset.paint === key));
  };

  const give = (door: Door, key: string, stroke: Stroke): void => {
    if (!door.select || door.select.value === key) return;
    stroke.push([door.select, door.select.value]);
    door.select.value = key;
    show(door);
  };

  const finish = (stroke: Stroke): void => {
    const first = stroke[0];
    if (!first) return;
    strokes.push(stroke);
    count();
    first[0].dispatchEvent(new Event("change", { bubbles: true }));
  };

  /** What a press on a household does: the chosen one takes it; if it has it already, it goes back to what was. */
  const wanted = (door: Door): string | null => {
    if (chosen === null) {
      choose(keyOf(door));
      return null;
    }
    if (keyOf(door) !== chosen) return chosen;
    return wasOf(door) === chosen ? "" : wasOf(door);
  };

  const press = (door: Door): void => {
    const key = wanted(door);
    const stroke: Stroke = [];
    if (key !== null) give(door, key, stroke);
    finish(stroke);
  };

  for (const paint of paints) {
    paint.addEventListener("click", () => choose(paint.dataset.paint === chosen ? null : (paint.dataset.paint ?? "")));
  }
  let byMouse = false;
  for (const door of doors) {
    door.button?.addEventListener("pointerdown", (event) => {
      byMouse = event.pointerType === "mouse" && event.button === 0 && chosen !== null;
      if (!byMouse) return;
      drawing = [];
      const key = wanted(door);
      if (key !== null) give(door, key, drawing);
    });
    door.button?.addEventListener("pointerenter", () => {
      if (drawing && chosen !== null) give(door, chosen, drawing);
    });
    door.button?.addEventListener("click", (event) => {
      if (byMouse && event.detail > 0) byMouse = false;
      else press(door);
    });
    door.select?.addEventListener("change", () => {
      show(door);
      count();
    });
  }
  document.addEventListener("pointerup", () => {
    if (drawing) finish(drawing);
    drawing = null;
  });
  undo?.addEventListener("click", () => {
    const stroke = strokes.pop() ?? [];
    for (const [select, before] of stroke) select.value = before;
    showAll();
    stroke[0]?.[0].dispatchEvent(new Event("change", { bubbles: true }));
  });
  form.addEventListener("draft:restored", showAll);
  form.addEventListener("reset", () => setTimeout(showAll));
  showAll();
}
