import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { takeBack } from "../takeback";
import { element, page } from "./helpers";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("is offered for ten seconds, counts down and goes", () => {
  takeBack(page('<form data-seconds="10"><button>撤回</button><span class="take-back-left"></span></form>'));
  expect(element(".take-back-left").textContent).toBe("10");
  vi.advanceTimersByTime(9000);
  expect(element(".take-back-left").textContent).toBe("1");
  vi.advanceTimersByTime(1000);
  expect(document.querySelector("form")).toBeNull();
});

it("stays while its button has the focus", () => {
  takeBack(page('<form data-seconds="2"><button>撤回</button></form><button id="else">别的</button>'));
  element<HTMLButtonElement>("form button").focus();
  vi.advanceTimersByTime(5000);
  expect(document.querySelector("form")).not.toBeNull();
  element<HTMLButtonElement>("#else").focus();
  vi.advanceTimersByTime(1000);
  expect(document.querySelector("form")).toBeNull();
});
