"""Agreements of which one is to ask the sides whether they hold."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.coming import Coming

from .models import PEACEMAKERS, Dispute
from .workflow import State


def coming(actor: Actor, since: date, until: date) -> Iterator[Coming]:
    """No word of what it is about."""
    if not actor.plays(PEACEMAKERS):
        return
    rows = Dispute.objects.visible_to(actor).filter(state=State.AGREED, look_back_on__lte=until)
    for one in rows:
        if one.look_back_on:
            told = _("Ask the sides whether their agreement holds")
            yield Coming(one.look_back_on, told, reverse("dispute", args=[one.pk]))
