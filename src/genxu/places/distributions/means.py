"""What a collective has to share out of a year: from its books, its charter, its register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.errors import Invalid
from genxu.core.money import yuan
from genxu.people.models import Household
from genxu.places.collectives.models import Collective
from genxu.places.collectives.queries import Held, register_on, with_members_on
from genxu.places.ledger import chart
from genxu.places.ledger.models import Book, BookKind, Entry, Line
from genxu.places.ledger.queries import balance_of, book_at, sums_until

from .sharing import Steps


def book_of(collective: Collective) -> Book:
    """The book of the collective; ``Missing`` where none is kept."""
    return book_at(collective.place, BookKind.COLLECTIVE)


def earned_and_earlier(book: Book, year: int) -> tuple[int, int]:
    """The income of a closed year, and what stands of earlier ones, both as 322 holds them: what
    was shared out, booked or closed late since counts with the earlier ones. ``Invalid`` if the
    year is not closed. Read by days: the queries do not grow with the entries."""
    last = date(year, 12, 31)
    if last >= clock.today():
        raise Invalid({"year": _("This year is not over yet.")})
    sums = sums_until(book, last, chart.codes_of("income", "expense"))
    if any(debit != credit for debit, credit in sums.values()):
        raise Invalid({"year": _("Close the year in the books first: its income still stands.")})
    days = [date(one, 12, 31) for one in range(year, clock.today().year)]
    closed = Entry.objects.filter(book=book, day__in=days, kind=Entry.Kind.CLOSING)
    lines = Line.objects.filter(entry__in=closed.filter(reversed_by=None))
    lines = lines.filter(account=chart.DISTRIBUTION).order_by()
    by_day = dict(lines.values_list("entry__day").annotate(n=Sum(F("credit") - F("debit"))))
    stands = balance_of(book, chart.DISTRIBUTION, clock.today())
    return by_day.get(last, 0), stands - sum(by_day.values())


def skipped(book: Book, after: int, year: int) -> int | None:
    """The first closed year after one and before another whose surplus nobody shared out: its
    reserve is still to be taken. None of a year whose income earlier losses have eaten up."""
    closed = Entry.objects.filter(book=book, kind=Entry.Kind.CLOSING, reversed_by=None)
    lines = Line.objects.filter(entry__in=closed, account=chart.DISTRIBUTION).order_by()
    sums = lines.values_list("entry__day").annotate(n=Sum(F("credit") - F("debit")))
    by_year: dict[int, int] = {day.year: n for day, n in sums}
    stands = balance_of(book, chart.DISTRIBUTION, clock.today()) - sum(by_year.values())
    for one, earned in sorted(by_year.items()):
        stands += earned
        if after < one < year and earned > 0 and stands > 0:
            return one
    return None


@dataclass(frozen=True)
class Holding:
    """What a household holds altogether, in hundredths of a share."""

    household: Household
    quantity: int
    kinds: dict[str, int]


def holdings(held: Sequence[Held]) -> list[Holding]:
    """The register household by household, in its order; ``Invalid`` where one has less than
    nothing."""
    found: dict[int, Holding] = {}
    for one in held:
        known = found.get(one.household.pk)
        kinds = dict(known.kinds) if known else {}
        kinds[one.kind] = kinds.get(one.kind, 0) + one.quantity
        total = (known.quantity if known else 0) + one.quantity
        found[one.household.pk] = Holding(one.household, total, kinds)
    for holding in found.values():
        if holding.quantity < 0:
            told = _("The register has less than no share for %s: put it right first.")
            raise Invalid({"as_of": told % holding.household})
    return [holding for holding in found.values() if holding.quantity]


def strangers_among(collective: Collective, held: Sequence[Holding], day: date) -> int:
    """How many of the households had no member on the roll that day (第十五条)."""
    members = with_members_on(collective, day)
    return sum(one.household.pk not in members for one in held)


@dataclass(frozen=True)
class Means:
    """What there is, and who shares in it."""

    way: Steps
    held: list[Holding]
    strangers: int


def means_of(collective: Collective, year: int, as_of: date, kept: int) -> Means:
    """All that a plan is made of. ``Invalid`` names year, as_of or kept: the year is open, ended
    with a loss, nobody holds a share, more would be kept than there is."""
    if kept < 0:
        raise Invalid({"kept": _("Less than nothing cannot be left.")})
    earned, earlier = earned_and_earlier(book_of(collective), year)
    way = Steps(earned, earlier, collective.reserve_rate_on(as_of), kept)
    if way.income <= 0:
        raise Invalid({"year": _nothing(way)})
    if way.shared < 0:
        told = _("No more than %s yuan are there to be left.")
        raise Invalid({"kept": told % yuan(way.left)})
    held = holdings(register_on(collective, as_of))
    if way.shared and not held:
        raise Invalid({"as_of": _("Nobody holds a share on that day.")})
    return Means(way, held, strangers_among(collective, held, as_of))


def _nothing(way: Steps) -> str:
    if way.earned < 0:
        told = _("The year ended with a loss of %s yuan: nothing is shared out.")
        return told % yuan(-way.earned)
    if way.made_good:
        told = _("All its income makes losses of earlier years good, %s yuan: nothing is left.")
        return told % yuan(way.made_good)
    return _("Nothing was earned in this year: there is nothing to share out.")
