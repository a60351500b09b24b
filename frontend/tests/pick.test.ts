import { expect, it } from "vitest";
import { pick } from "../pick";
import { element, page } from "./helpers";

const FIELD =
  '<input name="who" list="h" data-behaviour="pick"><datalist id="h"><option value="罗一（第 1 户）" data-number="1">ly</option>' +
  '<option value="罗三（第 7 户）" data-number="7">ls</option><option value="李四（第 17 户）" data-number="17">ls</option></datalist>';

function typed(value: string): string {
  pick(page(FIELD).querySelector("input") ?? page(FIELD));
  const input = element<HTMLInputElement>("[name=who]");
  input.value = value;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  return input.value;
}

it("turns a number or initials into the one household that is meant", () => {
  expect(typed("7")).toBe("罗三（第 7 户）");
  expect(typed("１７号")).toBe("李四（第 17 户）");
  expect(typed("LY")).toBe("罗一（第 1 户）");
});

it("leaves alone what means several, none, or is a name", () => {
  for (const one of ["ls", "zz", "99", "王五", ""]) expect(typed(one)).toBe(one);
});
