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

it("shows a part where a first sentence is too long, or where it has something in it", () => {
  reveal(page('<form><textarea name="text"></textarea><div data-reveal-when="text>5"><input name="title"></div></form>'));
  const part = element("form div");
  type("[name=text]", "短。后面再长也没有关系");
  expect(part.hidden).toBe(true);
  type("[name=text]", "第一句就已经很长");
  expect(part.hidden).toBe(false);
  type("[name=title]", "路");
  type("[name=text]", "短");
  expect(part.hidden).toBe(false);
});

it("sends nothing of a part within a part that is shut", () => {
  reveal(page('<form><input name="a" value="1"><input name="b" value="1"><p data-reveal-when="a=1"><span data-reveal-when="b=1"><input name="c"></span></p></form>'));
  expect(element("[name=c]").disabled).toBe(false);
  type("[name=a]", "2");
  expect(element("[name=c]").disabled).toBe(true);
  type("[name=a]", "1");
  expect(element("[name=c]").disabled).toBe(false);
});

it("looks in the form for a field that its row has not", () => {
  reveal(page('<form><select name="body"><option>a</option><option>b</option></select><div data-repeat-row><p data-reveal-when="body=b"></p></div></form>'));
  expect(element("p").hidden).toBe(true);
  type("[name=body]", "b");
  expect(element("p").hidden).toBe(false);
});
