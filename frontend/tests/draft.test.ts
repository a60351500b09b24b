import { beforeEach, describe, expect, it, vi } from "vitest";
import { clearDrafts, draft } from "../draft";
import { repeat } from "../repeat";
import { element, page, talkForm, tick, type } from "./helpers";

const STORED = "genxu:draft:talk";

function open(count = 1, attributes = "", afresh = vi.fn()): HTMLElement {
  const form = page(talkForm(count, { attributes }));
  repeat(element("[data-behaviour=repeat]"));
  draft(form, afresh);
  return form;
}

async function typeAndLeave(): Promise<void> {
  open();
  type("[name=topic]", "路灯");
  element("[name=kind][value=b]").checked = true;
  element("[data-repeat-add]").click();
  type("[name=s-1-words]", "塘堰清淤");
  type("[name=s-1-answer]", "matter");
  await tick(450);
}

describe("a draft", () => {
  beforeEach(() => localStorage.clear());

  it("comes back with its rows when the form opens again", async () => {
    await typeAndLeave();
    open();
    expect(element("[name=topic]").value).toBe("路灯");
    expect(element("[name=kind][value=b]").checked).toBe(true);
    expect(element("[name=s-1-words]").value).toBe("塘堰清淤");
    expect(element("[name=s-1-answer]").value).toBe("matter");
    expect(element("[name=s-TOTAL_FORMS]").value).toBe("2");
    expect(element(".draft-notice").textContent).toContain("已保留");
  });

  it("never holds files, passwords, tokens or the client's id", async () => {
    await typeAndLeave();
    const { values } = JSON.parse(localStorage.getItem(STORED) ?? "{}") as { values: Record<string, unknown> };
    expect(Object.keys(values)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/csrf|client_id|photo|pin|TOTAL_FORMS/)]),
    );
  });

  it("keeps a hidden field that the form names", async () => {
    open(1, 'data-draft-keep="client_id"');
    type("[name=topic]", "路灯");
    await tick(450);
    open(1, 'data-draft-keep="client_id"');
    expect(localStorage.getItem(STORED)).toContain("id-1");
  });

  it("does not overwrite what the server sent back with errors", async () => {
    await typeAndLeave();
    open(1, "data-bound");
    expect(element("[name=topic]").value).toBe("");
    expect(document.querySelector(".draft-notice")).toBeNull();
  });

  it("is forgotten when the server has it", async () => {
    await typeAndLeave();
    clearDrafts(page('<p data-draft-clear="talk"></p>').parentElement as HTMLElement);
    expect(localStorage.getItem(STORED)).toBeNull();
  });

  it("is forgotten when one starts afresh", async () => {
    await typeAndLeave();
    const afresh = vi.fn();
    open(1, "", afresh);
    element(".draft-notice button").click();
    expect(localStorage.getItem(STORED)).toBeNull();
    expect(afresh).toHaveBeenCalledOnce();
  });

  it("is too old after its days", async () => {
    await typeAndLeave();
    const stored = JSON.parse(localStorage.getItem(STORED) ?? "{}") as { saved: number };
    stored.saved -= 31 * 86_400_000;
    localStorage.setItem(STORED, JSON.stringify(stored));
    open();
    expect(element("[name=topic]").value).toBe("");
    expect(localStorage.getItem(STORED)).toBeNull();
  });

  it("survives a store that cannot be read", () => {
    localStorage.setItem(STORED, "{broken");
    expect(() => open()).not.toThrow();
  });
});
