"""What becomes of links, certifications and errands when something happens to a household."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.people.models import Event, HouseholdEvent
from genxu.people.references import Becomes, Fate, Happening, Reference

from .models import Certification, Errand, Link
from .workflow import RUNNING, State

AWAY, MERGED, ERASED = Event.MOVED_AWAY, Event.MERGED, Event.ERASED
STAYS = Becomes(Fate.STAYS, _("It stays as it is."))
KEPT = _("It belongs to the entry that is kept.")


def _move(happening: Happening, rows: Iterable[Any]) -> None:
    for row in rows:
        happening.change(row, household=happening.keep)


MOVES = Becomes(Fate.MOVES, KEPT, _move)


def _end(happening: Happening, rows: Iterable[Link]) -> None:
    for row in rows:
        happening.change(row, until=max(happening.on, row.since))


def _linked(happening: Happening) -> QuerySet[Link]:
    return Link.objects.now().filter(household__in=happening.entries)


def _link_of_both(happening: Happening) -> Becomes:
    assert happening.keep is not None
    if Link.objects.now().filter(household__in=happening.keep.entries).exists():
        return Becomes(Fate.ENDS, _("The entry that is kept has its steward."), _end)
    return MOVES


def _may_link_again(rows: QuerySet[Any], event: HouseholdEvent) -> QuerySet[Any]:
    here = Q(household__left_on=None, household__merged_into=None)
    here |= Q(household=event.household_id)
    return rows.filter(here, posting__until=None)


def _certified_of_both(happening: Happening) -> Becomes:
    return Becomes(Fate.MOVES, KEPT, _move_certifications)


def _move_certifications(happening: Happening, rows: Iterable[Certification]) -> None:
    """The same person noted in both entries is noted once."""
    assert happening.keep is not None
    known = Certification.objects.filter(household__in=happening.keep.entries, ended_on=None)
    taken = set(known.values_list("whom", flat=True))
    for row in rows:
        if row.ended_on is None and row.whom in taken:
            happening.change(row, ended_on=happening.on)
        else:
            happening.change(row, household=happening.keep)


def _void(happening: Happening, rows: Iterable[Errand]) -> None:
    for row in rows:
        happening.change(row, state=State.LAPSED)


def _errands(happening: Happening, *, running: bool) -> QuerySet[Errand]:
    rows = Errand.objects.filter(household__in=happening.entries)
    return rows.filter(state__in=RUNNING) if running else rows.exclude(state__in=RUNNING)


REFERENCES = [
    Reference(_("Its steward"), Link, ("household",), rows=_linked, may_return=_may_link_again, at={
        AWAY: Becomes(Fate.ENDS, _("It ends that day."), _end),
        MERGED: _link_of_both,
        ERASED: Becomes(Fate.ENDS, _("It ends that day."), _end),
    }),
    Reference(
        _("Its steward earlier"), Link, ("household",),
        rows=lambda happening: Link.objects.filter(
            household__in=happening.entries
        ).exclude(until=None),
        at=dict.fromkeys(Event, STAYS),
    ),
    Reference(_("A pension certification"), Certification, ("household",), at={
        AWAY: Becomes(Fate.STAYS, _("Nobody is reminded of it until it comes back.")),
        MERGED: _certified_of_both,
        ERASED: Becomes(Fate.GOES, _("It is deleted.")),
    }),
    Reference(
        _("An errand that is not done yet"), Errand, ("household",),
        rows=lambda happening: _errands(happening, running=True),
        at={
            AWAY: Becomes(Fate.ENDS, _("It is void."), _void),
            MERGED: MOVES,
            ERASED: Becomes(Fate.REFUSES, _(
                "Something is being done for it. Have it withdrawn first, then erase it."
            )),
        },
    ),
    Reference(
        _("What was done for it"), Errand, ("household",),
        rows=lambda happening: _errands(happening, running=False),
        at={
            AWAY: STAYS, MERGED: MOVES,
            ERASED: Becomes(Fate.GOES, _("Receipt, names and words go; the count stays.")),
        },
    ),
]  # fmt: skip
