import { beforeEach, expect, it } from "vitest";
import { coverage } from "../coverage";
import { element, page, tick } from "./helpers";

const paint = (key: string, mark: string, tone: string): string =>
  `<button type="button" data-paint="${key}" data-mark="${mark}" data-tone="${tone}"><span class="paint-name">户${mark}</span><span data-count></span><span data-note></span></button>`;

const door = (n: number, was: string): string => `
  <li class="house" data-house data-was="${was}" id="house-${n}">
    <label class="house-name" for="id_for-${n}">罗${n}</label><span data-house-mark></span>
    <select name="for-${n}" id="id_for-${n}">${["", "7", "8"].map((key) => `<option value="${key}"${key === was ? " selected" : ""}></option>`).join("")}</select>
    <button type="button" data-house-act></button></li>`;

let form: HTMLFormElement;

beforeEach(() => {
  form = page(`<form data-fewest="2" data-most="3" data-few="少" data-many="多" data-nobody="没人" data-changes="改了" data-none="没改">
    ${paint("7", "1", "1")}${paint("8", "2", "2")}${paint("", "–", "")}
    <ol>${door(1, "7")}${door(2, "")}${door(3, "")}${door(4, "8")}
      <li data-house data-was="7" class="house is-own"><span class="house-name">罗5</span><input type="hidden" name="for-5" value="7"></li></ol>
    <button type="button" data-undo-stroke disabled></button><p data-changed></p></form>`) as HTMLFormElement;
  // happy-dom does not see the last option as selected when it reads the page.
  for (const row of form.querySelectorAll<HTMLElement>("[data-house]")) {
    const select = row.querySelector("select");
    if (select) select.value = row.dataset.was ?? "";
  }
  coverage(form);
});

const value = (n: number): string => element<HTMLSelectElement>(`[name=for-${n}]`).value;
const count = (key: string): string => element(`[data-paint="${key}"] [data-count]`).textContent ?? "";
const note = (key: string): string => element(`[data-paint="${key}"] [data-note]`).textContent ?? "";
const press = (n: number): void => element<HTMLButtonElement>(`#house-${n} [data-house-act]`).click();
const choose = (key: string): void => element<HTMLButtonElement>(`[data-paint="${key}"]`).click();

it("counts what is saved and warns outside of the usual", () => {
  expect([count("7"), count("8"), count("")]).toEqual(["2", "1", "2"]);
  expect([note("7"), note("8"), note("")]).toEqual(["", "少", ""]);
  expect(element("[data-changed]").textContent).toBe("没改");
  expect(element("#house-2 [data-house-act]").getAttribute("aria-label")).toBe("罗2 → 没人");
});

it("gives a household to the chosen one, and a second press puts it back as it was", () => {
  choose("7");
  press(2);
  press(4);
  expect([value(2), value(4), count("7"), note("7")]).toEqual(["7", "7", "4", "多"]);
  expect(element("#house-2").className).toContain("tone-1");
  expect(element("#house-2").classList.contains("is-changed")).toBe(true);
  expect(element("[data-changed]").textContent).toBe("改了2");
  press(4);
  expect([value(4), element("#house-4").classList.contains("is-changed")]).toEqual(["8", false]);
  press(1);
  expect(value(1)).toBe("");
});

it("takes back the last stroke", () => {
  choose("8");
  press(2);
  press(3);
  element<HTMLButtonElement>("[data-undo-stroke]").click();
  expect([value(2), value(3)]).toEqual(["8", ""]);
  element<HTMLButtonElement>("[data-undo-stroke]").click();
  expect([value(2), element<HTMLButtonElement>("[data-undo-stroke]").disabled]).toEqual(["", true]);
});

it("a first press without a choice chooses the one who has the household", () => {
  press(4);
  expect(value(4)).toBe("8");
  expect(element('[data-paint="8"]').getAttribute("aria-pressed")).toBe("true");
  press(3);
  expect(value(3)).toBe("8");
});

it("a mouse draws over many in one stroke", () => {
  choose("8");
  const at = (n: number): HTMLElement => element(`#house-${n} [data-house-act]`);
  at(1).dispatchEvent(Object.assign(new Event("pointerdown"), { pointerType: "mouse", button: 0 }));
  for (const n of [2, 3]) at(n).dispatchEvent(new Event("pointerenter"));
  document.dispatchEvent(new Event("pointerup"));
  at(1).dispatchEvent(new MouseEvent("click", { detail: 1 }));
  expect([1, 2, 3].map(value)).toEqual(["8", "8", "8"]);
  element<HTMLButtonElement>("[data-undo-stroke]").click();
  expect([1, 2, 3].map(value)).toEqual(["7", "", ""]);
});

it("says that something was changed, so that it is kept as a draft; shows a draft put back", async () => {
  let heard = 0;
  form.addEventListener("change", () => (heard += 1));
  choose("7");
  press(2);
  expect(heard).toBe(1);
  element<HTMLSelectElement>("[name=for-3]").value = "8";
  form.dispatchEvent(new CustomEvent("draft:restored"));
  expect(element("#house-3").className).toContain("tone-2");
  form.reset();
  await tick();
  expect([value(2), count("")]).toEqual(["", "2"]);
});
