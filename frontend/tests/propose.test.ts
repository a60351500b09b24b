import { expect, it } from "vitest";
import { propose } from "../propose";
import { element, page, type } from "./helpers";

const form = (due: string): string =>
  `<form data-proposed='{"group households": 66, "members persons": 40}'>
    <input type="radio" name="body" value="group" checked><input type="radio" name="body" value="members">
    <input type="radio" name="body" value="board"><input type="radio" name="basis" value="households" checked>
    <input name="due" value="${due}"></form>`;
const due = (): string => element<HTMLInputElement>("[name=due]").value;

it("follows the body that is chosen", () => {
  propose(page(form("66")));
  element("[value=members]").click();
  expect(due()).toBe("40");
  element("[value=board]").click();
  expect(due()).toBe("");
  element("[value=group]").click();
  expect(due()).toBe("66");
});

it("leaves a number that somebody typed", () => {
  propose(page(form("66")));
  type("[name=due]", "70");
  element("[value=members]").click();
  expect(due()).toBe("70");
});
