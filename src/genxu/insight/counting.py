"""Counting figures from records: on any day for any place, and kept ready hamlet by hamlet.

The ready figures are a projection of the records and no record themselves, so they are not
written by actions. The journal tells which hamlets something happened in, and which villages that
have something of their own; only those are counted again, and what changed is added to the places
above them.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.timezone import localdate

from genxu.core import clock, journal
from genxu.core.access import under
from genxu.core.bulk import insert_rows
from genxu.core.figures import PLACE, Figure, figures, shown, summed
from genxu.core.models import JournalEntry
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region

from .models import MonthlyChange, Recount, Standing

FOLLOWER = "figures"
RECODED = "regions.recode_region"
"""The action after which everything is counted anew: places moved with all their rows."""
Counts = dict[tuple[Any, ...], int]
Ready = Standing | MonthlyChange
FIELDS: dict[type[Ready], tuple[str, ...]] = {
    Standing: ("place", "key", "value"),
    MonthlyChange: ("place", "key", "month", "change"),
}
ABOVE = [length for length in LENGTHS.values() if length > LENGTHS[Level.PROVINCE]]
"""The lengths of the codes for which figures are kept ready: from the prefecture down."""
SMALLEST = (LENGTHS[Level.VILLAGE], LENGTHS[Level.HAMLET])
"""The lengths of the codes at which the rows of ready figures lie."""
CHUNK = 500


def count_on(code: str, day: date, keys: Iterable[str] = ()) -> dict[str, int]:
    """Every figure of a place, or these, as it stood at the end of a day, counted from the
    records; but none that is not told of so small a place, or of so few."""
    wanted = [key for key in keys or figures() if is_told_of(key, code)]
    sums = {key: _count(figures()[key], code, day) for key in summed(wanted)}
    return shown(sums, wanted) if wanted else {}


def is_told_of(key: str, code: str) -> bool:
    """Whether a figure is told of this place: wide ones only of a township or above. What lies
    above a village is no zero of it, and of few everybody would know whose the only one was."""
    figure = figures()[key]
    return not figure.hidden and (not figure.wide or len(code) <= LENGTHS[Level.TOWNSHIP])


def _count(figure: Figure, code: str, day: date) -> int:
    if figure.changes:
        rows = figure.changes().filter(under(code, PLACE), day__range=(figure.since(day), day))
        return int(rows.aggregate(n=Sum("change"))["n"] or 0)
    assert figure.standing is not None
    rows = figure.standing(day).filter(under(code, PLACE))
    return int(rows.aggregate(n=Sum("change"))["n"] or 0) if figure.measured else rows.count()


def bring_up_to_date() -> int:
    """Count again the hamlets in which something happened; how many there were."""
    with transaction.atomic():
        now = clock.now()
        Recount.objects.get_or_create(pk=1, defaults={"at": now})
        last = Recount.objects.select_for_update().get(pk=1)
        entries = journal.take(FOLLOWER)
        if any(entry.action == RECODED for entry in entries):
            return count_all()
        hamlets = {code for entry in entries for code in _touched(entry)}
        hamlets |= _moved_by_time(last.at, now) | _of_another_year(last.at, now)
        known = Region.objects.filter(code__in=hamlets).values_list("code", flat=True)
        for part in _parts(sorted(known)):
            _add(Standing, _less(_standing(part), _kept(Standing, part)))
            _add(MonthlyChange, _less(_changes(part), _kept(MonthlyChange, part)))
        Recount.objects.filter(pk=1).update(at=now)
    return len(known)


def _touched(entry: JournalEntry) -> list[str]:
    """The hamlets and villages that an entry is about: its place, and those that an action on many
    names."""
    named = [*entry.detail.get("hamlets", ()), entry.place]
    return [code for code in named if len(code) in SMALLEST]


def count_all() -> int:
    """Throw the ready figures away and count every hamlet; how many have figures."""
    with transaction.atomic():
        journal.take(FOLLOWER)
        for model, counted in ((Standing, _standing(None)), (MonthlyChange, _changes(None))):
            model.objects.all().delete()
            insert_rows(model, FIELDS[model], ((*key, n) for key, n in _upward(counted).items()))
        Recount.objects.update_or_create(pk=1, defaults={"at": clock.now()})
    return Standing.objects.filter(place__level=Level.HAMLET).values("place").distinct().count()


def _moved_by_time(start: datetime, end: datetime) -> set[str]:
    moved: set[str] = set()
    for figure in figures().values():
        if figure.moved_by_time:
            moved |= set(figure.moved_by_time(start, end).values_list(PLACE, flat=True))
    return moved


def _of_another_year(start: datetime, end: datetime) -> set[str]:
    """Where something yearly stood when a new year has begun: there it begins at nothing again."""
    yearly = [key for key, figure in figures().items() if figure.yearly]
    if not yearly or localdate(start).year == localdate(end).year:
        return set()
    lowest = Standing.objects.filter(key__in=yearly, place__level__in=(Level.VILLAGE, Level.HAMLET))
    return set(lowest.values_list("place", flat=True))


def _standing(hamlets: list[str] | None) -> Counts:
    """What each figure of these hamlets (None: of all) stands at today: (place, key) → value."""
    today, counted = clock.today(), Counts()
    for key, figure in figures().items():
        if figure.wide:
            continue
        if figure.changes:
            rows = _of(figure.changes().filter(day__range=(figure.since(today), today)), hamlets)
            totals = rows.order_by().values_list(PLACE).annotate(n=Sum("change"))
        elif figure.standing:
            rows = _of(figure.standing(today), hamlets)
            n = Sum("change") if figure.measured else Count("pk")
            totals = rows.order_by().values_list(PLACE).annotate(n=n)
        counted.update({(code, key): n for code, n in totals if n})
    return counted


def _changes(hamlets: list[str] | None) -> Counts:
    """How each figure of these hamlets changed month by month: (place, key, month) → change."""
    today, counted = clock.today(), Counts()
    for key, figure in figures().items():
        if figure.changes:
            rows = _of(figure.changes().filter(day__lte=today), hamlets)
            months = rows.annotate(month=TruncMonth("day")).order_by().values_list(PLACE, "month")
            counted.update({(c, key, m): n for c, m, n in months.annotate(n=Sum("change")) if n})
    return counted


def _of(rows: QuerySet[Any], hamlets: list[str] | None) -> QuerySet[Any]:
    return rows if hamlets is None else rows.filter(**{f"{PLACE}__in": hamlets})


def _kept(model: type[Ready], places: list[str]) -> Counts:
    """The ready figures of these hamlets as they are now; of a village what is its own, beside
    that of its hamlets."""
    _place, *rest = FIELDS[model]
    rows = model._default_manager.filter(place__in=places).values_list(*FIELDS[model])
    kept = Counts({tuple(row[:-1]): row[-1] for row in rows})
    villages = [code for code in places if len(code) == SMALLEST[0]]
    below = model._default_manager.filter(place__parent__in=villages)
    for row in below.values_list("place__parent", *rest) if villages else ():
        kept[tuple(row[:-1])] = kept.get(tuple(row[:-1]), 0) - row[-1]
    return kept


def _less(new: Counts, old: Counts) -> Counts:
    """What has to be added to the old counts to make the new ones."""
    keys = new.keys() | old.keys()
    return Counts({key: n for key in keys if (n := new.get(key, 0) - old.get(key, 0))})


def _upward(counted: Counts) -> Counts:
    """The counts of hamlets and villages, added up for every place above them too."""
    total = Counts()
    for (code, *rest), n in counted.items():
        for length in (length for length in ABOVE if length <= len(code)):
            place = (code[:length], *rest)
            total[place] = total.get(place, 0) + n
    return total


def _add(model: type[Ready], differences: Counts) -> None:
    """Add differences of hamlets to the ready figures of the hamlets and of all places above."""
    moved = _upward(differences)
    if not moved:
        return
    *named, valued = FIELDS[model]
    rows = model._default_manager.filter(
        **{f"{name}__in": {key[n] for key in moved} for n, name in enumerate(named)}
    )
    before = Counts({tuple(row[:-1]): row[-1] for row in rows.values_list(*FIELDS[model])})
    columns = [model._meta.get_field(name).attname for name in FIELDS[model]]  # type: ignore[union-attr]
    manager: Any = model._default_manager
    manager.bulk_create(
        [
            model(**dict(zip(columns, (*key, before.get(key, 0) + n), strict=True)))
            for key, n in moved.items()
        ],
        batch_size=2000,
        update_conflicts=True,
        unique_fields=named,
        update_fields=[valued],
    )


def hand_over(old: str, heir: str) -> None:
    """The ready figures of a hamlet become another's, in every sum above them too."""
    Recount.objects.get_or_create(pk=1, defaults={"at": clock.now()})
    Recount.objects.select_for_update().get(pk=1)  # nobody brings figures up to date meanwhile
    for model in (Standing, MonthlyChange):
        kept = _kept(model, [old])
        _add(model, Counts({(heir, *key[1:]): n for key, n in kept.items()}))
        _add(model, Counts({key: -n for key, n in kept.items()}))
        model._default_manager.filter(place=old).delete()


def _parts(codes: list[str]) -> Iterator[list[str]]:
    rest = iter(codes)
    while part := list(islice(rest, CHUNK)):
        yield part
