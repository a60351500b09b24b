"""The codes of receipts and households: kept sealed, in no address, in no log; what a browser has
opened does not open more."""

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse

import genxu
from genxu.core.codes import Coded, clean_code, grouped, has_code
from genxu.core.errors import Conflict
from genxu.core.keyring import COOKIE, MOST
from genxu.institutions.matters.models import Suggestion, Verdict
from genxu.institutions.matters.rules import open_receipt
from genxu.organisation.centre_households.tests.factories import nominated
from genxu.people import household_actions
from genxu.people.models import HouseholdLink
from genxu.people.rules import open_own_page
from genxu.people.slip_actions import renew_link
from genxu.people.tests.factories import household, with_code
from genxu.shell.templatetags.genxu import slip_address

from .addresses import all_addresses
from .cast import Cast, Enter, later
from .doing import hold_talk, page_text, raise_matter, stands_in, suggestions_of, taken_up
from .slips import opens, path_of, said_of, scan

WRONG = "ABCDEFGHJK"


# --- kept --------------------------------------------------------------------------------------


def everything_in_the_database() -> Iterator[tuple[str, str]]:
    """Table → every row in it, written out."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, " ".join(str(value) for value in row)


def test_no_column_of_any_table_holds_a_code_in_clear(
    cast: Cast, enter: Enter, suggestion: Suggestion, link: HouseholdLink
) -> None:
    client, secretary = Client(), enter("secretary")
    for row in (suggestion, link):
        scan(client, row)
        client.get(path_of(row))
    secretary.post(reverse("print_receipt", args=[suggestion.pk]), {"why": "read_out"})
    secretary.post(reverse("household_slip", args=[link.household_id]), {"why": "again"})
    codes = (suggestion.code, link.code)
    found = [
        table for table, row in everything_in_the_database()
        if any(stands_in(row, code) for code in codes)
    ]  # fmt: skip
    assert found == []


def test_a_row_is_found_by_its_keyed_mark(suggestion: Suggestion, link: HouseholdLink) -> None:
    for row in (suggestion, link):
        code = row.code
        for typed in (code, code.lower(), f" {code[:5]}-{code[5:]} "):
            assert type(row)._default_manager.get(has_code(typed)) == row
        assert not type(row)._default_manager.filter(has_code(WRONG)).exists()


def test_another_secret_opens_nothing_and_the_old_one_beside_it_does(
    suggestion: Suggestion, settings: Any
) -> None:
    code, old = suggestion.code, settings.SECRET_KEY
    settings.SECRET_KEY = "another"
    assert not Suggestion.objects.filter(has_code(code)).exists()
    with pytest.raises(Conflict):
        _ = suggestion.code
    settings.SECRET_KEY_FALLBACKS = [old]
    assert Suggestion.objects.get(has_code(code)).code == code
    client = Client()
    assert scan(client, suggestion)["Location"] == path_of(suggestion)
    assert opens(client, suggestion)


def test_codes_have_no_letters_that_look_alike(suggestion: Suggestion) -> None:
    from genxu.core.codes import CODE_LENGTH, CODE_LETTERS, new_code

    for code in {new_code() for _n in range(1000)}:
        assert re.fullmatch(f"[{CODE_LETTERS}]{{{CODE_LENGTH}}}", code)
        assert not set("01IOL") & set(code)
        assert clean_code(grouped(code).lower()) == code


# --- no address, no log ------------------------------------------------------------------------


class Kept(logging.Handler):
    """Every record that the web framework logs, as it would be written."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.getMessage()} {record.exc_text or ''}")


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is logged of requests, at all levels."""
    handler = Kept()
    names = ("django.request", "django.server", "django.security.csrf")
    before = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(1)
    logging.getLogger().addHandler(handler)
    logging.getLogger("django").addHandler(handler)
    yield handler.lines
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)
    logging.getLogger().removeHandler(handler)
    logging.getLogger("django").removeHandler(handler)


LINK = re.compile(r'(?:href|action|src|hx-get|hx-post|content)="([^"]*)"')


def walk(client: Client, start: str, steps: int = 60) -> Iterator[tuple[str, Any]]:
    """The pages that can be reached by links from one, with their answers."""
    to_see, seen = [start], {reverse("account_login")}  # the demonstration hands out slips there
    while to_see and len(seen) < steps:
        path = to_see.pop(0).replace("&amp;", "&")
        if path in seen or not path.startswith("/") or path.startswith(("/static/", "//")):
            continue
        seen.add(path)
        answer = client.get(path)
        yield path, answer
        if answer.status_code in (301, 302):
            to_see.insert(0, answer["Location"])
        elif answer.status_code == 200 and not answer.streaming:
            to_see += LINK.findall(page_text(answer))


@pytest.mark.parametrize("kind", ["suggestion", "link"])
def test_no_address_that_is_reached_from_a_page_holds_the_code(
    kind: str, suggestion: Suggestion, link: HouseholdLink, cast: Cast
) -> None:
    raise_matter(cast, "done", household=True)
    nominated(cast.households()[1])
    row: Coded = suggestion if kind == "suggestion" else link
    client = Client()
    first = scan(client, row)
    assert first.status_code == 302
    assert first["Referrer-Policy"] == "same-origin"
    assert first["X-Robots-Tag"] == "noindex"
    assert first["Cache-Control"] == "private, no-store"
    reached = []
    codes = [row.code, *(one.code for one in Suggestion.objects.all())]
    for path, answer in walk(client, first["Location"]):
        reached.append(path)
        addresses = [path, answer.get("Location", ""), *LINK.findall(page_text(answer))]
        held = [one for one in addresses if any(stands_in(one, code) for code in codes)]
        assert held == [], path
    assert len(reached) > 8


def test_no_line_of_the_log_holds_a_code(
    suggestion: Suggestion, link: HouseholdLink, logged: list[str], cast: Cast
) -> None:
    client = Client(raise_request_exception=False)
    strict = Client(enforce_csrf_checks=True)
    wrong = "WRNGCADE22"
    codes = [suggestion.code, link.code, wrong]
    for letter in ("r", "h"):
        for code in codes:
            for path in (f"/{letter}/{code}/", f"/{letter}/{code}", f"/{letter}/{code}/verdict/1/",
                         f"/{letter}/{code}/correct/", f"/{letter}/{code}/\x00/"):  # fmt: skip
                client.get(path)
                client.post(path)
                strict.post(path)
                client.delete(path)
            client.post(f"/{letter}/", {"code": code})
            strict.post(f"/{letter}/", {"code": code})
    client.get("/nowhere/")
    assert any("/nowhere/" in line for line in logged), "the log is listened to"
    assert any("/r/…" in line for line in logged)
    held = [line for line in logged if any(stands_in(line, code) for code in codes)]
    assert held == []


def test_a_fault_in_the_program_does_not_log_the_code_either(
    suggestion: Suggestion, logged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(codes: Any) -> list[str]:
        raise RuntimeError("a fault")

    monkeypatch.setattr("genxu.core.keyring.code_marks", fall)
    monkeypatch.setattr("genxu.core.codes.code_marks", fall)
    client = Client(raise_request_exception=False)
    assert scan(client, suggestion).status_code == 500
    assert any("/r/" in line for line in logged)
    assert not any(stands_in(line, suggestion.code) for line in logged)


@pytest.mark.parametrize("letter", ["r", "h"])
def test_a_wrong_code_is_told_kindly_at_its_field(letter: str, cast: Cast, client: Client) -> None:
    told = client.post(f"/{letter}/", {"code": WRONG})
    assert told.status_code == 404
    assert COOKIE not in client.cookies
    assert "field-error" in page_text(told)


@pytest.mark.parametrize("letter", ["r", "h"])
@pytest.mark.parametrize("kind", ["suggestion", "link"])
def test_a_code_typed_where_another_belongs_opens_what_it_is(
    kind: str, letter: str, suggestion: Suggestion, link: HouseholdLink, client: Client
) -> None:
    row: Coded = suggestion if kind == "suggestion" else link
    answer = client.post(f"/{letter}/", {"code": row.code_grouped.lower()})
    assert answer["Location"] == path_of(row)
    assert opens(client, row)


def test_no_code_of_a_slip_has_a_place_in_an_address(suggestion: Suggestion, cast: Cast) -> None:
    """Proxies and histories keep paths and queries; what stands behind # no browser sends. A code
    goes in the body of a form, and in the address of a slip behind #, nowhere else."""
    by_code = {open_receipt.name, open_own_page.name}
    routes = [one.route for one in all_addresses() if one.permission.name in by_code]
    assert len(routes) > 10
    assert [route for route in routes if "<" in re.sub(r"<key:\w+>", "", route)] == []
    held_by = r"\b(?:suggestion|link)\.code\b"
    asked = re.compile(rf"{{%\s*url[^%]*{held_by}|[?/&=]{{{{[^}}]*{held_by}")
    package = Path(genxu.__file__).parent
    held = [
        (file.name, found[0])
        for file in package.rglob("*.html")
        for found in asked.finditer(file.read_text(encoding="utf-8"))
    ]
    assert held == []
    about = {"request": RequestFactory().get("/")}
    address = slip_address(about, "/r/", suggestion.code)
    assert address == f"http://testserver/r/#{suggestion.code}"


