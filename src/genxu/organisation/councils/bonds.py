"""What becomes of seats when something happens to a household."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.people.models import Event
from genxu.people.references import Becomes, Fate, Happening, Reference

from .models import Seat

FIRST = _("It has a seat on the village council. Note first that it leaves, then erase it.")


def _taken(happening: Happening) -> QuerySet[Seat]:
    return Seat.objects.taken().filter(household__in=happening.entries)


def _former(happening: Happening) -> QuerySet[Seat]:
    return Seat.objects.filter(household__in=happening.entries).exclude(until=None)


def _sit_for_kept(happening: Happening, rows: Sequence[Seat]) -> None:
    for seat in rows:
        happening.change(seat, household=happening.keep)


MOVES = Becomes(Fate.MOVES, _("It belongs to the entry that is kept."), _sit_for_kept)
REFERENCES = [
    Reference(_("A seat on the village council"), Seat, ("household",), rows=_taken, at={
        Event.MOVED_AWAY: Becomes(
            Fate.STAYS, _("It keeps the seat until the council notes that it leaves.")
        ),
        Event.MERGED: MOVES,
        Event.ERASED: Becomes(Fate.REFUSES, FIRST),
    }),
    Reference(_("A former seat on the council"), Seat, ("household",), rows=_former, at={
        Event.MOVED_AWAY: Becomes(Fate.STAYS, _("It stays as it is.")),
        Event.MERGED: MOVES,
        Event.ERASED: Becomes(Fate.GOES, _("The name is struck out.")),
    }),
]  # fmt: skip
