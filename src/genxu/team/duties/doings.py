"""What the rotas tell of somebody: the turns on which something was noted, and people came."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from genxu.people.deeds import Deed, Doer

from .models import DutyDay, Found, Turn


def deeds(doer: Doer, since: date, until: date) -> Iterator[Deed]:
    """Each turn that he came to, by the rota or for somebody else. It is a duty: no hours."""
    held = DutyDay.objects.exclude(found=Found.NOBODY)
    held = held.filter(rota=OuterRef("rota"), day=OuterRef("day"))
    rows = Turn.objects.filter(Exists(held), person__member=doer.member, day__range=(since, until))
    for turn in rows.select_related("rota").order_by("day", "pk"):
        url = reverse("turn", args=[turn.rota_id, turn.pk])
        yield Deed(f"duties.{turn.pk}", turn.day, str(turn.rota), url)
