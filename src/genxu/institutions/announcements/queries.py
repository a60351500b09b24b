"""Reading what is announced, and what waits for it."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Subquery

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.cuts import First
from genxu.people.models import Household
from genxu.regions.models import Region

from .models import Announcement, AnnouncementStep, Wish
from .workflow import State

SHOWN = 3


def next_talk(hamlet: Region) -> Announcement | None:
    """What is announced; None if nothing is, or its day is over, or it was recorded."""
    rows = Announcement.objects.coming().filter(hamlet=hamlet)
    return rows.order_by("held_on", "pk").first()


def announced_at(hamlet: str) -> Exists:
    """Whether a next talk is announced in the hamlet to whose code the field leads."""
    return Exists(Announcement.objects.coming().filter(hamlet=OuterRef(hamlet)))


def told_to_all(hamlet: Region) -> First[Announcement]:
    """What the public page says of talks to come, those that were called off too: each with the
    reason of its last change in ``why``."""
    last = AnnouncementStep.objects.filter(announcement=OuterRef("pk")).order_by("-pk")
    rows = Announcement.objects.filter(hamlet=hamlet, held_on__gte=clock.today())
    rows = rows.annotate(why=Subquery(last.values("words")[:1]))
    return First.of(rows.exclude(state=State.HELD).order_by("held_on", "pk"), SHOWN)


def wishes_for(actor: Actor, hamlet: Region) -> list[Wish]:
    """What people want to say at the next talk, for whoever records it."""
    rows = Wish.objects.visible_to(actor).filter(hamlet=hamlet).waiting()
    return list(rows)


def wishes_of(household: Household) -> Sequence[Wish]:
    """What a household wants to say, or wanted to at a talk that passed without it."""
    rows = Wish.objects.filter(household__in=household.entries)
    return list(rows.order_by("-at", "-pk"))
