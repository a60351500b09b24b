import { expect, it, vi } from "vitest";
import { copy } from "../copy";
import { count } from "../count";
import { errorSummary } from "../errors";
import { filters } from "../filters";
import { fromFragment } from "../fragment";
import { menu } from "../menu";
import { print } from "../print";
import { share } from "../share";
import { textSize } from "../textsize";
import { element, page, tick, type } from "./helpers";

it("copy says that it has copied", async () => {
  const writeText = vi.fn(() => Promise.resolve());
  Object.defineProperty(navigator, "clipboard", { value: { writeText }, configurable: true });
  const button = page('<button data-copy-from="#code">复制</button><b id="code"> 7K3M </b>');
  copy(button);
  button.click();
  await tick();
  expect(writeText).toHaveBeenCalledWith("7K3M");
  expect(button.textContent).toBe("已复制");
});

it("count counts characters and does not cut", () => {
  count(page('<textarea data-limit="3"></textarea>'));
  type("textarea", "罗家洲湾");
  expect(element(".counter").textContent).toBe("4 / 3");
  expect(element(".counter").classList.contains("is-over")).toBe(true);
  expect(element("textarea").value).toBe("罗家洲湾");
});

it("the summary of errors takes the focus and leads into the field", () => {
  const summary = page('<div><a href="#id_kind">x</a></div><fieldset id="id_kind"><input type="radio" id="id_kind_0"></fieldset>');
  errorSummary(summary);
  expect(document.activeElement).toBe(summary);
  element("a").click();
  expect(document.activeElement?.id).toBe("id_kind_0");
});

it("filters open and shut", () => {
  const form = page('<form><button type="button" data-filters-toggle aria-expanded="false"></button></form>');
  filters(form);
  element("button").click();
  expect(form.classList.contains("is-open")).toBe(true);
  expect(element("button").getAttribute("aria-expanded")).toBe("true");
});

it("the menu shuts on Escape and on a click elsewhere", () => {
  page("<header><details open><summary>m</summary></details><a>link</a></header><p>x</p>");
  const details = element("details") as HTMLDetailsElement;
  menu(details);
  element("a").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  expect(details.open).toBe(false);
  details.open = true;
  element("a").click();
  expect(details.open).toBe(true);
  element("p").click();
  expect(details.open).toBe(false);
});

it("print prints", () => {
  const spy = vi.fn();
  window.print = spy;
  const button = page("<button></button>");
  print(button);
  button.click();
  expect(spy).toHaveBeenCalledOnce();
});

it("text size changes at once and is remembered", () => {
  const button = page('<button data-behaviour="text-size"></button>');
  textSize(button);
  button.click();
  expect(document.documentElement.classList.contains("elder")).toBe(true);
  expect(document.cookie).toContain("elder=1");
  expect(button.getAttribute("aria-pressed")).toBe("true");
  button.click();
  expect(document.documentElement.classList.contains("elder")).toBe(false);
  expect(document.cookie).not.toContain("elder=1");
});

it("opens the print dialog by itself only where the page was asked for to be printed", () => {
  const dialog = vi.fn();
  vi.stubGlobal("print", dialog);
  const button = document.createElement("button");
  print(button);
  window.dispatchEvent(new Event("load"));
  expect(dialog).not.toHaveBeenCalled();
  button.dataset.printNow = "";
  print(button);
  window.dispatchEvent(new Event("load"));
  window.dispatchEvent(new Event("load"));
  expect(dialog).toHaveBeenCalledTimes(1);
  vi.unstubAllGlobals();
});

it("the code behind # in the address of a slip is sent as if typed, and leaves the address", () => {
  const form = page('<form><input name="code"></form>') as HTMLFormElement;
  const sent = vi.fn();
  form.requestSubmit = sent;
  location.hash = "#ABCDEFGHJK";
  fromFragment(form);
  expect(sent).toHaveBeenCalledOnce();
  expect(form.querySelector("input")?.value).toBe("ABCDEFGHJK");
  expect(location.hash).toBe("");
});

it("what stands behind # and is no code is not sent", () => {
  const form = page('<form><input name="code"></form>') as HTMLFormElement;
  const sent = vi.fn();
  form.requestSubmit = sent;
  for (const hash of ["", "#content", "#a/b<script>", "#" + "A".repeat(40)]) {
    location.hash = hash;
    fromFragment(form);
  }
  expect(sent).not.toHaveBeenCalled();
});

it("a link goes to the phone's share sheet, and is copied where there is none", async () => {
  const writeText = vi.fn(() => Promise.resolve());
  Object.defineProperty(navigator, "clipboard", { value: { writeText }, configurable: true });
  const shared = vi.fn(() => Promise.resolve());
  const button = page('<button data-share-url="https://x/r/#A"><span data-copy-label>转发</span></button>');
  share(button);
  Object.defineProperty(navigator, "share", { value: shared, configurable: true });
  button.click();
  await tick();
  expect(shared).toHaveBeenCalledOnce();
  expect(writeText).not.toHaveBeenCalled();
  Object.defineProperty(navigator, "share", { value: undefined, configurable: true });
  button.click();
  await tick();
  expect(writeText).toHaveBeenCalledWith("https://x/r/#A");
  expect(button.textContent).toBe("已复制");
});
