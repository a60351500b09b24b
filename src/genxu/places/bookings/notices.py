"""What waits for those who keep the book: who is asked to move, things not back, events to be told
of."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import ngettext

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.notices import Notice, Tally
from genxu.people.roles import Role

from .models import Booking
from .workflow import State

KEPT_BY = (Role.SECRETARY, Role.VILLAGE_STAFF)


def notices(actor: Actor) -> list[Tally]:
    """None for those who keep none, or only look on from further up."""
    if not actor.plays(KEPT_BY):
        return []
    rows = Booking.objects.filter(within(actor, "hamlet", KEPT_BY))
    asked = Q(asked__answer="", asked__isnull=False)
    out = Q(handed_on__isnull=False, returned_on=None, ends_at__lt=clock.now())
    waiting = rows.filter(state=State.BOOKED).filter(asked | out)
    counts = {
        "asked": Count("pk", filter=asked, distinct=True),
        "out": Count("pk", filter=out, distinct=True),
    }
    return [Tally(waiting, counts, _told)]


def _told(found: dict[str, Any]) -> list[Notice]:
    lines: list[Notice] = []
    base = reverse("bookings")
    if n := found["asked"]:
        text = ngettext("A funeral asks %(n)s booking to move: bring the answer",
                        "Funerals ask %(n)s bookings to move: bring the answers", n)  # fmt: skip
        lines.append(Notice(text % {"n": n}, f"{base}?group=asked", urgent=True))
    if n := found["out"]:
        text = ngettext("Things of %(n)s booking are not back yet",
                        "Things of %(n)s bookings are not back yet", n)  # fmt: skip
        lines.append(Notice(text % {"n": n}, f"{base}?group=out"))
    return lines
