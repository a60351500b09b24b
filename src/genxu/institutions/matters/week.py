"""Matters that one has in hand oneself, on the day by which they are to be done or past it."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.coming import Coming
from genxu.people.roles import IN_HAMLET

from .models import Matter
from .workflow import WORKING


def coming(actor: Actor, since: date, until: date) -> Iterator[Coming]:
    if not actor.plays(IN_HAMLET):
        return
    end = timezone.make_aware(datetime.combine(until + timedelta(days=1), time.min))
    rows = Matter.objects.visible_to(actor).filter(assignee=actor.account_id, state__in=WORKING)
    for one in rows.filter(due_at__lt=end):
        due = timezone.localtime(one.due_at)
        note = _("To be done by then: you have it in hand.")
        yield Coming(due.date(), one.shown_title, reverse("matter", args=[one.pk]), note=note)
