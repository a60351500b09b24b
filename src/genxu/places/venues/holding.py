"""What of the floor above holds a place or a room of it: asked in its room ``venue_uses``."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genxu.core import clock
from genxu.core.declared import declared
from genxu.core.errors import Conflict

from .models import Room, Venue


def uses_after(venue: Venue, moment: datetime, room: Room | None = None) -> int:
    """How many bookings still stand there after a moment."""
    return sum(tell(venue, moment, room) for tell in declared("venue_uses", "uses_after"))


def check_free(venue: Venue, room: Room | None = None) -> None:
    """``Conflict`` while somebody counts on it."""
    if n := uses_after(venue, clock.now(), room):
        text = ngettext("%(n)s booking still stands there. Talk to whoever booked it first.",
                        "%(n)s bookings still stand there. Talk to those who booked first.",
                        n)  # fmt: skip
        raise Conflict(text % {"n": n})


def check_never_used(venue: Venue) -> None:
    """``Conflict`` where the place was in use: then it was no mistake."""
    if any(tell(venue) for tell in declared("venue_uses", "was_used")):
        raise Conflict(_("It was booked already: close it instead."))
