import { expect, it } from "vitest";
import { reveal } from "../reveal";
import { element, page, talkForm, type } from "./helpers";

it("shows a part only while its field has the value, in its own row", () => {
  reveal(page(talkForm(2)));
  const parts = document.querySelectorAll<HTMLElement>("[data-repeat-rows] [data-reveal-when]");
  expect(parts[0]?.hidden).toBe(true);
  expect(element("[name=s-0-who]").disabled).toBe(true);
  type("[name=s-1-answer]", "matter");
  expect(parts[0]?.hidden).toBe(true);
  expect(parts[1]?.hidden).toBe(false);
  expect(element("[name=s-1-who]").disabled).toBe(false);
});

it("leaves everything visible when there is no such field", () => {
  reveal(page('<form><p data-reveal-when="absent=1">x</p></form>'));
  expect(element("p").hidden).toBe(false);
});

it("knows radios, several values and any value", () => {
  reveal(page('<form><input type="radio" name="t" value="a" checked><input type="radio" name="t" value="c"><p id="m" data-reveal-when="t=a,b"></p><p id="any" data-reveal-when="t=*"></p></form>'));
  expect(element("#m").hidden).toBe(false);
  expect(element("#any").hidden).toBe(false);
  element("[value=c]").click();
  expect(element("#m").hidden).toBe(true);
});

it("looks in the form for a field that its row has not", () => {
  reveal(page('<form><select name="body"><option>a</option><option>b</option></select><div data-repeat-row><p data-reveal-when="body=b"></p></div></form>'));
  expect(element("p").hidden).toBe(true);
  type("[name=body]", "b");
  expect(element("p").hidden).toBe(false);
});
