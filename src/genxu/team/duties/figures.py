"""What this app counts for the floors above."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genxu.core.figures import Figure
from genxu.organisation.branches.models import Member

from .models import DutyDay, Found, OnRota, Rota


def _cleanups() -> QuerySet[Any]:
    held = DutyDay.objects.filter(rota__kind=Rota.Kind.CLEANUP).exclude(found=Found.NOBODY)
    counted: QuerySet[Any] = held.annotate(change=Value(1))
    return counted


def _on_duty(day: date) -> QuerySet[Member]:
    """Members who take turns on a rota that runs on a day; each once."""
    ended = Q(rota__ended_on=None) | Q(rota__ended_on__gt=day)
    left = Q(left_on=None) | Q(left_on__gt=day)
    on_it = OnRota.objects.filter(
        ended, left, member=OuterRef("pk"), exempt=False, rota__published_on__lte=day,
        rota__starts_on__lte=day, rota__ends_on__gte=day,
    )  # fmt: skip
    here = Q(left_on=None) | Q(left_on__gt=day)
    return Member.objects.filter(here, Exists(on_it))


def _moved_by_time(since: datetime, until: datetime) -> QuerySet[Rota]:
    """Rotas that began or ended in between, though nobody did anything."""
    first, last = timezone.localdate(since), timezone.localdate(until)
    begun = Q(starts_on__gt=first, starts_on__lte=last)
    over = Q(ends_on__gte=first, ends_on__lt=last)
    return Rota.objects.published().filter(begun | over)


FIGURES = [
    Figure("team.cleanups_held", _("Clean-ups held"), changes=_cleanups),
    Figure(
        "team.members_on_duty", _("Members on duty"),
        standing=_on_duty, moved_by_time=_moved_by_time,
    ),
]  # fmt: skip
