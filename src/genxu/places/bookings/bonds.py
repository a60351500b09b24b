"""What becomes of the bookings of a household when something happens to it."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.people.models import Event
from genxu.people.references import Becomes, Fate, Happening, Reference

from .models import Booking
from .workflow import BEFORE


def _to_come(happening: Happening) -> QuerySet[Booking]:
    rows = Booking.objects.filter(household__in=happening.entries, state__in=BEFORE)
    return rows.filter(ends_at__gt=clock.now())


def _over(happening: Happening) -> QuerySet[Booking]:
    rows = Booking.objects.filter(household__in=happening.entries)
    return rows.exclude(pk__in=_to_come(happening).values("pk"))


def _go_along(happening: Happening, rows: Sequence[Booking]) -> None:
    for row in rows:
        happening.change(row, household=happening.keep)


MOVES = Becomes(Fate.MOVES, _("It belongs to the entry that is kept."), _go_along)
REFERENCES = [
    Reference(_("A booking to come"), Booking, ("household",), rows=_to_come, at={
        Event.MOVED_AWAY: Becomes(Fate.STAYS, _("It stands until somebody withdraws it.")),
        Event.MERGED: MOVES,
        Event.ERASED: Becomes(
            Fate.REFUSES, _("It has booked a room. Withdraw that first, or wait until it is over.")
        ),
    }),
    Reference(_("A booking"), Booking, ("household",), rows=_over, at={
        Event.MOVED_AWAY: Becomes(Fate.STAYS, _("It stays as it is.")),
        Event.MERGED: MOVES,
        Event.ERASED: Becomes(Fate.GOES, _("The household is no longer named.")),
    }),
]  # fmt: skip
