"""One's own turns of the days to come."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.coming import Coming
from genxu.people.roles import IN_HAMLET

from .models import OnRota, Turn
from .workflow import State


def coming(actor: Actor, since: date, until: date) -> Iterator[Coming]:
    if not actor.plays(IN_HAMLET):
        return
    rows = Turn.objects.filter(rota__state=State.PUBLISHED, day__range=(since, until))
    rows = rows.filter(person__in=OnRota.objects.of(actor)).select_related("rota__hamlet")
    for turn in rows:
        url = reverse("turn", args=[turn.rota_id, turn.pk])
        note = _("offered to the others") if turn.is_offered else str(turn.rota.hamlet)
        yield Coming(turn.day, _("My turn: %(rota)s") % {"rota": turn.rota}, url, note=note)
