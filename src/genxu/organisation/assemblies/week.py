"""The meetings of one's hamlets that were announced."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone

from genxu.core.access import Actor
from genxu.core.coming import Coming
from genxu.people.roles import IN_HAMLET

from .models import Assembly
from .workflow import State


def coming(actor: Actor, since: date, until: date) -> Iterator[Coming]:
    """Everybody may read them: each leads to the public page."""
    if not (hamlets := actor.places(IN_HAMLET)):
        return
    first, last = (_begin(day) for day in (since, until + timedelta(days=1)))
    rows = Assembly.objects.filter(state=State.CONVENED, meets_at__gte=first, meets_at__lt=last)
    for one in rows.filter(hamlet__in=hamlets).exclude(announced_on=None):
        url = reverse("place", args=[one.hamlet_id])
        told = one.get_body_display()
        yield Coming(one.meets_on, told, url, one.meets_time.time(), one.venue)


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
