"""The bank's own list: taken in as it is, then each line booked or left out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.days import wrong_day
from genxu.core.errors import Conflict, Invalid
from genxu.core.money import MOST
from genxu.core.names import clean_name
from genxu.core.texts import optional, required

from . import chart, posting, rules
from .actions import check_by_hand, check_owed_stays
from .models import NAME_LIMIT, PAPER_LIMIT, REASON_LIMIT, TEXT_LIMIT, BankLine, Book
from .posting import Leg, Slip


@dataclass(frozen=True, slots=True)
class BankRow:
    """A line as the bank gives it; fen came in or went out, one of the two."""

    day: date
    came_in: int = 0
    went_out: int = 0
    text: str = ""
    who: str = ""
    reference: str = ""

    def line(self, book: Book, nth: int) -> BankLine:
        """``nth``: which one it is of those that are alike in its list."""
        return BankLine(
            book=book, day=self.day, amount=self.came_in - self.went_out, nth=nth,
            text=optional(self.text, TEXT_LIMIT, "file"),
            who=clean_name(optional(self.who, NAME_LIMIT, "file")),
            reference=optional(self.reference, PAPER_LIMIT, "file"),
        )  # fmt: skip


@action(rules.post_entry, locks="book", notes=("count",))
def take_bank_lines(*, actor: Actor, book: Book, rows: Sequence[BankRow], count: int) -> Book:
    """Take lines in that are not known yet; those of the same day, sum, number and words are, as
    often as they stood in a list. All or none: ``Invalid`` at ``file`` names the line that makes
    no sense."""
    for number, row in enumerate(rows, 1):
        if wrong := _wrong(row, book):
            told = _("Line %(number)s: %(said)s") % {"number": number, "said": wrong}
            raise Invalid({"file": told})
    if count != len(rows):
        raise Invalid({"file": _("The rows are not those that were announced.")})
    alike: Counter[BankRow] = Counter()
    lines = []
    for row in rows:
        alike[row] += 1
        lines.append(row.line(book, alike[row]))
    BankLine.objects.bulk_create(lines, ignore_conflicts=True)
    Book.objects.filter(pk=book.pk).update(version=F("version") + 1)
    return book


def _wrong(row: BankRow, book: Book) -> str:
    if told := wrong_day("day", row.day, book.opened_on, _("This book begins later.")):
        return str(told["day"])
    sides = (row.came_in, row.went_out)
    if min(sides) < 0 or max(sides) > MOST or (row.came_in > 0) == (row.went_out > 0):
        return _("It either came in or went out.")
    return ""


@action(rules.book_bank_line, locks="line")
def book_bank_line(
    *, actor: Actor, line: BankLine, account: str, text: str, is_person: bool = False
) -> BankLine:
    """Book it against an account: the bank's side, day, sum and number are those of the bank."""
    check_waits(line)
    if account == chart.BANK:
        raise Invalid({"account": _("That is the bank itself: what is it for?")})
    bank = Leg(chart.BANK, max(line.amount, 0), max(-line.amount, 0))
    other = Leg(account, max(-line.amount, 0), max(line.amount, 0))
    legs = [bank, other] if line.came_in else [other, bank]
    check_by_hand(legs, "account")
    slip = Slip(line.day, text, legs, line.who, is_person, paper=line.reference)
    line.entry = posting.post(actor, line.book, slip)
    check_owed_stays(line.book, legs, "account")
    line.version += 1
    line.save(update_fields=["entry", "version"])
    return line


@action(rules.book_bank_line, locks="line")
def leave_bank_line(*, actor: Actor, line: BankLine, reason: str) -> BankLine:
    """It is booked already, or is none of this book's."""
    check_waits(line)
    line.reason = required(reason, REASON_LIMIT, "reason")
    line.version += 1
    line.save(update_fields=["reason", "version"])
    return line


def check_waits(line: BankLine) -> None:
    if not line.waits:
        raise Conflict(_("This line is seen to already."))
