"""The places of a hamlet (党支部阵地兼党员群众活动中心): rooms, things, six elements, the wall."""

from datetime import date, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.names import NameField
from genxu.organisation.branches.models import Member
from genxu.people.history import TAKE_BACK, Living, TakenStep
from genxu.people.roles import ACTING
from genxu.regions.placed import InHamlet, PlacedQuerySet

from .workflow import STEPS, TOLD, State

NAME_LIMIT, OWNER_LIMIT, ROOM_LIMIT, THING_LIMIT = 40, 40, 20, 20
MOST_THINGS, MOST_SEATS = 9999, 5000
REMIND_BEFORE = timedelta(days=60)
"""So long before its agreement ends the owner is to be asked (custom)."""


class Source(models.TextChoices):
    """Where such places come from (the article)."""

    OLD_HOUSE = "old_house", _("An old member's own house")
    IDLE = "idle", _("Idle public property, revived")
    IMPROVED = "improved", _("A hall that was improved")
    OTHER = "other", _("Otherwise")


class VenueQuerySet(PlacedQuerySet["Venue"]):
    def in_use(self) -> Self:
        return self.filter(state=State.OPEN)

    def in_use_on(self, day: date) -> Self:
        """Those that were in use at the end of a day, by their steps."""
        rows = self.filter(since__lte=day).exclude(state=State.MISTAKE)
        if day >= clock.today():
            return rows.filter(state=State.OPEN)
        turned = VenueStep.objects.filter(venue=OuterRef("pk"), on__lte=day)
        turned = turned.filter(step__in=["close", "reopen", TAKE_BACK]).order_by("-pk")
        then: Any = rows.annotate(then=Subquery(turned.values("to_state")[:1]))
        return then.filter(Q(then=None) | Q(then=State.OPEN))  # type: ignore[no-any-return]

    def agreement_due(self) -> Self:
        """Those whose agreement ends within the reminder, or has ended."""
        return self.in_use().filter(agreed_until__lte=clock.today() + REMIND_BEFORE)


class Venue(Living):
    """A place of a hamlet. ``owner`` is whose house it is (empty: it is common property), and
    ``agreed_until`` the day until which he lets it (None: without an end)."""

    STEPS, TOLD = STEPS, TOLD
    BADGES: ClassVar[dict[str, str]] = {"open": "is-done", "closed": "is-unconfirmed",
                                        "mistake": "is-unconfirmed"}  # fmt: skip
    seen_by = ACTING
    missing = _("There is no such place, or it is not in your charge.")
    shown_with = ("hamlet__parent",)

    name = models.CharField(_("name"), max_length=NAME_LIMIT)
    source = models.CharField(_("source"), max_length=9, choices=Source.choices)
    since = models.DateField(_("since"))
    owner = NameField(_("owner"), max_length=OWNER_LIMIT, blank=True)
    agreed_until = models.DateField(_("agreed until"), null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)

    objects = VenueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hamlet", "name"], condition=~Q(state="mistake"), name="venue_name"
            ),
        ]
        indexes = [models.Index(fields=["hamlet", "state"], name="venue_place")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def is_agreement_due(self) -> bool:
        until = self.agreed_until
        return self.is_open and until is not None and until <= clock.today() + REMIND_BEFORE

    @property
    def is_agreement_over(self) -> bool:
        until = self.agreed_until
        return self.is_open and until is not None and until < clock.today()


class RoomQuerySet(PlacedQuerySet["Room"]):
    def usable(self) -> Self:
        return self.filter(until=None)


class Room(InHamlet):
    """A room of a place; ``until``: it is used no more."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(_("name"), max_length=ROOM_LIMIT)
    tables = models.PositiveSmallIntegerField(_("tables"), default=0)
    seats = models.PositiveSmallIntegerField(_("seats"), default=0)
    until = models.DateField(null=True)

    objects = RoomQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "name"], condition=Q(until=None), name="room_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Thing(InHamlet):
    """What is in a place, and how many: tables, bowls, a projector."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="things")
    name = models.CharField(_("name"), max_length=THING_LIMIT)
    count = models.PositiveSmallIntegerField(_("how many"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["venue", "name"], name="thing_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Element(InHamlet):
    """One of the six elements of a place: there since a day, as somebody saw (``by``); or missing,
    and perhaps a matter already (``matter``, its number)."""

    class Kind(models.TextChoices):
        SIGN = "sign", _("Sign at the door")
        FLAG = "flag", _("Party flag")
        OATH = "oath", _("Oath of admission")
        WALL = "wall", _("Members' wall")
        RULES = "rules", _("Rules of deliberation")
        OFFICE = "office", _("Room for the office")

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="elements")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    seen_on = models.DateField(null=True)
    by = NameField(max_length=OWNER_LIMIT, blank=True)
    matter = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["venue", "kind"], name="element_once"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class FaceQuerySet(PlacedQuerySet["Face"]):
    def of(self, actor: Actor, venue: Venue) -> Self:
        """Those on the wall of a place that the actor may take down: all for who keeps it."""
        rows = self.filter(venue=venue)
        if actor.holds(Member.seen_by, venue.place_code):
            return rows
        if actor.account_id is None:
            return rows.none()
        return rows.filter(member__account=actor.account_id)


class Face(InHamlet):
    """A member on the wall of a place (党员群像图): by a consent of his own for this, which he may
    withdraw at any time (个人信息保护法 15, 25, 29); with it he is off the wall."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="faces")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    agreed_on = models.DateField()

    objects = FaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["venue", "member"], name="face_once"),
        ]

    def __str__(self) -> str:
        return self.member.name


class VenueStep(TakenStep):
    """One step in the life of a place."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="steps")
