"""A quiet word that is due: for the secretary alone."""

from django.urls import reverse
from django.utils.translation import ngettext

from genxu.core.access import Actor
from genxu.core.notices import Notice

from .queries import quiet_members
from .rules import see_quiet


def notices(actor: Actor) -> list[Notice]:
    """One query; none for whoever is no secretary."""
    if not actor.plays(see_quiet.roles):
        return []
    n = quiet_members(actor).order_by().count()
    if not n:
        return []
    text = ngettext(
        "Nothing has reached %(n)s member for half a year: call on him.",
        "Nothing has reached %(n)s members for half a year: call on them.",
        n,
    )
    return [Notice(text % {"n": n}, reverse("quiet_members"))]
