"""What becomes of services, words and coverage when something happens to a household."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.people.models import Event, Household, HouseholdEvent
from genxu.people.references import Becomes, Fate, Happening, Reference

from .models import CentreHousehold, Coverage, Recommendation
from .workflow import ENDED, OPEN, State

AWAY, MERGED, ERASED = Event.MOVED_AWAY, Event.MERGED, Event.ERASED
STAYS = Becomes(Fate.STAYS, _("It stays as it is."))
KEPT = _("It belongs to the entry that is kept.")


def _move(happening: Happening, rows: Iterable[Any]) -> None:
    for row in rows:
        happening.change(row, household=happening.keep)


# --- services and candidacies --------------------------------------------------------------------


def _at(*states: str) -> "QuerySet[CentreHousehold]":
    return CentreHousehold.objects.filter(state__in=states)


def _serves(household: Household | None) -> bool:
    return household is not None and _at(*OPEN, State.APPOINTED).filter(
        household__in=household.entries
    ).exists()  # fmt: skip


def _service_of_both(happening: Happening) -> Becomes:
    if _serves(happening.keep):
        told = _("Both entries stand or serve as centre household. End one of the two first.")
        return Becomes(Fate.REFUSES, told)
    return Becomes(Fate.MOVES, KEPT, _move)


# --- who looks after it --------------------------------------------------------------------------


def _end(happening: Happening, rows: Iterable[Coverage]) -> None:
    """It ends that day; what began later never was."""
    for row in rows:
        happening.change(row, until=max(happening.on, row.since))


def _covered(happening: Happening) -> Becomes:
    """One that serves looks after itself; else who looked after the entry that is kept goes on."""
    keep = happening.keep
    assert keep is not None
    taken = Coverage.objects.filter(household__in=keep.entries, until=None).exists()
    if taken and not _serves(happening.household):
        return Becomes(Fate.ENDS, _("The entry that is kept is looked after already."), _end)
    return Becomes(Fate.MOVES, KEPT, _look_after_kept)


def _look_after_kept(happening: Happening, rows: Iterable[Coverage]) -> None:
    assert happening.keep is not None
    _end(happening, Coverage.objects.filter(household__in=happening.keep.entries, until=None))
    first, *others = rows
    _move(happening, [first])
    _end(happening, others)


def _wanted_again(rows: QuerySet[Any], event: HouseholdEvent) -> QuerySet[Any]:
    """Who looked after it still serves, and whose it is by now lives here."""
    here = Q(household__left_on=None, household__merged_into=None)
    here |= Q(household=event.household_id)
    return rows.filter(here, centre_household__state=State.APPOINTED)


# --- whom it recommends --------------------------------------------------------------------------


def _word(happening: Happening) -> "QuerySet[Recommendation]":
    return Recommendation.objects.filter(household__in=happening.entries, settled=False)


def _word_of_both(happening: Happening) -> Becomes:
    """A household recommends one candidate, and not itself."""
    keep = happening.keep
    assert keep is not None
    own = Q(household__in=keep.entries, settled=False)
    itself = Q(pk__in=_word(happening), candidate__household__in=keep.entries)
    if Recommendation.objects.filter(own | itself).exists():
        told = _("The word of the entry that is kept counts.")
        return Becomes(Fate.ENDS, told, _settle)
    return Becomes(Fate.MOVES, KEPT, _recommend_once)


def _settle(happening: Happening, rows: Iterable[Recommendation]) -> None:
    for row in rows:
        happening.change(row, settled=True)


def _recommend_once(happening: Happening, rows: Iterable[Recommendation]) -> None:
    first, *others = rows
    _move(happening, [first])
    _settle(happening, others)


FIRST = _("It stands as centre household at present. Have it withdraw first, or pass it over.")
REFERENCES = [
    Reference(
        _("As centre household"), CentreHousehold, ("household",),
        rows=lambda happening: _at(State.APPOINTED).filter(household__in=happening.entries),
        at={
            AWAY: Becomes(
                Fate.STAYS,
                _("It serves until the township ends it: the township is told, and nothing new is "
                  "given to it."),
            ),
            MERGED: _service_of_both,
            ERASED: Becomes(Fate.REFUSES, _(
                "It serves as centre household at present. End the service first, then erase it."
            )),
        },
    ),
    Reference(
        _("It stands as centre household"), CentreHousehold, ("household",),
        rows=lambda happening: _at(*OPEN).filter(household__in=happening.entries),
        at={
            AWAY: Becomes(Fate.REFUSES, FIRST),
            MERGED: _service_of_both,
            ERASED: Becomes(Fate.REFUSES, _(
                "It stands as centre household at present. Have it withdraw first, then erase it."
            )),
        },
    ),
    Reference(
        _("Earlier as centre household"), CentreHousehold, ("household",),
        rows=lambda happening: _at(*ENDED).filter(household__in=happening.entries),
        at={
            AWAY: STAYS, MERGED: Becomes(Fate.MOVES, KEPT, _move),
            ERASED: Becomes(Fate.GOES, _("Name and words go; days and certificate stay.")),
        },
    ),
    Reference(
        _("Who looks after it"), Coverage, ("household",),
        rows=lambda happening: Coverage.objects.filter(
            household__in=happening.entries, until=None
        ),
        may_return=_wanted_again,
        at={
            AWAY: Becomes(Fate.ENDS, _("It ends that day."), _end),
            MERGED: _covered,
            ERASED: STAYS,
        },
    ),
    Reference(
        _("Looked after earlier"), Coverage, ("household",),
        rows=lambda happening: Coverage.objects.filter(
            household__in=happening.entries
        ).exclude(until=None),
        at=dict.fromkeys(Event, STAYS),
    ),
    Reference(
        _("Whom it recommends"), Recommendation, ("household",), rows=_word,
        may_return=lambda rows, _event: rows.filter(candidate__state=State.NOMINATED),
        at={
            AWAY: Becomes(Fate.STAYS, _("What it said stands.")),
            MERGED: _word_of_both,
            ERASED: STAYS,
        },
    ),
    Reference(
        _("Whom it recommended earlier"), Recommendation, ("household",),
        rows=lambda happening: Recommendation.objects.filter(
            household__in=happening.entries, settled=True
        ),
        at=dict.fromkeys(Event, STAYS),
    ),
]  # fmt: skip
