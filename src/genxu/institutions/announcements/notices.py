"""The next talk at home: what is announced, and that people want to say something at it."""

from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genxu.core.access import Actor, within
from genxu.core.notices import Notice, Tally, Waiting
from genxu.people.roles import HAMLET_ROLES, Role

from .models import Announcement, Wish


def notices(actor: Actor) -> list[Waiting]:
    """For those who work in a hamlet: its next talk; for its secretary, what waits for it."""
    if not actor.plays(HAMLET_ROLES):
        return []
    rows = Announcement.objects.coming().filter(within(actor, "hamlet", HAMLET_ROLES))
    rows = rows.select_related("hamlet").order_by("held_on")
    return [*map(_announced, rows), *_wishes(actor)]


def _announced(one: Announcement) -> Notice:
    text = _("Next talk in %(hamlet)s: %(day)s, %(time)s, %(venue)s. %(topic)s") % {
        "hamlet": one.hamlet,
        "day": date_format(one.held_on, "MONTH_DAY_FORMAT"),
        "time": one.begins_at.strftime("%H:%M"),
        "venue": one.venue,
        "topic": one.topic,
    }
    return Notice(text, reverse("announcement", args=[one.pk]))


def _wishes(actor: Actor) -> list[Tally]:
    if not actor.plays([Role.SECRETARY]):
        return []
    rows = Wish.objects.visible_to(actor).waiting()
    return [Tally(rows, {"n": Count("pk")}, _waits, by="hamlet")]


def _waits(found: dict[str, Any]) -> list[Notice]:
    text = ngettext(
        "%(n)s line waits for the next talk.", "%(n)s lines wait for the next talk.", found["n"]
    )
    return [Notice(text % found, reverse("record_talk", args=[found["place"]]))]
