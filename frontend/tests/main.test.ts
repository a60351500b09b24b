import { expect, it } from "vitest";
import { element, page, talkForm } from "./helpers";

it("attaches each behaviour once, also to what is added later", async () => {
  page(talkForm(1, { attributes: 'data-behaviour="reveal draft once"' }));
  const { attach } = await import("../main");
  attach(document);
  attach(document);
  element("[data-repeat-add]").click();
  expect(element("[name=s-TOTAL_FORMS]").value).toBe("2");
  expect(document.documentElement.classList.contains("js")).toBe(true);
  expect(element("[name=s-1-who]").disabled).toBe(true);
});
