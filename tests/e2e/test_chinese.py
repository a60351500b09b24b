"""Laws of every page: it opens in Chinese, fits a phone, and no script or style is refused."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from .doing import LUO, SIX, code_in, fill, new_talk, raise_matter, record_form, save, take
from .visitor import Visitor

PEOPLE = [
    ("", ""),
    ("secretary", LUO),
    ("centre_household", SIX),
    ("village_staff", "421221104202"),
    ("township_staff", "421221104"),
    ("county_staff", "421221"),
    ("city_staff", "4212"),
    ("auditor", "4212"),
]
WORD = re.compile(r"[A-Za-z]{2,}")
ALLOWED = {"Genxu", "QR", "A4", "JPG", "JPEG", "PNG", "WebP", "English", "AGPL", "XXXXX", "MB"}
ALLOWED |= {"lcy", "gdc", "zxf"}  # pinyin initials, as one may type them
RECEIPT = re.compile(r"\b[2-9A-Z]{5}-[2-9A-Z]{5}\b")
SEEN = """() => {
    const words = [document.title, document.body.innerText];
    for (const attribute of ["placeholder", "aria-label", "title", "alt"])
        for (const one of document.querySelectorAll(`[${attribute}]`))
            words.push(one.getAttribute(attribute));
    words.push(...Object.values(document.getElementById("ui-texts")?.dataset ?? {}));
    return words.join("\\n");
}"""


WIDE = """() => ["", "elder"].map(size => {
    document.documentElement.className = `js ${size}`;
    return document.documentElement.scrollWidth;
})"""
"""How wide the page is, in usual and in large letters."""


def addresses(visitor: Visitor, role: str, place: str) -> list[str]:
    """The pages of one of the cast, with an example of each thing that she can open."""
    if not role:
        return [
            "/", "/places/", "/places/?words=罗", "/places/?words=没有", "/places/421221104202/",
            f"/places/{LUO}/", "/r/", "/h/?told=again",
            "/sign-in/", "/sign-in/code/",
            "/nowhere/", *_receipts(visitor),
        ]  # fmt: skip
    if role == "auditor":
        return ["/journal/", "/journal/?action=nothing", "/matters/"]
    pages = ["/home/", "/talks/", "/talks/?words=没有", "/matters/", "/matters/?words=没有"]
    pages += [f"/matters/{pk}/" for pk in _matters(visitor, place)]
    if role != "centre_household":
        pages += [f"/insight/{place}/", "/journal/"]
    talk = visitor.house.records.one(
        "SELECT max(id) FROM talks_talk WHERE hamlet_id = ?",
        SIX if role == "centre_household" else LUO,
    )
    pages.append(f"/talks/{talk}/")
    if role == "secretary":
        pages += [new_talk(place), f"/talks/{talk}/minutes/", f"/talks/{talk}/receipts/"]
        pages += [f"/suggestions/{pk}/" for pk in _suggestions(visitor, place)]
    return pages


def _receipts(visitor: Visitor) -> list[str]:
    """A receipt of a matter under way, one of a matter done, one closed."""
    rows = visitor.house.records.rows(
        "SELECT min(s.code_sealed) FROM matters_suggestion s JOIN matters_voice v"
        " ON v.suggestion_id = s.id JOIN matters_matter m ON m.id = v.matter_id GROUP BY m.state"
    )
    return [f"/r/#{code_in(sealed)}" for (sealed,) in rows]


def _matters(visitor: Visitor, place: str) -> list[int]:
    """A matter in each state and tier."""
    rows = visitor.house.records.rows(
        "SELECT max(id) FROM matters_matter WHERE hamlet_id LIKE ? AND tier <> 'personal'"
        " AND tier <> '' GROUP BY state",
        f"{place}%",
    )
    return [pk for (pk,) in rows]


def _suggestions(visitor: Visitor, place: str) -> list[int]:
    rows = visitor.house.records.rows(
        "SELECT max(id) FROM matters_suggestion WHERE hamlet_id = ? GROUP BY response", place
    )
    return [pk for (pk,) in rows]


def steps_offered(visitor: Visitor) -> list[str]:
    """The pages of the steps that the page at hand offers."""
    links = visitor.page.locator(".other-steps a")
    return [link.get_attribute("href") for link in links.all()]


def english_on(visitor: Visitor) -> set[str]:
    text = RECEIPT.sub("", visitor.page.evaluate(SEEN))
    return set(WORD.findall(text)) - ALLOWED


@pytest.mark.parametrize(("role", "place"), PEOPLE, ids=[role or "anybody" for role, _ in PEOPLE])
def test_every_page_is_chinese_and_fits_a_phone(invite: Any, role: str, place: str):
    one = invite("phone", role, place)
    english: dict[str, set[str]] = {}
    too_wide: list[str] = []
    to_see = addresses(one, role, place)
    seen: set[str] = set()
    while to_see:
        path = to_see.pop(0)
        if path in seen:
            continue
        seen.add(path)
        one.go(path)
        to_see += steps_offered(one)
        too_wide += [f"{path}: {wide} px" for wide in one.page.evaluate(WIDE) if wide > 390]
        if found := _without_journal_words(path, english_on(one)):
            english[path] = found
    assert too_wide == []
    assert english == {}


def refused_pages(one: Visitor) -> Iterator[str]:
    """The pages that say what was wrong, by what was sent."""
    page = one.page
    matter = raise_matter(one, LUO, "路口的镜子歪了", "specialist")
    take(one, matter, "assign", assignee_name="村湾理事会")
    take(one, matter, "start")
    one.go(new_talk(LUO))
    fill(one, record_form(one), head_count="-1", venue="", **{"said-0-text": "要修路"})
    one.choose(page.locator("form[data-draft-key]"), "said-0-response", "declined")
    save(one)
    page.locator(".error-summary").wait_for()
    yield "a talk"
    fill(one, record_form(one), topic="修路", head_count="9", venue="塘边")
    save(one)
    page.locator('.error-summary a[href="#id_said-0-reply"]').wait_for()
    yield "a suggestion declined"
    for step in ("finish", "note-progress", "pass-on", "ask-extension"):
        one.go(f"/matters/{matter}/{step}/")
        one.press(page.locator(".form-acts button"))
        page.locator(".error-summary").wait_for()
        yield step
    take_unfit(one, matter)
    yield "a step that does not fit"
    for path in (f"/matters/{matter + 999}/", "/talks/at/421221102210001/new/", "/journal/"):
        one.go(path)
        yield path


def take_unfit(one: Visitor, matter: int) -> None:
    """Asked back before it is done: the workflow does not allow it, and its page says so."""
    one.go(f"/matters/{matter}/ask-back/")
    one.at(f"/matters/{matter}/")
    one.page.locator(".notice-warn").first.wait_for()


def test_every_refusal_is_chinese(invite: Any):
    one = invite("phone", "secretary", LUO)
    english = {what: found for what in refused_pages(one) if (found := english_on(one))}
    assert english == {}


def test_refusals_at_the_door_are_chinese(invite: Any):
    one = invite("phone")
    one.go("/sign-in/")
    form = one.page.locator("form:has(input[name=password])")
    for number, password in (("12345", "x"), ("15412345678", "wrong-password")):
        fill(one, form, login=number, password=password)
        one.press(form.locator("button"))
        one.page.locator(".error-summary").wait_for()
        assert english_on(one) == set()
        assert form.locator("[name=login]").input_value() == number
    one.context.clear_cookies()
    form.locator("[name=password]").fill("genxu-demo")
    with one.page.expect_navigation():
        one.press(form.locator("button"))
    assert one.page.locator("form:has(input[name=password])").count() == 1  # with a new token
    assert english_on(one) == set(), "the page for a form that has lost its cookie"


def _without_journal_words(path: str, found: set[str]) -> set[str]:
    """The journal names actions and records as the program does: that is data, not language."""
    return {word for word in found if word[0].isupper()} if path.startswith("/journal/") else found
