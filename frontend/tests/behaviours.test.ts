import { expect, it } from "vitest";
import { attach } from "../behaviours";
import { element, page, talkForm } from "./helpers";

it("attaches each behaviour once", () => {
  page(talkForm(1, { attributes: 'data-behaviour="draft once reveal"' }));
  attach(document);
  attach(document);
  element("[data-repeat-add]").click();
  expect(element("[name=s-TOTAL_FORMS]").value).toBe("2");
  expect(element("[name=s-1-who]").disabled).toBe(true);
});
