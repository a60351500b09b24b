"""Reading the books: every list starts at ``visible_to(actor)``.

A balance of any day is the sums of the months before (``MonthSum``) and the lines of one month: two
queries, however many entries there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet, Sum, Window
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.errors import Missing
from genxu.regions.models import Region

from . import chart
from .models import BankLine, Book, Entry, Line, MonthSum, Paper

Sums = Mapping[str, tuple[int, int]]
"""Account → what was written on its debit and credit side, in fen."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An account over a span of days: what stood on it before, what moved, what stands (fen)."""

    account: chart.Account
    before: int
    debit: int
    credit: int

    @property
    def after(self) -> int:
        return self.before + self.account.balance(self.debit, self.credit)


def book_list(actor: Actor) -> QuerySet[Book]:
    """The books in the actor's charge, in the order of the places."""
    rows: QuerySet[Book] = Book.objects.visible_to(actor)
    return rows.select_related("place__parent").order_by("place", "kind", "pk")


def entry_list(actor: Actor) -> QuerySet[Entry]:
    """Entries, the latest first."""
    rows: QuerySet[Entry] = Entry.objects.visible_to(actor)
    return rows.select_related("book__place").order_by("-day", "-pk")


def book_at(place: Region, kind: str) -> Book:
    """The book of this kind that is kept there; ``Missing`` where there is none."""
    found = Book.objects.kept().select_related("place").filter(place=place, kind=kind).first()
    if found is None:
        raise Missing(_("No such book is kept here yet."))
    return found


def sums_until(book: Book, day: date, accounts: Iterable[str] = ()) -> Sums:
    """What was written on each account up to the end of a day: two queries."""
    month = day.replace(day=1)
    before = MonthSum.objects.filter(book=book, month__lt=month)
    within = Line.objects.filter(entry__book=book, entry__day__gte=month, entry__day__lte=day)
    total: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for rows in (before, within):
        wanted = rows.filter(account__in=[*accounts]) if accounts else rows
        summed = wanted.order_by().values_list("account")
        for account, debit, credit in summed.annotate(d=Sum("debit"), c=Sum("credit")):
            stood = total[account]
            total[account] = (stood[0] + debit, stood[1] + credit)
    return total


def sums_between(book: Book, since: date, until: date, accounts: Iterable[str]) -> Sums:
    """What was written on these accounts from one day to another, outside the opening."""
    rows = Line.objects.filter(entry__book=book, entry__day__gte=since, entry__day__lte=until)
    rows = rows.filter(account__in=[*accounts]).exclude(entry__kind=Entry.Kind.OPENING)
    summed = rows.order_by().values_list("account").annotate(d=Sum("debit"), c=Sum("credit"))
    return {account: (debit, credit) for account, debit, credit in summed}


def bank_lines_waiting(actor: Actor, book: Book) -> QuerySet[BankLine]:
    """Lines of the bank that nobody has booked yet, the oldest first."""
    rows: QuerySet[BankLine] = BankLine.objects.visible_to(actor)
    return rows.filter(book=book, entry=None, reason="").order_by("day", "pk")


def balance_of(book: Book, account: str, day: date) -> int:
    """What stands on an account at the end of a day, in fen: positive on the side on which the
    account grows."""
    debit, credit = sums_until(book, day, [account]).get(account, (0, 0))
    return chart.accounts()[account].balance(debit, credit)


def balances(book: Book, day: date) -> dict[str, int]:
    """Account → what stands on it at the end of a day; of those on which anything ever moved."""
    sums = sums_until(book, day)
    return {
        code: account.balance(*sums[code])
        for code, account in chart.accounts().items()
        if code in sums
    }


def money_on(book: Book, day: date) -> int:
    """What there is of cash and deposits, in fen."""
    return sum(debit - credit for debit, credit in sums_until(book, day, chart.MONEY).values())


def turnovers(book: Book, since: date, until: date) -> list[Standing]:
    """Each account that stands or moved from one day to another, in the order of the chart
    (科目余额表): four queries."""
    before = sums_until(book, date.fromordinal(since.toordinal() - 1))
    after = sums_until(book, until)
    found = []
    for code, account in chart.accounts().items():
        if code in after:
            stood, stands = before.get(code, (0, 0)), after[code]
            found.append(Standing(account, account.balance(*stood), stands[0] - stood[0],
                                  stands[1] - stood[1]))  # fmt: skip
    return found


def lines_of(entry: Entry) -> list[Line]:
    """Debit first, as they were written."""
    return list(entry.lines.order_by("pk"))


def account_lines(book: Book, account: str, since: date, until: date) -> QuerySet[Line]:
    """The lines on an account in the order of the days (明细账), each with its entry and with
    ``moved``: what moved since the first of them, itself included."""
    rows = Line.objects.filter(
        entry__book=book, account=account, entry__day__gte=since, entry__day__lte=until
    )
    order = ("entry__day", "entry_id", "pk")
    moved = Window(Sum(F("debit") - F("credit")), order_by=[F(name) for name in order])
    return rows.select_related("entry").annotate(moved=moved).order_by(*order)


def income_lines() -> QuerySet[Line]:
    """What was earned: lines on the accounts of income, outside what closes a year, with ``day``,
    ``change`` in fen and the place ``hamlet`` of their book."""
    rows = Line.objects.filter(account__in=chart.codes_of("income"))
    closing = Entry.Kind.CLOSING
    rows = rows.exclude(entry__kind=closing).exclude(entry__reverses__kind=closing)
    return rows.annotate(
        day=F("entry__day"), change=F("credit") - F("debit"), hamlet=F("entry__book__place")
    )


def visible_paper(actor: Actor, pk: int) -> Paper:
    """A picture of a slip, for those who read the book."""
    entries = Entry.objects.visible_to(actor)
    found = Paper.objects.filter(pk=pk, entry__in=entries).first()
    if found is None:
        raise Missing(_("There is no such picture."))
    return found


def put_money_on(books: Iterable[Book], day: date) -> None:
    """Put on each ``money``: what there is of cash and deposits. Two queries for all of them."""
    known = {book.pk: book for book in books}
    left: dict[int, int] = dict.fromkeys(known, 0)
    month = day.replace(day=1)
    before = MonthSum.objects.filter(book__in=known, account__in=chart.MONEY, month__lt=month)
    within = Line.objects.filter(
        entry__book__in=known, account__in=chart.MONEY, entry__day__gte=month, entry__day__lte=day
    )
    for rows, key in ((before, "book"), (within, "entry__book")):
        summed = rows.order_by().values_list(key).annotate(n=Sum(F("debit") - F("credit")))
        for pk, fen in summed:
            left[pk] += fen
    for pk, book in known.items():
        book.money = left[pk]  # type: ignore[attr-defined]
