/** Puts a page in place and returns its first element. */
export function page(html: string): HTMLElement {
  document.documentElement.className = "";
  document.body.innerHTML = `<div id="ui-texts" data-removed="已去掉。" data-undo="撤销" data-kept="已保留" data-afresh="重写" data-yes="是" data-no="否" data-saving="保存中" data-copied="已复制"></div>${html}`;
  return document.body.children[1] as HTMLElement;
}

export function element<T extends HTMLElement = HTMLInputElement>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`nothing matches ${selector}`);
  return found;
}

export function type(selector: string, value: string): void {
  const field = element(selector);
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

export const tick = (ms = 0): Promise<void> => new Promise((done) => setTimeout(done, ms));

const row = (n: number | string, withDelete: boolean): string => `
  <div data-repeat-row>
    <span data-repeat-number></span>
    <label for="id_s-${n}-words">原话</label>
    <input name="s-${n}-words" id="id_s-${n}-words" aria-describedby="id_s-${n}-words_error">
    <select name="s-${n}-answer"><option value="none"></option><option value="matter"></option></select>
    <div data-reveal-when="answer=matter"><input name="s-${n}-who"></div>
    ${withDelete ? `<input type="checkbox" name="s-${n}-DELETE">` : ""}
    <button type="button" data-repeat-remove></button>
  </div>`;

/** A record of a talk with `count` suggestions. */
export function talkForm(count: number, { withDelete = false, attributes = "" } = {}): string {
  const rows = Array.from({ length: count }, (_, n) => row(n, withDelete)).join("");
  return `<form data-draft-key="talk" ${attributes}>
    <input type="hidden" name="csrfmiddlewaretoken" value="secret">
    <input type="hidden" name="client_id" value="id-1">
    <input name="topic"><input type="file" name="photo"><input type="password" name="pin">
    <input type="radio" name="kind" value="a"><input type="radio" name="kind" value="b">
    <div data-behaviour="repeat" data-prefix="s">
      <input type="hidden" name="s-TOTAL_FORMS" value="${count}"><input type="hidden" name="s-MAX_NUM_FORMS" value="4">
      <div data-repeat-rows>${rows}</div>
      <template>${row("__prefix__", withDelete)}</template>
      <button type="button" data-repeat-add></button>
    </div>
    <button>Save</button>
  </form>`;
}
