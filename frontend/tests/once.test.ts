import { expect, it } from "vitest";
import { once } from "../once";
import { element, page, tick } from "./helpers";

const submit = (form: HTMLElement): Event => {
  const event = new Event("submit", { bubbles: true, cancelable: true });
  form.dispatchEvent(event);
  return event;
};

it("sends once, says so, and is ready again on coming back", async () => {
  const form = page('<form><button id="b">存</button></form>');
  once(form);
  expect(submit(form).defaultPrevented).toBe(false);
  expect(element<HTMLButtonElement>("#b").disabled).toBe(false);
  await tick();
  expect(element<HTMLButtonElement>("#b").disabled).toBe(true);
  expect(element("#b").textContent).toBe("保存中");
  expect(submit(form).defaultPrevented).toBe(true);
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  expect(element<HTMLButtonElement>("#b").disabled).toBe(false);
  expect(element("#b").textContent).toBe("存");
});

it("keeps the drawing in a button", async () => {
  const form = page('<form data-saving="…"><button><svg></svg><span data-once-label>满意</span></button></form>');
  once(form);
  submit(form);
  await tick();
  expect(element("button svg")).toBeTruthy();
  expect(element("button span").textContent).toBe("…");
});
