"""Books of the cast, made through the real actions."""

from datetime import date
from typing import Any

from genxu.places.ledger import actions, chart
from genxu.places.ledger.models import Book, BookKind, Entry
from genxu.places.ledger.posting import Leg
from genxu.regions.models import Region
from tests.cast import HOME, Cast

OPENED = date(2026, 1, 1)
DAY = date(2026, 5, 6)


def opened(
    cast: Cast, kind: str = BookKind.COLLECTIVE, code: str = HOME, part: str = "bookkeeper"
) -> Book:
    """The book of a place, opened once."""
    there = Book.objects.kept().filter(place=code, kind=kind).first()
    place = Region.objects.get(code=code)
    return there or actions.open_book(
        actor=cast.actor(part), hamlet=place, kind=kind, name=f"{place}账", opened_on=OPENED
    )


def legs(debit: str, credit: str, fen: int) -> list[Leg]:
    return [Leg(debit, debit=fen), Leg(credit, credit=fen)]


def came_in(cast: Cast, fen: int = 100_000, book: Book | None = None, **changes: Any) -> Entry:
    """A rent, paid to the bank."""
    told = {"day": DAY, "text": "收到果园租金", "who": "红土果业公司",
            "legs": legs(chart.BANK, chart.OPERATING, fen)}  # fmt: skip
    book = book or opened(cast)
    return actions.post_entry(actor=cast.actor("bookkeeper"), book=book, **told | changes)


def went_out(cast: Cast, fen: int = 30_000, book: Book | None = None, **changes: Any) -> Entry:
    """Wages for the common good, paid from the bank."""
    told = {"day": DAY, "text": "付修篮球场工钱", "who": "罗测三", "is_person": True,
            "legs": legs(chart.PUBLIC_GOOD, chart.BANK, fen)}  # fmt: skip
    book = book or opened(cast)
    return actions.post_entry(actor=cast.actor("bookkeeper"), book=book, **told | changes)
