"""Every page renders for everybody who may open it, in both languages, and nothing leaks.

An undefined variable in a template would be printed as UNDEFINED.
"""

import re
from copy import deepcopy
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.template.loader import get_template

import genxu
from genxu.core.declared import declared
from genxu.people.tests.factories import with_code

from .addresses import Example, Make
from .cast import Cast, Enter
from .doing import codes_in, hold, hold_talk, page_text, taken_up
from .test_access import ADDRESSES, EVERYBODY, EXAMPLES, expected

UNDEFINED = "⟦undefined "
ROWS = [(name, make) for name, makes in EXAMPLES.items() for make in makes
        if not name.startswith("api-1:") and name not in ("healthz", "talk_photo")]  # fmt: skip
IDS = [f"{name}-{n}" for n, (name, _make) in enumerate(ROWS)]
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr", "path", "circle", "rect", "line", "use", "polyline", "polygon", "ellipse",
        "stop"}  # fmt: skip


@pytest.fixture
def strict(settings: Any) -> None:
    templates = deepcopy(django_settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = f"{UNDEFINED}%s⟧"
    settings.TEMPLATES = templates


class Page(HTMLParser):
    """Checks that tags are closed in order, ids are single, and controls have names."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.controls: list[dict[str, str | None]] = []
        self.headings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if name := values.get("id"):
            self.ids.append(name)
        if tag == "label" and values.get("for"):
            self.labels.add(str(values["for"]))
        if tag in ("input", "select", "textarea") and values.get("type") not in (
            "hidden", "submit", "button",
        ):  # fmt: skip
            self.controls.append(values | {"within": "label" if "label" in self.open else ""})
        if tag == "img" and "alt" not in values:
            self.faults.append("a picture without words for who cannot see it")
        if any(name.startswith("on") for name in values):
            self.faults.append(f"a script in an attribute of {tag}")
        if "style" in values:
            self.faults.append(f"a style in an attribute of {tag}: the policy forbids it")
        self.headings += tag == "h1"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def finish(self) -> list[str]:
        faults = list(self.faults)
        if self.open:
            faults.append(f"left open: {self.open}")
        faults += [f"id {one} stands twice" for one in set(self.ids) if self.ids.count(one) > 1]
        for control in self.controls:
            named = control.get("aria-label") or control.get("aria-labelledby")
            if not (named or control["within"] or control.get("id") in self.labels):
                faults.append(f"a field without a label: {control.get('name')}")
        if self.headings != 1:
            faults.append(f"{self.headings} first headings")
        return faults


def check(text: str) -> list[str]:
    faults = sorted(set(re.findall(f"{UNDEFINED}.*?⟧", text)))
    if "<html" in text:
        page = Page()
        page.feed(text)
        page.close()
        faults += page.finish()
    faults += [f"{mark} was printed" for mark in ("{{", "{%", "%(") if mark in _outside_code(text)]
    return faults


def _outside_code(text: str) -> str:
    return re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.S)


@pytest.mark.parametrize(("name", "make"), ROWS, ids=IDS)
@pytest.mark.usefixtures("strict")
def test_each_page_renders_for_everybody_who_may_open_it(
    name: str, make: Make, cast: Cast, enter_again: Enter
) -> None:
    """And no page of staff shows the code of a receipt or of a household."""
    with_code()
    hold_talk(cast, taken_up(household=cast.households()[0]))
    example: Example = make(cast)
    if not example.get:
        pytest.skip("it has no page of its own")
    for_staff = not ADDRESSES[name].permission.public
    wrong = []
    for part in _openers(name, example, cast):
        client = enter_again(part)
        for language in ("zh-hans", "en"):
            client.cookies["django_language"] = language
            answer = hold(client, *example.codes).get(example.url(name), example.query)
            if answer.status_code >= 500:
                wrong.append(f"{part} {language}: {answer.status_code}")
            is_page = answer.headers["Content-Type"].startswith("text/")
            if answer.status_code == 200 and not answer.streaming and is_page:
                wrong += [f"{part} {language}: {fault}" for fault in check(page_text(answer))]
                if for_staff and codes_in(page_text(answer)):
                    wrong.append(f"{part} {language}: a code is shown")
                lang = re.search(r'<html[^>]* lang="([^"]*)"', page_text(answer))
                if lang and not lang.group(1).lower().startswith(language[:2]):
                    wrong.append(f"{part} {language}: the page says it is {lang.group(1)}")
    assert not wrong, "\n".join(wrong)


def _openers(name: str, example: Example, cast: Cast) -> list[str]:
    """Of those who see the same page, one of each role is enough."""
    parts = [p for p in EVERYBODY if expected(name, example, p, "GET", cast) == example.ok]
    if ADDRESSES[name].permission.public:
        return [part for part in parts if part in ("nobody", "secretary", "auditor")]
    return [p for p in parts if not p.startswith(("far_", "next_", "neighbour_", "other_"))]


@pytest.mark.parametrize("step", ["triage", "assign", "finish", "ask_extension", "pass_on"])
@pytest.mark.usefixtures("strict")
def test_a_page_that_comes_back_with_refusals_renders(step: str, cast: Cast, enter: Enter) -> None:
    example = EXAMPLES[f"matter_{step}"][0](cast)
    sent = {"version": example.targets["matter"].version}
    answer = enter("secretary").post(example.url(f"matter_{step}"), sent)
    assert answer.status_code == 422
    assert check(page_text(answer)) == []


@pytest.mark.parametrize("why", ["hand_out", "read_out", ""])
@pytest.mark.parametrize("name", ["receipts", "print_receipt", "household_slips", "household_slip"])
@pytest.mark.usefixtures("strict")
def test_slips_that_are_shown_render(name: str, why: str, cast: Cast, enter: Enter) -> None:
    example = EXAMPLES[name][0](cast)
    answer = enter("secretary").post(example.url(name), {"why": why})
    assert answer.status_code in (200, 422)
    assert check(page_text(answer)) == []


@pytest.mark.usefixtures("strict")
def test_the_record_page_renders_with_refusals(cast: Cast, enter: Enter) -> None:
    from genxu.institutions.talks.tests.test_record_talk import record

    answer = record(enter("secretary"), {"text": ""}, {"response": "declined"}, head_count="-1")
    assert answer.status_code == 422
    assert check(page_text(answer)) == []


@pytest.mark.parametrize("status", [403, 404, 409, 429])
@pytest.mark.usefixtures("strict")
def test_refusals_render(status: int, cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    if status == 429:
        for _n in range(10):
            client.post("/r/", {"code": "AAAAAAAAAA"})
    url = {403: "/journal/", 404: "/nowhere/"}.get(status)
    if url:
        answer = client.get(url)
    elif status == 429:
        answer = client.post("/r/", {"code": "AAAAAAAAAA"})
    else:
        sent: dict[str, Any] = {"client_id": "00000000-0000-4000-8000-000000000001"}
        matter = EXAMPLES["matter_finish"][0](cast)
        sent = {**(matter.sent or {}), **sent}
        client.post(matter.url("matter_finish"), sent)
        answer = client.post(EXAMPLES["matter_triage"][0](cast).url("matter_triage"), {
            "tier": "common", "urgency": "ordinary", "title": "x", "version": "1", **sent,
        })  # fmt: skip
    assert answer.status_code == status
    assert check(page_text(answer)) == []


@pytest.mark.usefixtures("strict")
def test_large_letters_are_remembered(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    plain = page_text(client.get("/home/"))
    client.post("/text-size/", {"next": "/home/"})
    large = client.get("/home/")
    assert large.context["elder"] is True
    assert page_text(large) != plain
    client.post("/text-size/", {"next": "/home/"})
    assert client.get("/home/").context["elder"] is False


@pytest.mark.parametrize("target", ["https://evil.cn/", "//evil.cn/", "javascript:alert(1)", ""])
def test_the_switches_lead_back_to_this_site_only(db: None, client: Any, target: str) -> None:
    assert client.post("/text-size/", {"next": target})["Location"] == "/"


PACKAGE = Path(genxu.__file__).parent
TEMPLATES = sorted(p for p in PACKAGE.rglob("*.html") if "static_build" not in p.parts)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_each_template_compiles(path: Path) -> None:
    parts = path.parts
    get_template("/".join(parts[parts.index("templates") + 1 :]))


def test_a_demonstration_says_so_on_every_page(cast: Cast, enter: Enter, settings: Any) -> None:
    client = enter("secretary")
    plain = page_text(client.get("/home/"))
    settings.DEMONSTRATION = True
    marked = client.get("/home/")
    assert marked.context["demonstration"] is True
    assert page_text(marked) != plain


SENT_TO = re.compile(r"<form[^>]*action=\"\{% url '(\w+)'.*?</form>", re.S)
STEPS = {step.url_name for pages in declared("steps", "PAGES") for step in pages.pages.values()}


def test_whoever_takes_a_step_from_another_page_says_the_version_too() -> None:
    """The form of a step bears the version that was shown; one from elsewhere does so as well."""
    silent = [
        (file.name, form[1])
        for file in PACKAGE.rglob("*.html")
        for form in SENT_TO.finditer(file.read_text(encoding="utf-8"))
        if form[1] in STEPS and not re.search('name="version"|{% submission', form[0])
    ]
    assert silent == []


DRAWN_ONCE = {
    "crumbs": re.compile('<nav class="crumbs"'),
    "what a form begins with": re.compile("parts/form_errors.html"),
    "one more row, with a script and without": re.compile("data-repeat-add"),
    "a history of steps": re.compile(r"<ol class=\"timeline\">\s*{% for \w+ in history %}"),
}
SIGN_IN = {"login.html", "ask_for_code.html", "confirm_code.html"}
"""They bear no action: the forms of the library."""


@pytest.mark.parametrize("what", DRAWN_ONCE)
def test_what_every_app_shows_is_drawn_in_the_shell(what: str) -> None:
    """The tags crumbs and form, parts/form_head.html, parts/one_more.html, parts/history.html."""
    by_hand = [
        str(file.relative_to(PACKAGE))
        for file in TEMPLATES
        if "shell" not in file.parts and DRAWN_ONCE[what].search(file.read_text(encoding="utf-8"))
    ]
    assert [one for one in by_hand if Path(one).name not in SIGN_IN] == [], by_hand


PAPERS = re.compile(r"(notice|sheet|minutes)\.html$|printed|slip|card")


def test_dates_have_one_form_on_pages() -> None:
    """The filter ``day`` says them; papers and sheets keep the whole date."""
    written = re.compile(r'\|date:"(DATE_FORMAT|Y-m-d)')
    found = Path(genxu.__file__).parent.rglob("*.html")
    pages = (path for path in found if not PAPERS.search(path.name))
    assert not [path.name for path in pages if written.search(path.read_text())]
