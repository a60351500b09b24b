"""How the pages of the books are opened: rows of the matrix; what the laws want to know."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile

from genxu.places.ledger import bank_actions
from genxu.places.ledger.bank_actions import BankRow
from genxu.places.ledger.models import BankLine, Book, BookKind
from tests.addresses import Example, Make, picture
from tests.cast import FAR, HOME, VILLAGE, Cast

from .factories import DAY, came_in, opened, went_out


def _plain(**values: Any) -> Make:
    return lambda cast: Example(**values)


def _sent(row: Any, **told: Any) -> dict[str, Any]:
    return {"client_id": str(uuid4()), "version": getattr(row, "version", ""), **told}


def _book(kind: str = BookKind.COLLECTIVE, code: str = HOME) -> Make:
    def make(cast: Cast) -> Example:
        book = opened(cast, kind, code, "bookkeeper" if code != FAR else "far_bookkeeper")
        return Example({"pk": book.pk}, code, {"book": book})

    return make


def _step(before: Callable[[Cast], Any] = lambda cast: None, ok: int = 200, **told: Any) -> Make:
    def make(cast: Cast) -> Example:
        book = opened(cast)
        before(cast)
        book.refresh_from_db()
        sent = _sent(book, **told)
        return Example({"pk": book.pk}, HOME, {"book": book}, sent=sent, ok=ok)

    return make


def _open(code: str, kind: str) -> Make:
    def make(cast: Cast) -> Example:
        sent = _sent(None, kind=kind, name="新账", opened_on="2026-01-01")
        place = cast.hamlet(code)
        return Example({"code": code}, code, {"hamlet": place}, sent=sent)

    return make


def _of_book(**kwargs: str) -> Make:
    def make(cast: Cast) -> Example:
        book = opened(cast)
        came_in(cast)
        return Example({"pk": book.pk, **kwargs}, HOME, {"book": book})

    return make


def _entry(cast: Cast) -> Example:
    entry = came_in(cast)
    return Example({"pk": entry.pk}, HOME, {"entry": entry})


def _reverse(cast: Cast) -> Example:
    entry = came_in(cast)
    sent = {"client_id": str(uuid4()), "reason": "记了两遍", "day": str(DAY)}
    return Example({"pk": entry.pk}, HOME, {"entry": entry}, sent=sent)


def _paper(cast: Cast) -> Example:
    entry = came_in(cast, photos=[ContentFile(picture(), name="a.jpg")])
    return Example({"pk": entry.papers.get().pk}, HOME, {"entry": entry})


def bank_line(cast: Cast, fen: int = 50_000) -> BankLine:
    book = opened(cast)
    row = BankRow(DAY, came_in=max(fen, 0), went_out=max(-fen, 0), text="租金", who="红土果业公司")
    bank_actions.take_bank_lines(actor=cast.actor("bookkeeper"), book=book, rows=[row], count=1)
    return BankLine.objects.get(book=book)


def _line(**told: Any) -> Make:
    def make(cast: Cast) -> Example:
        line = bank_line(cast)
        sent = _sent(line, **told) if told else None
        return Example({"pk": line.pk}, HOME, {"line": line}, sent=sent)

    return make


def _legs(*lines: tuple[str, str, str]) -> dict[str, str]:
    told = {"legs-TOTAL_FORMS": str(len(lines)), "legs-INITIAL_FORMS": "0"}
    for n, (account, debit, credit) in enumerate(lines):
        told |= {f"legs-{n}-account": account, f"legs-{n}-debit": debit,
                 f"legs-{n}-credit": credit}  # fmt: skip
    return told


BALANCED = _legs(("102", "1,234.50", ""), ("501", "", "1234.5"))


class SentAgain(ContentFile):  # type: ignore[type-arg]
    """A file that several browsers send, one after the other."""

    def read(self, *size: int) -> bytes:
        self.seek(0)
        return super().read(*size)


def _bank_file() -> SentAgain:
    text = "交易日期,收入,支出,摘要,对方户名,流水号\n2026-05-06,500.00,,租金,红土果业公司,A1\n"
    return SentAgain(text.encode(), name="bank.csv")


def _last_year(cast: Cast) -> None:
    """A book that began the year before: its year is over and not closed."""
    book = opened(cast)
    Book.objects.filter(pk=book.pk).update(opened_on=date(2025, 12, 1))
    book.refresh_from_db()
    came_in(cast, book=book, day=date(2025, 12, 8))


def populate(cast: Cast) -> None:
    """Something in each of its tables."""
    came_in(cast, photos=[ContentFile(picture(), name="a.jpg")])
    bank_line(cast)


COUNTED = [
    ("bookkeeper", "/books/", 9), ("county_staff", "/books/", 10), ("bookkeeper", "/vouchers/", 9),
]  # fmt: skip


def more(cast: Cast, count: int) -> None:
    for _n in range(count):
        came_in(cast)
        went_out(cast, 5)


EXAMPLES: dict[str, list[Make]] = {
    "books": [_plain(), _plain(query={"place": HOME, "kind": "fund"})],
    "export_books": [_plain()],
    "open_book": [_open(HOME, "fund"), _open(VILLAGE, "committee"), _open(FAR, "collective")],
    "book": [_book(), _book(BookKind.FUND), _book(BookKind.COMMITTEE, VILLAGE)],
    "book_money": [
        _step(way="in", amount="1.2万", text="收到租金", day=str(DAY), account="501", money="102")
    ],
    "book_post": [_step(text="收到租金", day=str(DAY), **BALANCED)],
    "book_opening": [_step(**_legs(("101", "5", ""), ("301", "", "5")))],
    "book_bank": [_step(file=_bank_file())],
    "book_close_month": [_step(month="2026-01-01")],
    "book_close_year": [_step(_last_year, year="2025")],
    "book_close": [_step()],
    "book_balances": [_of_book()],
    "book_account": [_of_book(account="102")],
    "export_book": [_of_book(kind="xlsx"), _of_book(kind="csv"), _of_book(kind="beancount")],
    "vouchers": [_plain(), _plain(query={"account": "102", "since": "2026-05-01"})],
    "voucher": [_entry],
    "voucher_reverse": [_reverse],
    "voucher_paper": [_paper],
    "bank_line": [_line()],
    "bank_line_book": [_line(account="501", text="收到租金")],
    "bank_line_leave": [_line(reason="已经记过了")],
}

PLAIN = {
    "ledger.open_book.kind", "ledger.book_bank_line.account", "ledger.book_bank_line.is_person",
    "ledger.post_entry.is_person",
    *(f"ledger.{action}.{name}" for action in ("note_opening", "post_entry")
      for name in ("account", "debit", "credit")),
    *(f"ledger.take_bank_lines.{name}" for name in ("day", "came_in", "went_out")),
}  # fmt: skip
SENSITIVE = {
    "ledger.post_entry.who": "names", "ledger.post_entry.paper": "words",
    "ledger.take_bank_lines.who": "names", "ledger.take_bank_lines.reference": "words",
}  # fmt: skip


def take_batches(cast: Cast) -> None:
    """What no address does of the examples above."""
