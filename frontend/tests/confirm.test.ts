import { expect, it, vi } from "vitest";
import { listenForConfirm } from "../confirm";
import { element, page } from "./helpers";

listenForConfirm();

it("asks first, and sends only after a yes", () => {
  const form = page('<form data-confirm="真的撤销吗？"><button id="go">撤销</button></form>') as HTMLFormElement;
  const sent = vi.fn((event: Event) => event.preventDefault());
  form.addEventListener("submit", sent);
  element("#go").click();
  expect(sent).not.toHaveBeenCalled();
  expect(element("dialog").textContent).toContain("真的撤销吗？");
  element("dialog .btn-plain").click();
  expect(document.querySelector("dialog")).toBeNull();
  expect(sent).not.toHaveBeenCalled();
  element("#go").click();
  element("dialog .btn-act").click();
  expect(sent).toHaveBeenCalledOnce();
  element("#go").click();
  expect(sent).toHaveBeenCalledOnce();
});
