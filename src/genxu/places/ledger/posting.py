"""Writing into a book: a part of the actions of all apps that have to do with money.

Whoever writes holds the book: two payments follow each other, and the second sees what the first
has left. Of cash and bank deposits there is on no day less than nothing: no loans for public works,
no chits in place of cash (财农〔2021〕121号 第十五、十六条).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from django.db.models import F, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.bulk import insert_rows
from genxu.core.days import happened
from genxu.core.errors import Conflict, Invalid
from genxu.core.money import MOST, yuan
from genxu.core.names import clean_name
from genxu.core.texts import optional, required
from genxu.organisation.assemblies.models import Motion

from . import chart
from .models import NAME_LIMIT, PAPER_LIMIT, SERIALS, TEXT_LIMIT, Book, Entry, Line, MonthSum, Paper

if TYPE_CHECKING:
    from django.core.files.base import ContentFile

LARGEST = 10 * MOST
"""No book of a village holds more; what would is refused before the columns could be too narrow."""
ENTRY = ("id", "book", "day", "number", "kind", "text", "who", "is_person", "amount", "motion",
         "paper", "origin", "reverses", "reason", "booked_by", "booked_at")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Leg:
    """One line to be written: fen on one of the two sides."""

    account: str
    debit: int = 0
    credit: int = 0


@dataclass(frozen=True)
class Slip:
    """What is to be booked. ``text`` is a sentence that a villager would say; ``who`` got it or
    gave it (``is_person``: then no public page names it); ``motion`` is what decided it."""

    day: date
    text: str
    legs: Sequence[Leg]
    who: str = ""
    is_person: bool = False
    motion: Motion | None = None
    paper: str = ""
    photos: "Sequence[ContentFile[bytes]]" = ()
    origin: str = ""
    kind: str = Entry.Kind.PLAIN
    reverses: Entry | None = None
    reason: str = ""

    @property
    def amount(self) -> int:
        return sum(leg.debit for leg in self.legs)


@dataclass
class _Sums:
    """What entries add to an account within a month."""

    debit: int = 0
    credit: int = 0


@dataclass
class _Batch:
    """Entries as they are written."""

    entries: list[tuple[Any, ...]] = field(default_factory=list)
    lines: list[tuple[Any, ...]] = field(default_factory=list)
    sums: dict[tuple[str, date], _Sums] = field(default_factory=lambda: defaultdict(_Sums))


def post(actor: Actor, book: Book, slip: Slip) -> Entry:
    """A part of an action: book one slip. ``Invalid`` names day, text, who, paper or legs;
    ``Conflict`` if the book is closed."""
    (key,) = post_all(actor, book, [slip])
    entry = Entry.objects.get(pk=key)
    for photo in slip.photos:
        Paper.objects.create(entry=entry, file=photo)
    return entry


def post_all(actor: Actor, book: Book, slips: Sequence[Slip]) -> list[int]:
    """The same for many slips (without pictures), in a number of statements that does not grow with
    them; gives their keys."""
    held = hold(book)
    for day in sorted({slip.day for slip in slips}):
        check_day(held, day)
    for slip in slips:
        _check_legs(slip)
    first_serial = held.serial + 1
    batch = _written(actor, held, slips)
    insert_rows(Line, ("entry", "account", "debit", "credit"), batch.lines)
    insert_rows(Entry, ENTRY, batch.entries)
    _add_sums(held, batch)
    Book.objects.filter(pk=held.pk).update(serial=held.serial, version=F("version") + 1)
    _check_never_less_than_nothing(held, batch)
    book.serial, book.version = held.serial, held.version + 1
    base = held.pk * SERIALS
    return list(range(base + first_serial, base + held.serial + 1))


def hold(book: Book) -> Book:
    """The book as it is now, for nobody else to write in meanwhile."""
    rows = Book.objects.select_for_update(of=("self",), no_key=True).select_related("place")
    held: Book = rows.get(pk=book.pk)
    if held.ended:
        raise Conflict(held.ended)
    return held


def check_day(book: Book, day: date) -> date:
    """A day on which something can be booked: not to come, not before the book, in an open
    month."""
    day = happened(day, "day", book.opened_on, _("This book begins later."))
    if book.is_shut(day):
        month = date_format(day, "YEAR_MONTH_FORMAT")
        told = _("%(month)s is shut. Book it on a day of an open month, and say where it belongs.")
        raise Invalid({"day": told % {"month": month}})
    return day


def _check_legs(slip: Slip) -> None:
    for leg in slip.legs:
        if leg.account not in chart.accounts():
            raise Invalid({"legs": _("There is no account %s.") % leg.account})
        if min(leg.debit, leg.credit) < 0 or (leg.debit > 0) == (leg.credit > 0):
            raise Invalid({"legs": _("A line is either debit or credit, and more than nothing.")})
    short = slip.amount - sum(leg.credit for leg in slip.legs)
    if short:
        told = _("Debit and credit differ by %(sum)s yuan: they have to be alike.")
        raise Invalid({"legs": told % {"sum": yuan(abs(short))}})
    if len(slip.legs) < 2 or slip.amount > LARGEST:
        raise Invalid({"legs": _("An entry has at least two lines, and no sum beyond all bounds.")})


def _words(text: str, who: str, paper: str) -> tuple[str, str, str]:
    return (
        required(text, TEXT_LIMIT, "text"),
        clean_name(optional(who, NAME_LIMIT, "who")),
        optional(paper, PAPER_LIMIT, "paper"),
    )


def _written(actor: Actor, book: Book, slips: Sequence[Slip]) -> _Batch:
    batch, now, numbers = _Batch(), clock.now(), _next_numbers(book, slips)
    words = cache(_words)  # many slips say the same
    for slip in slips:
        text, who, paper = words(slip.text, slip.who, slip.paper)
        book.serial += 1
        key, month = book.pk * SERIALS + book.serial, slip.day.replace(day=1)
        numbers[month] += 1
        batch.entries.append((
            key, book.pk, slip.day, numbers[month], slip.kind, text, who, slip.is_person,
            slip.amount, slip.motion and slip.motion.pk, paper, slip.origin,
            slip.reverses and slip.reverses.pk, slip.reason, actor.account_id, now,
        ))  # fmt: skip
        for leg in slip.legs:
            batch.lines.append((key, leg.account, leg.debit, leg.credit))
            sums = batch.sums[leg.account, month]
            sums.debit += leg.debit
            sums.credit += leg.credit
    return batch


def _next_numbers(book: Book, slips: Iterable[Slip]) -> dict[date, int]:
    """The last number given in each month of these; one query for all of them."""
    days = [slip.day for slip in slips]
    months = {day.replace(day=1) for day in days}
    rows = Entry.objects.filter(book=book, day__gte=min(months), day__lte=month_end(max(months)))
    counted = rows.order_by().values_list("day__year", "day__month").annotate(n=Sum(1))
    taken = {date(year, month, 1): n for year, month, n in counted}
    return defaultdict(int, taken)


def month_end(month: date) -> date:
    """The last day of the month of a day."""
    following = month.replace(day=28).toordinal() + 4
    return date.fromordinal(following - date.fromordinal(following).day)


def _add_sums(book: Book, batch: _Batch) -> None:
    months = {month for _account, month in batch.sums}
    stood = {
        (row.account, row.month): row
        for row in MonthSum.objects.filter(book=book, month__in=months)
    }
    rows = []
    for (account, month), sums in batch.sums.items():
        row = stood.get((account, month)) or MonthSum(book=book, account=account, month=month)
        row.debit += sums.debit
        row.credit += sums.credit
        rows.append(row)
    MonthSum.objects.bulk_create(
        [MonthSum(book=book, account=row.account, month=row.month, debit=row.debit,
                  credit=row.credit) for row in rows],
        update_conflicts=True, unique_fields=["book", "account", "month"],
        update_fields=["debit", "credit"],
    )  # fmt: skip


def _check_never_less_than_nothing(book: Book, batch: _Batch) -> None:
    """Of neither cash nor deposits less than nothing, at the end of no day since the first one of
    these entries: one that is typed late may take what was spent since."""
    taken = {account for account, _debit, credit in (line[1:] for line in batch.lines) if credit}
    for account in sorted(taken & {*chart.MONEY}):
        first = min(entry[2] for entry in batch.entries)
        for day, left in _by_day(book, account, first):
            if day >= first and left < 0:
                raise Invalid({"amount": _short_of(account, day, left)})


def _short_of(account: str, day: date, left: int) -> str:
    told = _("%(account)s would be %(sum)s yuan short on %(day)s. What is not there is not paid: "
             "no loan, no chit (121号 15, 16).")  # fmt: skip
    return told % {
        "account": chart.accounts()[account], "sum": yuan(-left),
        "day": date_format(day, "DATE_FORMAT"),
    }  # fmt: skip


def _by_day(book: Book, account: str, since: date) -> list[tuple[date, int]]:
    """What stands on an account at the end of each day on which it moved, from the month of a day
    on: the months before are read as one sum, and closed ones are not read at all."""
    month = since.replace(day=1)
    before = MonthSum.objects.filter(book=book, account=account, month__lt=month)
    total = before.aggregate(n=Sum(F("debit") - F("credit")))["n"] or 0
    lines = Line.objects.filter(entry__book=book, entry__day__gte=month, account=account)
    moved = lines.order_by("entry__day").values_list("entry__day")
    days = list(moved.annotate(n=Sum(F("debit") - F("credit"))))
    sums = list(accumulate((n for _day, n in days), initial=total))[1:]
    return [(day, left) for (day, _n), left in zip(days, sums, strict=True)]


def reverse(actor: Actor, entry: Entry, reason: str, day: date) -> Entry:
    """A part of an action: take an entry back by its mirror image, on a day of an open month.
    ``Conflict`` if that was done already, or is itself such an entry."""
    if entry.kind == Entry.Kind.REVERSAL:
        raise Conflict(_("This is itself what took another entry back. Book the right one anew."))
    held = hold(entry.book)
    if Entry.objects.filter(reverses=entry).exists():
        raise Conflict(_("This entry was taken back already."))
    reason = required(reason, 200, "reason")
    if entry.kind == Entry.Kind.CLOSING and day != entry.day:
        told = _("The closing of a year is taken back on its own day, while that is open.")
        raise Invalid({"day": told})
    if day < entry.day:
        raise Invalid({"day": _("That is before the entry itself.")})
    legs = [Leg(line.account, line.credit, line.debit) for line in entry.lines.order_by("pk")]
    slip = Slip(
        day=day, text=shortened(_("Taken back: %s") % entry.text), legs=legs, who=entry.who,
        is_person=entry.is_person, motion=entry.motion, paper=entry.paper, origin=entry.origin,
        kind=Entry.Kind.REVERSAL, reverses=entry, reason=reason,
    )  # fmt: skip
    return post(actor, held, slip)


def shortened(text: str) -> str:
    """A sentence as an entry can hold it."""
    return text if len(text) <= TEXT_LIMIT else f"{text[: TEXT_LIMIT - 1]}…"
