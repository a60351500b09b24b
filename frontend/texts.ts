/** Words shown by behaviours. They come from the page, where they are translated: never from the code. */

/** The text named `key`: from the element itself (data-KEY), else from the page's #ui-texts, else nothing. */
export function text(key: string, from?: HTMLElement | null): string {
  const own = from?.dataset[key];
  if (own !== undefined && own !== "") return own;
  return document.getElementById("ui-texts")?.dataset[key] ?? "";
}
