"""What waits for those who keep a register: households that asked to be erased."""

from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import ngettext

from genxu.core.access import Actor
from genxu.core.notices import Notice, Tally

from .models import Household
from .roles import KEEPERS


def notices(actor: Actor) -> list[Tally]:
    """Nothing for those who keep no register."""
    if not actor.plays(KEEPERS):
        return []
    asked = Household.objects.visible_to(actor).filter(
        erasure_asked_on__isnull=False, merged_into=None
    )
    return [Tally(asked, {"n": Count("pk")}, _told)]


def _told(found: dict[str, Any]) -> list[Notice]:
    if not (n := found["n"]):
        return []
    text = ngettext(
        "%(n)s household asks to be erased.", "%(n)s households ask to be erased.", n
    ) % {"n": n}
    return [Notice(text, f"{reverse('households')}?standing=erasure", urgent=True)]
