"""A quiet word that is due: for the secretary alone."""

from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import ngettext

from genxu.core.access import Actor
from genxu.core.notices import Notice, Tally

from .queries import quiet_members
from .rules import see_quiet


def notices(actor: Actor) -> list[Tally]:
    """Nothing for whoever is no secretary."""
    if not actor.plays(see_quiet.roles):
        return []
    return [Tally(quiet_members(actor), {"n": Count("pk")}, _told)]


def _told(found: dict[str, Any]) -> list[Notice]:
    if not (n := found["n"]):
        return []
    text = ngettext(
        "Nothing has reached %(n)s member for half a year: call on him.",
        "Nothing has reached %(n)s members for half a year: call on them.",
        n,
    )
    return [Notice(text % {"n": n}, reverse("quiet_members"))]
