/**
 * The table of behaviours: an element asks for them by data-behaviour="one two".
 * The order of the table is the order of attaching: rows exist before a draft is put back into them.
 */
import { copy } from "./copy";
import { count } from "./count";
import { coverage } from "./coverage";
import { clearDrafts, draft } from "./draft";
import { errorSummary } from "./errors";
import { filters } from "./filters";
import { fromFragment } from "./fragment";
import { menu } from "./menu";
import { once } from "./once";
import { pick } from "./pick";
import { print } from "./print";
import { propose } from "./propose";
import { repeat } from "./repeat";
import { reveal } from "./reveal";
import { share } from "./share";
import { takeBack } from "./takeback";
import { textSize } from "./textsize";

const BEHAVIOURS: Record<string, (element: HTMLElement) => void> = {
  repeat,
  count,
  reveal,
  propose,
  coverage,
  draft: (form) => draft(form),
  once,
  "take-back": takeBack,
  copy,
  pick,
  print,
  filters,
  menu,
  share,
  "from-fragment": fromFragment,
  "text-size": textSize,
  "error-summary": errorSummary,
};

const attached = new WeakMap<HTMLElement, Set<string>>();

/** Attaches to everything within `root` that asks, once each. */
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
