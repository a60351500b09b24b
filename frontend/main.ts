/** The one entry: htmx as we allow it, and the behaviours of the page. */
import htmx from "htmx.org";
import { attach } from "./behaviours";
import { listenForConfirm } from "./confirm";
import { listenForFocus } from "./uncover";
import "./styles/main.scss";

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
listenForFocus();
document.addEventListener("repeat:added", (event) => attach((event as CustomEvent<HTMLElement>).detail));
attach(document);
htmx.onLoad((element) => attach(element as HTMLElement));
