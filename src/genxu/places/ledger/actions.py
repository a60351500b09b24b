"""Every write in the books that an app above does not make itself."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.days import happened
from genxu.core.declared import declared
from genxu.core.errors import Conflict, Invalid
from genxu.core.money import yuan
from genxu.core.texts import required
from genxu.organisation.assemblies.models import Motion
from genxu.regions.models import Region

from . import chart, posting, rules
from .deciding import decided
from .models import NAME_LIMIT, Book, BookKind, Entry
from .posting import Leg, Slip
from .queries import balance_of, balances, sums_until

if TYPE_CHECKING:
    from django.core.files.base import ContentFile


@action(rules.open_book, locks="hamlet", notes=("kind", "opened_on"))
def open_book(*, actor: Actor, hamlet: Region, kind: str, name: str, opened_on: date) -> Book:
    """The first day of a book is the first of a month: what stood before comes in as its opening
    balances. A place has one of each kind."""
    happened(opened_on, "opened_on")
    if opened_on.day != 1:
        raise Invalid({"opened_on": _("A book begins on the first of a month.")})
    if kind == BookKind.FUND and not hamlet.is_hamlet:
        raise Invalid({"kind": _("A running fund is a hamlet's.")})
    if kind == BookKind.COMMITTEE and hamlet.is_hamlet:
        raise Invalid({"kind": _("The villagers' committee is the village's.")})
    if Book.objects.kept().filter(place=hamlet, kind=kind).exists():
        raise Invalid({"kind": _("Such a book is kept here already.")})
    return Book.objects.create(
        place=hamlet, kind=kind, name=required(name, NAME_LIMIT, "name"), opened_on=opened_on
    )


@action(rules.post_entry, locks="book", notes=("day", "motion"))
def post_entry(
    *,
    actor: Actor,
    book: Book,
    day: date,
    text: str,
    legs: Sequence[Leg],
    who: str = "",
    is_person: bool = False,
    motion: Motion | None = None,
    paper: str = "",
    photos: "Sequence[ContentFile[bytes]]" = (),
) -> Entry:
    """An entry by the bookkeeper. Loans are none of them: what is not there is not spent."""
    check_by_hand(legs)
    if motion is not None:
        decided(motion, book.place)
    slip = Slip(day, text, legs, who, is_person, motion, paper, photos)
    entry = posting.post(actor, book, slip)
    check_owed_stays(book, legs)
    return entry


def check_by_hand(legs: Sequence[Leg], field: str = "legs") -> None:
    """``Invalid`` for a loan: nothing is borrowed for public works (财农〔2021〕121号 第十五条)."""
    if any(leg.account in chart.LOANS and leg.credit for leg in legs):
        raise Invalid({field: _("No money is borrowed for public works (121号 15).")})


def check_owed_stays(book: Book, legs: Sequence[Leg], field: str = "legs") -> None:
    """``Invalid`` where what is owed by name elsewhere would be gone from 211."""
    if not any(leg.account == chart.PAYABLE and leg.debit for leg in legs):
        return
    owed = owed_elsewhere(book)
    if balance_of(book, chart.PAYABLE, clock.today()) < owed:
        told = _("%s yuan on 211 are owed by name, and are paid where that is known.")
        raise Invalid({field: told % yuan(owed)})


def owed_elsewhere(book: Book) -> int:
    """What apps above owe by name out of this book, in fen: their room ``obligations``."""
    return sum(owed(book) for owed in declared("obligations", "owed_by"))


@action(rules.post_entry, locks="book")
def note_opening(*, actor: Actor, book: Book, legs: Sequence[Leg]) -> Entry:
    """What stood on the accounts when the book began; once."""
    opened = book.entries.filter(kind=Entry.Kind.OPENING, reversed_by=None)
    if opened.exists():
        raise Conflict(_("The opening balances stand already. Take them back first."))
    told = _("What stood on the accounts when this book began")
    slip = Slip(book.opened_on, told, legs, kind=Entry.Kind.OPENING)
    return posting.post(actor, book, slip)


@action(rules.reverse_entry, notes=("day",))
def reverse_entry(*, actor: Actor, entry: Entry, reason: str, day: date) -> Entry:
    """Take an entry back: its mirror image stands beside it. What an app wrote (``origin``) is
    taken back there, where what hangs on it is known."""
    if entry.origin:
        raise Conflict(_("This was booked elsewhere, and is taken back there: %s.") % entry.origin)
    return posting.reverse(actor, entry, reason, day)


@action(rules.close_month, locks="book", notes=("month",))
def close_month(*, actor: Actor, book: Book, month: date) -> Book:
    """Shut the month that follows the last one shut; it has to be over."""
    if month != next_to_close(book):
        raise Conflict(_("The months are shut one after the other."))
    last = posting.month_end(month)
    if last >= clock.today():
        raise Conflict(_("This month is not over yet."))
    if last.month == 12 and _still_open(book, last):
        raise Conflict(_("Close the year first: its income and expenses still stand."))
    book.closed_until = last
    book.version += 1
    book.save(update_fields=["closed_until", "version"])
    return book


def next_to_close(book: Book) -> date:
    """The first day of the month that is shut next."""
    if book.closed_until is None:
        return book.opened_on
    return date.fromordinal(book.closed_until.toordinal() + 1)


def year_to_close(book: Book) -> int:
    """The first year that is over and whose income and expenses still stand; 0 if there is none."""
    first = next_to_close(book).year
    for year in range(first, clock.today().year):
        if _still_open(book, date(year, 12, 31)):
            return year
    return 0


def _still_open(book: Book, day: date) -> list[Leg]:
    """What stands on the accounts of income and expense, as the lines that take it off."""
    sums = sums_until(book, day, chart.codes_of("income", "expense"))
    return [
        Leg(code, max(credit - debit, 0), max(debit - credit, 0))
        for code, (debit, credit) in sorted(sums.items())
        if debit != credit
    ]


@action(rules.close_year, locks="book", notes=("year",))
def close_year(*, actor: Actor, book: Book, year: int) -> Entry:
    """On 31 December income and expenses go to 321 (income of the year), that to 322
    (distribution of income): 农村集体经济组织会计制度, account 321."""
    if year >= clock.today().year:
        raise Conflict(_("This year is not over yet."))
    if not year or year != year_to_close(book):
        raise Conflict(_("The years are closed one after the other, each once."))
    day = date(year, 12, 31)
    legs = _still_open(book, day)
    earned = sum(leg.debit - leg.credit for leg in legs)
    over = [Leg(chart.YEAR, max(-earned, 0), max(earned, 0))] if earned else []
    on = [Leg(chart.YEAR, max(earned, 0), max(-earned, 0)),
          Leg(chart.DISTRIBUTION, max(-earned, 0), max(earned, 0))] if earned else []  # fmt: skip
    told = _("Income and expenses of %(year)s are summed up") % {"year": year}
    return posting.post(actor, book, Slip(day, told, [*legs, *over, *on], kind=Entry.Kind.CLOSING))


@action(rules.close_book, locks="book")
def close_book(*, actor: Actor, book: Book) -> Book:
    """A book on which nothing stands any more is kept, and written in no more."""
    if book.closed_on:
        raise Conflict(_("This book is closed."))
    if any(balances(book, clock.today()).values()) or owed_elsewhere(book):
        raise Conflict(_("Something still stands on its accounts: bring it to another book first."))
    book.closed_on = clock.today()
    book.version += 1
    book.save(update_fields=["closed_on", "version"])
    return book
