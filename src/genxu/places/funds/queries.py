"""Reading the funds: every list starts at ``visible_to(actor)``; sums come from the books."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.cuts import First
from genxu.people.models import Household
from genxu.places.ledger import chart
from genxu.places.ledger.models import Book, BookKind, Line, MonthSum
from genxu.places.ledger.queries import balance_of

from .booking import CONTRIBUTION, SPENDING
from .models import Budget, Contribution, Limit, Purpose, Source, Spending
from .workflow import OPEN, STANDS, Asked

LATEST = 5


def fund_list(actor: Actor) -> QuerySet[Book]:
    """The funds in the order of their places: ``money`` (fen), and how many asks are ``open``."""
    sums = MonthSum.objects.filter(book=OuterRef("pk"), account__in=chart.MONEY)
    money = sums.order_by().values("book").annotate(n=Sum(F("debit") - F("credit"))).values("n")
    asks = Spending.objects.filter(book=OuterRef("pk"), state__in=OPEN).order_by()
    n_open = asks.values("book").annotate(n=Count("pk")).values("n")
    rows: QuerySet[Any] = Book.objects.visible_to(actor).kept().filter(kind=BookKind.FUND)
    rows = rows.annotate(money=Coalesce(Subquery(money), 0), open=Coalesce(Subquery(n_open), 0))
    return rows.select_related("place__parent").order_by("place", "pk")


def contribution_list(actor: Actor) -> QuerySet[Contribution]:
    """The latest first."""
    rows: QuerySet[Contribution] = Contribution.objects.visible_to(actor)
    return rows.select_related("hamlet__parent").order_by("-day", "-pk")


def spending_list(actor: Actor) -> QuerySet[Spending]:
    """The latest first."""
    rows: QuerySet[Spending] = Spending.objects.visible_to(actor)
    return rows.select_related("hamlet__parent", "asked_by").order_by("-asked_on", "-pk")


# --- a fund --------------------------------------------------------------------------------------


@dataclass
class Year:
    """What a fund had, got and spent in a year, in fen, counted from its book: ``before`` stood at
    its beginning; ``came_else`` and ``spent_else`` were booked without a source or purpose."""

    year: int
    before: int
    came: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Source.values, 0))
    spent: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Purpose.values, 0))
    came_else: int = 0
    spent_else: int = 0

    @property
    def came_all(self) -> int:
        return sum(self.came.values()) + self.came_else

    @property
    def spent_all(self) -> int:
        return sum(self.spent.values()) + self.spent_else

    @property
    def stands(self) -> int:
        """At its end, or today."""
        return self.before + self.came_all - self.spent_all


def money_on(book: Book, purse: str, day: date | None = None) -> int:
    return balance_of(book, purse, day or clock.today())


def year_of(book: Book, year: int) -> Year:
    """In a fixed number of queries, however many entries there are."""
    last = date(year - 1, 12, 31)
    found = Year(year, sum(money_on(book, purse, last) for purse in chart.MONEY))
    moved = _moved(book, year)
    sources = _named(Contribution, "source", CONTRIBUTION, moved)
    purposes = _named(Spending, "purpose", SPENDING, moved)
    for origin, fen in moved.items():
        if origin in sources:
            found.came[sources[origin]] += fen
        elif origin in purposes:
            found.spent[purposes[origin]] -= fen
        elif fen > 0:
            found.came_else += fen
        else:
            found.spent_else -= fen
    return found


def _moved(book: Book, year: int) -> dict[str, int]:
    """Origin of entries → what they moved in cash and bank together; those without one, booked by
    the bookkeeper by hand, each by itself: so in and out are told apart."""
    lines = Line.objects.filter(entry__book=book, account__in=chart.MONEY, entry__day__year=year)
    by_origin = lines.exclude(entry__origin="").order_by().values_list("entry__origin")
    by_hand = lines.filter(entry__origin="").order_by().values_list("entry")
    moved = {"n": Sum(F("debit") - F("credit"))}
    found: dict[str, int] = dict(by_origin.annotate(**moved))
    return found | {str(key): fen for key, fen in by_hand.annotate(**moved)}


def _named(model: Any, field_name: str, prefix: str, moved: Mapping[str, int]) -> dict[str, str]:
    """Origin → source or purpose."""
    keys = [int(one.removeprefix(f"{prefix}:")) for one in moved if one.startswith(f"{prefix}:")]
    rows = model.objects.filter(pk__in=keys).values_list("pk", field_name)
    return {f"{prefix}:{key}": value for key, value in rows}


def budget_of(book: Book, year: int) -> Budget | None:
    return Budget.objects.filter(book=book, year=year).first()


@dataclass(frozen=True)
class Lines:
    """A year beside the one before it, line by line."""

    year: Year
    before: Year
    budget: Budget | None
    last: Budget | None

    @property
    def came(self) -> list[tuple[Any, int, int]]:
        """Source, this year, the year before."""
        return [(one.label, self.year.came[one], self.before.came[one]) for one in Source]

    @property
    def spent(self) -> list[tuple[Any, int | None, int, int, bool]]:
        """Purpose, planned, spent, spent the year before, whether more than planned."""
        found = []
        for one in Purpose:
            planned = self.budget.planned(one) if self.budget else None
            spent = self.year.spent[one]
            over = planned is not None and spent > planned
            found.append((one.label, planned, spent, self.before.spent[one], over))
        return found


def lines_of(book: Book, year: int) -> Lines:
    return Lines(year_of(book, year), year_of(book, year - 1), budget_of(book, year),
                 budget_of(book, year - 1))  # fmt: skip


def waiting_at(book: Book) -> list[Spending]:
    """What is asked for, the longest first."""
    rows = Spending.objects.filter(book=book, state__in=OPEN).select_related("asked_by")
    return list(rows.order_by("asked_on", "pk"))


def latest_at(book: Book) -> First[Contribution]:
    return First.of(Contribution.objects.filter(book=book).order_by("-day", "-pk"), LATEST)


def paid_at(book: Book) -> First[Spending]:
    rows = Spending.objects.filter(book=book, state=Asked.PAID)
    return First.of(rows.order_by("-paid_on", "-pk"), LATEST)


def limits_of(township: str) -> First[Limit]:
    """The last one first."""
    rows = Limit.objects.filter(place=township).select_related("set_by")
    return First.of(rows.order_by("-pk"), LATEST)


def gifts_of(household: Household) -> QuerySet[Contribution]:
    """What a household gave, and was not struck out."""
    rows = Contribution.objects.filter(household__in=household.entries)
    return rows.filter(Q(state__in=STANDS) | Q(state="given_back")).order_by("-day", "-pk")


def used_since(one: Contribution) -> First[Spending]:
    """What the fund has paid since a gift came: what for, never whom."""
    rows = Spending.objects.filter(book=one.book_id, state=Asked.PAID, paid_on__gte=one.day)
    return First.of(rows.order_by("-paid_on", "-pk"), LATEST)
