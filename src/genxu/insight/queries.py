"""What the dashboards show: read from the ready figures, the same few queries at every level."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet, Value

from genxu.core import clock
from genxu.core.access import under
from genxu.core.figures import PLACE, figures, shown
from genxu.core.prepared import prepared
from genxu.regions.models import Region
from genxu.regions.queries import names_below

from .counting import is_told_of
from .models import MonthlyChange, Recount, Standing

MONTHS = 12


@prepared
def _standing_at(code: str) -> QuerySet[Any, Any]:
    return Standing.objects.filter(place=code).values_list("key", "value")


@prepared
def _standing_below(code: str) -> QuerySet[Any, Any]:
    return Standing.objects.filter(place__parent=code).values_list("place", "key", "value")


def standing_of(place: Region) -> dict[str, int]:
    """All figures of a place now, but those of too few."""
    return shown(dict(_standing_at(place.code)))


def wide_of(place: Region) -> dict[str, int]:
    """Those figures that are not kept ready, counted: one query for them all, none for a village or
    a hamlet."""
    wide = [key for key, figure in figures().items() if figure.wide and figure.standing]
    if not wide or not is_told_of(wide[0], place.code):
        return {}
    first, *others = (_counted(key, place.code) for key in wide)
    return dict.fromkeys(wide, 0) | dict(first.union(*others, all=True))


def _counted(key: str, code: str) -> QuerySet[Any, Any]:
    """A row: the key, and how many stand today."""
    standing = figures()[key].standing
    assert standing is not None
    rows = standing(clock.today()).filter(under(code, PLACE)).order_by()
    counted = rows.values(of_key=Value(key)).annotate(n=Count("pk"))
    found: QuerySet[Any, Any] = counted.values_list("of_key", "n")
    return found


@dataclass(frozen=True)
class Row:
    """A place below with its figures."""

    place: Region
    values: dict[str, int]


def rows_below(place: Region) -> list[Row]:
    """The places one level below, each with its figures: two queries."""
    sums: dict[str, dict[str, int]] = {}
    for code, key, value in _standing_below(place.code):
        sums.setdefault(code, {})[key] = value
    return [
        Row(Region(code=code, name=name, distinguished_by=by), shown(sums.get(code, {})))
        for code, name, by in names_below(place.code)
    ]


@dataclass(frozen=True)
class Month:
    """The change of one month, with the height of its bar in percent of the highest."""

    month: date
    change: int
    height: int


def trends(place: Region, keys: Sequence[str], months: int = MONTHS) -> list[list[Month]]:
    """The changes of each figure over the last months, empty months included: one query."""
    wanted = _last_months(clock.today(), months)
    rows = MonthlyChange.objects.filter(place=place, key__in=keys, month__gte=wanted[0])
    told = rows.values_list("key", "month", "change")
    found = {(key, month): n // figures()[key].per for key, month, n in told}
    return [_bars([(month, found.get((key, month), 0)) for month in wanted]) for key in keys]


def _bars(changes: Sequence[tuple[date, int]]) -> list[Month]:
    top = max([1, *(n for _month, n in changes)])
    return [Month(month, n, round(100 * max(n, 0) / top)) for month, n in changes]


def _last_months(day: date, count: int) -> list[date]:
    first = day.year * 12 + day.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(first - count + 1, first + 1)]


def counted_at() -> datetime | None:
    """When the ready figures were last brought up to date."""
    return Recount.objects.values_list("at", flat=True).first()
