"""Counting figures from records: on any day for any place, and kept ready hamlet by hamlet.

The ready figures are a projection of the records and no record themselves, so they are not
written by actions. The journal tells which hamlets something happened in; only those are counted
again, and the places above them are summed up from the places below.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth

from genxu.core import clock, journal
from genxu.core.access import under
from genxu.core.figures import PLACE, Figure
from genxu.regions.actions import recode_region
from genxu.regions.codes import LENGTHS, Level, parent_of
from genxu.regions.models import Region

from .catalogue import figures
from .models import MonthlyChange, Recount, Standing

FOLLOWER = "figures"
HAMLET = LENGTHS[Level.HAMLET]
CHUNK = 500


def count_on(code: str, day: date) -> dict[str, int]:
    """Every figure of a place as it stood at the end of a day, counted from the records."""
    return {key: _count(figure, code, day) for key, figure in figures().items()}


def _count(figure: Figure, code: str, day: date) -> int:
    if figure.changes:
        rows = figure.changes().filter(under(code, PLACE), day__lte=day)
        return int(rows.aggregate(n=Sum("change"))["n"] or 0)
    assert figure.standing is not None
    return figure.standing(day).filter(under(code, PLACE)).count()


def bring_up_to_date() -> int:
    """Count again the hamlets in which something happened; how many there were."""
    with transaction.atomic():
        now = clock.now()
        last, _made = Recount.objects.select_for_update().get_or_create(pk=1, defaults={"at": now})
        entries = journal.take(FOLLOWER)
        if any(entry.action == recode_region.name for entry in entries):
            count_all()  # places moved, the sums above and below them too; this is rare
            return Region.objects.of_level(Level.HAMLET).count()
        hamlets = {e.place for e in entries if len(e.place) == HAMLET}
        hamlets |= _moved_by_time(last.at, now)
        hamlets = set(Region.objects.filter(code__in=hamlets).values_list("code", flat=True))
        for part in _parts(sorted(hamlets)):
            _count_hamlets(part)
        _sum_up({parent_of(code) or "" for code in hamlets})
        Recount.objects.filter(pk=1).update(at=now)
    return len(hamlets)


def count_all() -> None:
    """Throw the ready figures away and count every hamlet."""
    with transaction.atomic():
        Standing.objects.all().delete()
        MonthlyChange.objects.all().delete()
        journal.take(FOLLOWER)
        _count_hamlets(None)
        for level in (Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY, Level.PREFECTURE):
            _sum_children(Region.objects.of_level(level))
        Recount.objects.update_or_create(pk=1, defaults={"at": clock.now()})


def _moved_by_time(start: datetime, end: datetime) -> set[str]:
    moved: set[str] = set()
    for figure in figures().values():
        if figure.moved_by_time:
            moved |= set(figure.moved_by_time(start, end).values_list(PLACE, flat=True))
    return moved


def _count_hamlets(hamlets: list[str] | None) -> None:
    """Count these hamlets (None: all) for every figure and month."""
    changes: list[MonthlyChange] = []
    standing: list[Standing] = []
    for key, figure in figures().items():
        if figure.changes:
            by_month = list(_changes_of(figure.changes(), hamlets))
            changes += [
                MonthlyChange(place_id=code, key=key, month=month, change=n)
                for code, month, n in by_month
                if n
            ]
            standing += _added_up(key, by_month)
        elif figure.standing:
            rows = _of(figure.standing(clock.today()), hamlets)
            counted = rows.values_list(PLACE).annotate(n=Count("pk")).order_by()
            standing += [Standing(place_id=code, key=key, value=n) for code, n in counted]
    if hamlets is not None:
        MonthlyChange.objects.filter(place__in=hamlets).delete()
        Standing.objects.filter(place__in=hamlets).delete()
    MonthlyChange.objects.bulk_create(changes, batch_size=5000)
    Standing.objects.bulk_create(standing, batch_size=5000)


def _of(rows: QuerySet[Any], hamlets: list[str] | None) -> QuerySet[Any]:
    return rows if hamlets is None else rows.filter(**{f"{PLACE}__in": hamlets})


def _changes_of(rows: QuerySet[Any], hamlets: list[str] | None) -> Iterator[tuple[str, date, int]]:
    today = clock.today()
    grouped = (
        _of(rows, hamlets)
        .filter(day__lte=today)
        .annotate(month=TruncMonth("day"))
        .order_by()
        .values_list(PLACE, "month")
        .annotate(n=Sum("change"))
    )
    yield from grouped


def _added_up(key: str, by_month: Iterable[tuple[str, date, int]]) -> list[Standing]:
    totals: dict[str, int] = {}
    for code, _month, n in by_month:
        totals[code] = totals.get(code, 0) + n
    return [Standing(place_id=code, key=key, value=n) for code, n in totals.items() if n]


def _sum_up(parents: set[str]) -> None:
    """Sum up these places and all above them, level by level."""
    while parents:
        for part in _parts(sorted(parents)):
            _sum_children(Region.objects.filter(code__in=part))
        parents = {up for code in parents if (up := parent_of(code)) and len(up) > 2}


def _sum_children(places: QuerySet[Region]) -> None:
    """Replace the figures of these places by the sums of the places just below them."""
    values = (
        Standing.objects.filter(place__parent__in=places)
        .values_list("place__parent", "key")
        .annotate(n=Sum("value"))
        .order_by()
    )
    changes = (
        MonthlyChange.objects.filter(place__parent__in=places)
        .values_list("place__parent", "key", "month")
        .annotate(n=Sum("change"))
        .order_by()
    )
    new_values = [Standing(place_id=p, key=k, value=n) for p, k, n in values if n]
    new_changes = [MonthlyChange(place_id=p, key=k, month=m, change=n) for p, k, m, n in changes]
    Standing.objects.filter(place__in=places).delete()
    MonthlyChange.objects.filter(place__in=places).delete()
    Standing.objects.bulk_create(new_values, batch_size=5000)
    MonthlyChange.objects.bulk_create([c for c in new_changes if c.change], batch_size=5000)


def _parts(codes: list[str]) -> Iterator[list[str]]:
    rest = iter(codes)
    while part := list(islice(rest, CHUNK)):
        yield part
