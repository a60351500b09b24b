"""The next talk of a hamlet, and the lines that wait for it."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.people.history import Living, TakenStep
from genxu.people.models import Household
from genxu.people.roles import EVERYONE_BUT_AUDITORS, Role
from genxu.regions.placed import InHamlet, PlacedQuerySet

from .workflow import STEPS, TOLD, State

LIMITS = {"venue": 60, "topic": 60}
FACTS = ("held_on", "begins_at", *LIMITS)
"""What is announced of a talk."""
WISHES_KEPT = timedelta(days=90)
"""A line without a name that no talk has taken up by then is deleted."""


class AnnouncementQuerySet(PlacedQuerySet["Announcement"]):
    def coming(self) -> Self:
        """Those that stand; each passes by itself when its day is over."""
        return self.filter(state=State.ANNOUNCED, held_on__gte=clock.today())


class Announcement(Living):
    """The next evening talk (下次夜话), as everybody may read it: day, time, place, topic."""

    STEPS, TOLD = STEPS, TOLD
    BADGES: ClassVar[dict[str, str]] = {"held": "is-closed", "called_off": "is-unconfirmed"}
    seen_by = EVERYONE_BUT_AUDITORS
    missing = _("There is no such announcement, or it is not in your charge.")
    shown_with = ("hamlet",)

    held_on = models.DateField(_("date"))
    begins_at = models.TimeField(_("time"))
    venue = models.CharField(_("place"), max_length=LIMITS["venue"])
    topic = models.CharField(_("topic"), max_length=LIMITS["topic"])
    state = models.CharField(max_length=10, choices=State.choices, default=State.ANNOUNCED)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["hamlet", "held_on"], name="announcement_place")]

    def __str__(self) -> str:
        return self.topic

    @property
    def is_coming(self) -> bool:
        return self.state == State.ANNOUNCED and self.held_on >= clock.today()


class AnnouncementStep(TakenStep):
    """What was announced, changed, called off; ``replaced`` is what stood before."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="steps")


class WishQuerySet(PlacedQuerySet["Wish"]):
    def waiting(self) -> Self:
        """Those that the next talk begins with, the oldest first."""
        fresh = models.Q(household__isnull=False) | models.Q(at__gte=clock.now() - WISHES_KEPT)
        return self.filter(fresh, left_on=None).order_by("at", "pk")


class Wish(InHamlet):
    """A line that somebody wants to say at the next talk: of a household by its code, or of nobody
    named. For the secretary alone; what she takes becomes a suggestion, and the line goes."""

    seen_by = (Role.SECRETARY,)
    missing = _("There is no such line, or it is not in your charge.")

    text = models.TextField(max_length=200)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField()
    left_on = models.DateField(null=True)
    """The evening that passed without it; of nobody's line nothing is kept then."""

    objects = WishQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["hamlet", "at"], name="wish_place")]

    def __str__(self) -> str:
        return str(self.pk)


def facts_of(one: Announcement) -> dict[str, Any]:
    return {name: getattr(one, name) for name in FACTS}
