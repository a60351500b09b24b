"""What is on in one's own hamlet in the days to come, for whoever has the key."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone

from genxu.core.access import Actor
from genxu.core.coming import Coming
from genxu.people.roles import Role

from .models import Booking


def coming(actor: Actor, since: date, until: date) -> Iterator[Coming]:
    """Of a secretary's own hamlet; without a name."""
    codes = actor.places([Role.SECRETARY])
    if not codes:
        return
    rows = Booking.objects.filter(hamlet__in=codes, begins_on__range=(since, until))
    for one in rows.holding().select_related("venue").order_by("begins_at", "pk"):
        hour = timezone.localtime(one.begins_at).time()
        url = reverse("booking", args=[one.pk])
        yield Coming(one.begins_on, f"{one} · {one.venue}", url, at=hour)
