"""How a page is for whoever sees badly, taps with a broad finger or types with a thumb: at both
widths and both sizes of the letters."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .visitor import WIDTHS, Visitor

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = """() => axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations
    .filter(one => ["serious", "critical"].includes(one.impact) || one.id === "heading-order")
    .map(one => one.id + ": " + one.nodes.slice(0, 3).map(node => node.html).join(" ")))"""
WIDER = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
NARROW_TARGETS = """least => [...document.querySelectorAll("a[href], button, summary, select,"
    + " textarea, input:not([type=hidden]):not([type=radio]):not([type=checkbox])")].filter(one => {
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const spread = which => getComputedStyle(one, which).position === "absolute"; // beyond its box
  const inText = one.matches("a") && style.display === "inline";
  const unseen = one.closest(".visually-hidden, .skip-link") || box.width === 0;
  return !unseen && !spread("::before") && !spread("::after") && !inText
    && style.visibility !== "hidden" && box.height < least - 0.5;
}).map(one => `${one.className} ${one.textContent.trim().slice(0, 20)} is below ${least} px`)"""
UNDER_A_BAR = """() => {
  const before = document.activeElement, under = [];
  for (const one of document.querySelectorAll("main :is(input, select, textarea, button)")) {
    one.focus({preventScroll: false});
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    const unseen = box.width < 2 || style.opacity === "0" || one.closest(".visually-hidden");
    if (document.activeElement !== one || unseen) continue;
    const line = Math.min(box.height, 30); // the one in which one begins to type
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + line / 2);
    const over = top?.closest(".save-bar, .coverage-foot, .coverage-bar, .demo-strip");
    if (over && !over.contains(one)) under.push(`${one.name} under ${over.className}`);
  }
  before.focus();
  return under.slice(0, 3);
}"""
LARGE = "e => document.documentElement.classList.toggle('elder', e)"
ABOVE_THE_KEYS = {"width": 390, "height": 430}
"""What the keyboard of a phone leaves of its window."""
LOOKED: set[tuple[str, str]] = set()
"""The kinds of pages that were looked at, and by whom."""


def look(one: Visitor) -> None:
    """What is wrong with the page before her eyes is a complaint; each kind of page once a run."""
    kind = re.sub(r"\d+", _sort_of, urlsplit(one.page.url).path)
    if (one.role, kind) in LOOKED:
        return
    LOOKED.add((one.role, kind))
    large_now = one.page.locator("html.elder").count() == 1
    one.page.evaluate(AXE.read_text())
    for name, size in sorted(WIDTHS.items(), key=lambda size: size[0] == one.width):
        for large in (False, True):
            one.page.set_viewport_size(size["viewport"])
            one.page.evaluate(LARGE, large)
            found = _at_this_size(one.page, name == "phone", large)
            one.complaints += [f"{kind} {name}{' large' * large}: {told}" for told in found]
    one.page.evaluate(LARGE, large_now)
    one.page.set_viewport_size(WIDTHS[one.width]["viewport"])


def _sort_of(number: re.Match[str]) -> str:
    """A place by its level, by which its page differs; a row by nothing."""
    return f"<place {len(number[0])}>" if len(number[0]) > 5 else "#"


def _at_this_size(page: Any, phone: bool, large: bool) -> list[str]:
    found = list(page.evaluate(SERIOUS)) if large == phone else []
    if page.evaluate(WIDER):
        found.append("wider than its window")
    if phone:
        found += page.evaluate(NARROW_TARGETS, 60 if large else 44)
        page.set_viewport_size(ABOVE_THE_KEYS)
        found += page.evaluate(UNDER_A_BAR)
    return found