def test_a_code_in_the_path_of_an_old_address_opens_nothing(
    suggestion: Suggestion, link: HouseholdLink, client: Client
) -> None:
    for letter, row in (("r", suggestion), ("h", link)):
        assert client.get(f"/{letter}/{row.code}/").status_code == 404
        assert client.get(f"/{letter}/", {"code": row.code}).status_code == 200
        assert COOKIE not in client.cookies


# --- the keyring -------------------------------------------------------------------------------


def test_the_keyring_is_for_this_program_only(
    suggestion: Suggestion, client: Client, settings: Any
) -> None:
    settings.SESSION_COOKIE_SECURE = True
    scan(client, suggestion)
    cookie = client.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert int(cookie["max-age"]) == settings.KEYRING_COOKIE_AGE == 12 * 3600
    assert suggestion.code not in cookie.value


def test_two_households_and_two_receipts_do_not_disturb_each_other(
    cast: Cast, client: Client
) -> None:
    rows: list[Coded] = [said_of(raise_matter(cast, "done")), said_of(raise_matter(cast, "done"))]
    rows += [with_code(1), with_code(2)]
    for row in rows:
        scan(client, row)
    assert all(opens(client, row) for row in rows)
    first, *_others = rows
    assert isinstance(first, Suggestion)
    client.post(reverse("close_receipt", args=[first.pk]))
    assert not opens(client, first)
    assert all(opens(client, row) for row in rows if row is not first)


