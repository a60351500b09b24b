"""Open accounts of the cast, made through the real actions."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from genxu.core import clock
from genxu.people.models import Household
from genxu.people.own_access import holder_of
from genxu.places.disclosures import actions
from genxu.places.disclosures.models import Disclosure, Question, Told
from genxu.places.disclosures.workflow import State
from genxu.places.ledger.models import Book, BookKind
from genxu.places.ledger.tests import factories as ledger
from tests.cast import CST, HOME, VILLAGE, Cast

SPRING = date(2026, 2, 10)
"""A day of the first quarter, over and due when the tests begin."""


@contextmanager
def on(year: int, month: int, day: int) -> Iterator[None]:
    with clock.at(datetime(year, month, day, 10, tzinfo=CST)):
        yield


def moved(cast: Cast, book: Book | None = None, code: str = HOME) -> Book:
    """A book in whose first quarter rent came in and wages were paid to a person."""
    book = book or ledger.opened(cast, code=code)
    ledger.came_in(cast, 100_000, book, day=SPRING)
    ledger.went_out(cast, 30_000, book, day=SPRING, paper="12")
    return book


def drawn(cast: Cast, book: Book | None = None) -> Disclosure:
    book = book or moved(cast)
    return actions.draw_up(actor=cast.actor("bookkeeper"), book=book)


def signed(cast: Cast, one: Disclosure | None = None, words: str = "") -> Disclosure:
    one = one or drawn(cast)
    given = {"disclosure": one, "no_relative": True, "words": words}
    return actions.sign_disclosure(actor=cast.actor("supervisor"), **given)


def published(cast: Cast, one: Disclosure | None = None) -> Disclosure:
    one = one or signed(cast)
    return actions.publish_disclosure(actor=cast.actor("bookkeeper"), disclosure=one)


def shown(cast: Cast, book: Book | None = None) -> Disclosure:
    """Drawn up, signed and shown."""
    return published(cast, signed(cast, drawn(cast, book)))


def sent_back(cast: Cast) -> Disclosure:
    given = {"disclosure": drawn(cast), "words": "单据12号没有签字"}
    return actions.send_back(actor=cast.actor("supervisor"), **given)


def corrected(cast: Cast, one: Disclosure) -> Disclosure:
    given = {"disclosure": one, "words": "工钱少记了一笔"}
    return actions.correct_disclosure(actor=cast.actor("bookkeeper"), **given)


def in_state(cast: Cast, state: str) -> Disclosure:
    """One at each of its states."""
    if state == State.REPLACED:
        former = shown(cast)
        published(cast, signed(cast, corrected(cast, former)))
        return Disclosure.objects.get(pk=former.pk)
    if state == State.DROPPED:
        given = {"disclosure": drawn(cast), "words": "算早了"}
        return actions.drop_disclosure(actor=cast.actor("bookkeeper"), **given)
    ways: dict[str, Any] = {State.DRAWN: drawn, State.SENT_BACK: sent_back, State.SIGNED: signed,
                            State.PUBLISHED: published}  # fmt: skip
    return ways[state](cast)  # type: ignore[no-any-return]


def line_of(one: Disclosure) -> Told:
    """The wages that were paid."""
    return one.lines.get(net__lt=0)


def asked(cast: Cast, line: Told, household: Household | None = None) -> Question:
    household = household or cast.households()[0]
    given = {"household": household, "line": line, "words": "是哪几天的工钱？"}
    return actions.ask_line(actor=holder_of(household), **given)


def village_book(cast: Cast) -> Book:
    return ledger.opened(cast, BookKind.COMMITTEE, VILLAGE)
