"""What is kept of a household in the village council."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.people.models import Event, Household
from genxu.people.record import Kept, entries_of
from genxu.people.references import Becomes, Fate, Happening, Reference

from .models import Seat


def kept_of(household: Household) -> list[Kept]:
    rows = Seat.objects.filter(household__in=entries_of(household)).order_by("since", "pk")
    return [Kept(_("A seat on the village council"), _told(seat), seat.since) for seat in rows]


def _told(seat: Seat) -> str:
    told = f"{seat}: {seat.get_duty_display()}"
    if seat.until is None:
        return told
    day = date_format(seat.until, "DATE_FORMAT")
    return _("%(who)s, until %(day)s") % {"who": told, "day": day}


_lazy = gettext_lazy
FIRST = _lazy("It has a seat on the village council. Note first that it leaves, then erase it.")


def _taken(happening: Happening) -> QuerySet[Seat]:
    return Seat.objects.taken().filter(household__in=happening.entries)


def _former(happening: Happening) -> QuerySet[Seat]:
    return Seat.objects.filter(household__in=happening.entries).exclude(until=None)


def _sit_for_kept(happening: Happening, rows: Sequence[Seat]) -> None:
    for seat in rows:
        happening.change(seat, household=happening.keep)


MOVES = Becomes(Fate.MOVES, _lazy("It belongs to the entry that is kept."), _sit_for_kept)
REFERENCES = [
    Reference(_lazy("A seat on the village council"), Seat, ("household",), rows=_taken, at={
        Event.MOVED_AWAY: Becomes(
            Fate.STAYS, _lazy("It keeps the seat until the council notes that it leaves.")
        ),
        Event.MERGED: MOVES,
        Event.ERASED: Becomes(Fate.REFUSES, FIRST),
    }),
    Reference(_lazy("A former seat on the council"), Seat, ("household",), rows=_former, at={
        Event.MOVED_AWAY: Becomes(Fate.STAYS, _lazy("It stays as it is.")),
        Event.MERGED: MOVES,
        Event.ERASED: Becomes(Fate.GOES, _lazy("The name is struck out.")),
    }),
]  # fmt: skip
