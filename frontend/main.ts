/**
 * Attaches behaviours: an element asks for them by data-behaviour="one two".
 * The order of the table is the order of attaching: rows exist before a draft is put back into them.
 */
import htmx from "htmx.org";
import { listenForConfirm } from "./confirm";
import { copy } from "./copy";
import { count } from "./count";
import { clearDrafts, draft } from "./draft";
import { errorSummary } from "./errors";
import { filters } from "./filters";
import { menu } from "./menu";
import { once } from "./once";
import { print } from "./print";
import { repeat } from "./repeat";
import { reveal } from "./reveal";
import "./styles/main.scss";
import { textSize } from "./textsize";

const BEHAVIOURS: Record<string, (element: HTMLElement) => void> = {
  repeat,
  count,
  reveal,
  draft: (form) => draft(form),
  once,
  copy,
  print,
  filters,
  menu,
  "text-size": textSize,
  "error-summary": errorSummary,
};

const attached = new WeakMap<HTMLElement, Set<string>>();

export function attach(root: ParentNode): void {
  clearDrafts(root);
  for (const [name, behaviour] of Object.entries(BEHAVIOURS)) {
    const selector = `[data-behaviour~="${name}"]`;
    const elements = [...root.querySelectorAll<HTMLElement>(selector)];
    if (root instanceof HTMLElement && root.matches(selector)) elements.unshift(root);
    for (const element of elements) {
      const done = attached.get(element) ?? new Set<string>();
      if (done.has(name)) continue;
      attached.set(element, done.add(name));
      behaviour(element);
    }
  }
}

// Nothing inline, nothing evaluated, no page kept in the browser's storage; a form with errors comes back as 422.
Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  historyCacheSize: 0,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});

document.documentElement.classList.add("js");
listenForConfirm();
document.addEventListener("repeat:added", (event) => attach((event as CustomEvent<HTMLElement>).detail));
attach(document);
htmx.onLoad((element) => attach(element as HTMLElement));
