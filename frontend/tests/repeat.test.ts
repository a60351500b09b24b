import { describe, expect, it } from "vitest";
import { repeat } from "../repeat";
import { element, page, talkForm } from "./helpers";

const names = (): string[] => [...document.querySelectorAll<HTMLInputElement>("[name$=-words]")].map((i) => i.name);
const numbers = (): (string | null)[] =>
  [...document.querySelectorAll<HTMLElement>("[data-repeat-row]:not([hidden]) [data-repeat-number]")].map((n) => n.textContent);
const total = (): string => element("[name=s-TOTAL_FORMS]").value;

function open(count: number, withDelete = false): void {
  page(talkForm(count, { withDelete }));
  repeat(element("[data-behaviour=repeat]"));
}

describe("rows of a formset", () => {
  it("adds a row with its own index and goes to its first field", () => {
    open(1);
    element("[data-repeat-add]").click();
    expect(names()).toEqual(["s-0-words", "s-1-words"]);
    expect(total()).toBe("2");
    expect(numbers()).toEqual(["1", "2"]);
    expect((document.activeElement as HTMLInputElement).name).toBe("s-1-words");
    expect(element("#id_s-1-words").getAttribute("aria-describedby")).toBe("id_s-1-words_error");
  });

  it("takes a new row out and closes the gap", () => {
    open(3);
    element("#id_s-2-words").value = "last";
    element("[data-repeat-row]:nth-child(2) [data-repeat-remove]").click();
    expect(names()).toEqual(["s-0-words", "s-1-words"]);
    expect(element("#id_s-1-words").value).toBe("last");
    expect(element<HTMLLabelElement>("[for=id_s-1-words]")).toBeTruthy();
    expect(total()).toBe("2");
  });

  it("undoes a removal in the same place, with what was typed", () => {
    open(2);
    element("#id_s-0-words").value = "first";
    element("[data-repeat-remove]").click();
    expect(element(".repeat-removed").textContent).toContain("已去掉。");
    element(".repeat-removed button").click();
    expect(element("#id_s-0-words").value).toBe("first");
    expect(total()).toBe("2");
    expect(document.querySelector(".repeat-removed")).toBeNull();
  });

  it("marks a saved row for deletion instead of taking it out", () => {
    open(2, true);
    element("[data-repeat-remove]").click();
    expect(element("[name=s-0-DELETE]").checked).toBe(true);
    expect(element("[data-repeat-row]").hidden).toBe(true);
    expect(total()).toBe("2");
    expect(numbers()).toEqual(["1"]);
    element(".repeat-removed button").click();
    expect(element("[name=s-0-DELETE]").checked).toBe(false);
    expect(numbers()).toEqual(["1", "2"]);
  });

  it("stops adding at the greatest number of rows", () => {
    open(3);
    element("[data-repeat-add]").click();
    expect(element<HTMLButtonElement>("[data-repeat-add]").disabled).toBe(true);
  });
});
