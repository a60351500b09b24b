"""Each kind of page as whoever sees badly, or taps with a broad finger, meets it: axe finds nothing
serious, large letters are one tap away and need no sideways swipe, targets are broad."""

from pathlib import Path
from typing import Any

from .doing import LUO
from .visitor import WIDTHS, Visitor

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = """() => axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations
    .filter(one => ["serious", "critical"].includes(one.impact) || one.id === "heading-order")
    .map(one => one.id + ": " + one.nodes.slice(0, 3).map(node => node.html).join(" ")))"""
WIDER = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
NARROW_TARGETS = """() => [...document.querySelectorAll("a[href], button, summary, select,"
    + " textarea, input:not([type=hidden]):not([type=radio]):not([type=checkbox])")].filter(one => {
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const covers = getComputedStyle(one, "::after").position === "absolute"; // its whole panel
  const inText = one.matches("a") && style.display === "inline";
  const unseen = one.closest(".visually-hidden, .skip-link") || box.width === 0;
  return !unseen && !covers && !inText && style.visibility !== "hidden" && box.height < 59.5;
}).map(one => one.className + " " + one.textContent.trim().slice(0, 20))"""
LARGE = "e => document.documentElement.classList.toggle('elder', e)"


def newest(one: Visitor, table: str, condition: str = "") -> int:
    text = f"SELECT MAX(id) FROM {table} WHERE hamlet_id = ? {condition}"
    return int(one.house.records.one(text, LUO))


def public_pages(one: Visitor) -> list[str]:
    talk = newest(one, "talks_talk", "AND state = 'recorded'")
    matter = newest(one, "matters_matter", "AND tier = 'common' AND state <> 'withdrawn'")
    return [
        "/", "/places/", "/places/42/", f"/places/{LUO}/", f"/places/{LUO}/talks/{talk}/",
        f"/places/{LUO}/matters/{matter}/", f"/places/{LUO}/say/", "/r/", "/h/", "/sign-in/",
        "/sign-in/code/", "/privacy/", "/nowhere/",
    ]  # fmt: skip


def pages_of_the_secretary(one: Visitor) -> list[str]:
    talk, matter = newest(one, "talks_talk"), newest(one, "matters_matter")
    household = newest(one, "people_household")
    rota = newest(one, "duties_rota")
    turn = newest(one, "duties_turn", f"AND rota_id = {rota}")
    return [
        "/home/", "/my/offices/", "/talks/", f"/talks/at/{LUO}/new/?another=1", f"/talks/{talk}/",
        f"/talks/{talk}/correct/", "/matters/", f"/matters/{matter}/", "/households/",
        f"/households/{household}/", f"/coverage/{LUO}/", f"/organisation/{LUO}/", "/assemblies/",
        "/councils/", f"/announcements/at/{LUO}/new/", "/duties/", f"/duties/{rota}/",
        f"/duties/at/{LUO}/new/", f"/duties/{rota}/turns/{turn}/",
    ]  # fmt: skip


def faults(one: Visitor, paths: list[str]) -> list[str]:
    """What is wrong on these pages, at both sizes of the letters and both widths."""
    wrong: list[str] = []
    axe = AXE.read_text()
    for path in paths:
        one.go(path)
        one.page.evaluate(axe)
        for name, size in WIDTHS.items():
            one.page.set_viewport_size(size["viewport"])
            for large in (False, True):
                one.page.evaluate(LARGE, large)
                found = list(one.page.evaluate(SERIOUS)) if large == (name == "phone") else []
                if one.page.evaluate(WIDER):
                    found.append("wider than its window")
                if large and name == "phone":
                    found += one.page.evaluate(NARROW_TARGETS)
                wrong += [f"{path} {name} {'large' if large else ''}: {told}" for told in found]
    return wrong


def test_public_pages_are_for_everybody(invite: Any) -> None:
    one = invite("phone")
    assert not faults(one, public_pages(one))


def test_a_receipt_and_a_households_page_are_for_everybody(invite: Any) -> None:
    one = invite("phone")
    one.go("/sign-in/")
    links = one.page.locator(".rows a[href*='#']")
    slips = [links.nth(n).get_attribute("href") for n in range(links.count())]
    assert len(slips) == 2
    paths = []
    for slip in slips:
        one.go(slip)
        paths.append(one.page.url.removeprefix(one.house.base))
    assert not faults(one, paths)


def test_the_pages_of_those_who_work_are_for_everybody(invite: Any) -> None:
    one = invite("phone", "secretary", LUO)
    assert not faults(one, pages_of_the_secretary(one))
    auditor = invite("phone", "auditor", "4212")
    assert not faults(auditor, ["/journal/"])


def test_large_letters_are_one_tap_away_on_every_page(invite: Any) -> None:
    one = invite("phone")
    for path in ("/", "/sign-in/", "/r/", f"/places/{LUO}/", "/nowhere/"):
        one.go(path)
        button = one.page.locator("[data-behaviour=text-size] >> visible=true")
        one.press(button)
        assert one.page.locator("html.elder").count() == 1, path
        one.press(button)
        assert one.page.locator("html.elder").count() == 0, path