def test_the_one_opened_first_is_forgotten_when_there_are_too_many(
    cast: Cast, client: Client
) -> None:
    rows = suggestions_of(hold_talk(cast, *[taken_up(f"第{n}件") for n in range(MOST + 1)]))
    for row in rows:
        scan(client, row)
    assert [opens(client, row) for row in rows] == [False, *[True] * MOST]


def test_the_cookie_of_one_opens_no_other(
    cast: Cast, client: Client, suggestion: Suggestion, link: HouseholdLink
) -> None:
    other, next_door = said_of(raise_matter(cast, "done")), with_code(2)
    scan(client, other)
    scan(client, next_door)
    assert client.get(path_of(suggestion))["Location"] == "/r/?told=again"
    assert client.get(path_of(link))["Location"] == "/h/?told=again"
    matter = suggestion.matters.get()
    address = reverse("receipt_verdict", args=[suggestion.pk, matter.pk])
    assert client.post(address, {"answer": "satisfied"})["Location"] == "/r/?told=again"
    assert not Verdict.objects.exists()


@pytest.mark.parametrize(
    "spoil",
    [lambda c: c[:-6] + "AAAAA=", lambda c: "", lambda c: '[["ABCDEFGHJK", 9999999999]]',
     lambda c: "é" * 40],
    ids=["altered", "empty", "in clear", "unreadable"],
)  # fmt: skip
def test_a_tampered_cookie_is_ignored(
    spoil: Callable[[str], str], suggestion: Suggestion, client: Client
) -> None:
    scan(client, suggestion)
    client.cookies[COOKIE] = spoil(client.cookies[COOKIE].value)
    assert client.get(path_of(suggestion))["Location"] == "/r/?told=again"
    scan(client, suggestion)
    assert opens(client, suggestion)


def test_a_slip_opened_half_a_day_ago_is_asked_for_again(
    suggestion: Suggestion, client: Client
) -> None:
    """Even if the browser has kept the cookie longer than it was told to."""
    scan(client, suggestion)
    with later(hours=11):
        assert opens(client, suggestion)
    with later(hours=13):
        assert not opens(client, suggestion)


def test_a_closed_household_takes_its_receipts_with_it(
    cast: Cast, client: Client, link: HouseholdLink
) -> None:
    ours = said_of(raise_matter(cast, "done", household=True))
    scan(client, link)
    assert opens(client, ours)
    answer = client.post(reverse("close_household", args=[link.household_id]))
    assert answer["Location"] == "/h/?told=closed"
    assert not opens(client, link)
    assert not opens(client, ours)


def test_closing_a_receipt_that_the_household_s_slip_opened_closes_both(
    cast: Cast, client: Client, link: HouseholdLink
) -> None:
    ours = said_of(raise_matter(cast, "done", household=True))
    scan(client, link)
    client.post(reverse("close_receipt", args=[ours.pk]))
    assert not opens(client, ours)
    assert not opens(client, link)


def test_a_household_opens_the_receipts_of_its_own_suggestions_only(
    cast: Cast, client: Client, link: HouseholdLink, suggestion: Suggestion
) -> None:
    theirs = suggestions_of(hold_talk(cast, taken_up(household=household(2))))[0]
    scan(client, link)
    assert not opens(client, theirs)
    assert not opens(client, suggestion)
    household_actions.merge_households(
        actor=cast.actor("secretary"), keep=link.household, double=household(2)
    )
    assert opens(client, theirs), "the double's are the household's own"


def test_a_slip_that_is_made_anew_ends_those_of_the_doubles_too(
    cast: Cast, client: Client, link: HouseholdLink
) -> None:
    """They open the same page, and nobody could replace them one by one any more."""
    of_double = with_code(2)
    secretary = cast.actor("secretary")
    household_actions.merge_households(
        actor=secretary, keep=link.household, double=of_double.household
    )
    assert scan(client, of_double).url == path_of(link)
    renew_link(actor=secretary, household=link.household)
    for lost in (link, of_double):
        assert scan(Client(), lost).status_code == 404
        assert not opens(client, lost)
