"""Bookings of rooms: for whom, for what, from when to when; what was handed over, who is asked to
move."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.names import NameField
from genxu.people.history import Living, TakenStep
from genxu.people.models import Household
from genxu.people.roles import KEEPERS, Role
from genxu.places.venues.models import Room, Thing, Venue
from genxu.regions.placed import InHamlet, PlacedQuerySet
from genxu.team.volunteers.models import Outing

from .hours import span
from .workflow import STEPS, TOLD, State

TITLE_LIMIT, NAME_LIMIT = 40, 40
LONGEST = timedelta(days=7)
"""So long is one booking at most."""
MOST_CAME = 5000
SEEN_BY = (*KEEPERS, Role.CENTRE_HOUSEHOLD)
"""Who booked is for those who keep the place, and for those who book for their neighbours."""


class Purpose(models.TextChoices):
    """What a room is booked for; ``CLOSED``: nobody is to use it (repairs, a festival)."""

    WEDDING = "wedding", _("Wedding")
    FUNERAL = "funeral", _("Funeral")
    MEETING = "meeting", _("Meeting")
    TALK = "talk", _("Evening talk")
    SHOW = "show", _("A show")
    FILM = "film", _("Film")
    READING = "reading", _("Reading circle")
    OTHER = "other", _("Something else")
    CLOSED = "closed", _("Not open")


class BookingQuerySet(PlacedQuerySet["Booking"]):
    def meeting(self, since: datetime, until: datetime) -> Self:
        """Those that have a part between two moments."""
        return self.filter(begins_at__lt=until, ends_at__gt=since)

    def holding(self) -> Self:
        return self.filter(state__in=[State.BOOKED, State.HELD])

    def to_come(self) -> Self:
        return self.filter(state=State.BOOKED, ends_at__gt=clock.now())

    def counting(self) -> Self:
        """Those that are uses of a place: booked or held, and no closure."""
        return self.holding().exclude(purpose=Purpose.CLOSED)

    def unreturned(self) -> Self:
        """Things of it are still with whoever had them."""
        return self.filter(handed_on__isnull=False, returned_on=None, ends_at__lt=clock.now())


class Booking(Living):
    """A booking of one room or several of a place, in whole minutes; the end belongs to the next.

    ``household`` or ``name`` is for whom (neither: for the hamlet itself); ``own``: it was her own
    word, by the code of her household. ``title`` and ``is_public`` make an event of it to which
    everybody may come. ``series`` is the number of the first of those booked together; ``talk``
    that of the evening talk it is for.
    """

    STEPS, TOLD = STEPS, TOLD
    BADGES: ClassVar[dict[str, str]] = {"booked": "is-working", "held": "is-done",
                                        "not_held": "is-unconfirmed",
                                        "withdrawn": "is-unconfirmed"}  # fmt: skip
    seen_by = SEEN_BY
    missing = _("There is no such booking, or it is not in your charge.")
    shown_with = ("hamlet__parent", "venue", "household", "outing")

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="bookings")
    purpose = models.CharField(_("what for"), max_length=7, choices=Purpose.choices)
    title = models.CharField(_("title"), max_length=TITLE_LIMIT, blank=True)
    is_public = models.BooleanField(_("open to everybody"), default=False)
    household = models.ForeignKey(Household, on_delete=models.SET_NULL, null=True, related_name="+")
    name = NameField(_("for whom"), max_length=NAME_LIMIT, blank=True)
    own = models.BooleanField(default=False)
    begins_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    begins_on = models.DateField()
    series = models.PositiveIntegerField(null=True)
    talk = models.PositiveIntegerField(null=True)
    outing = models.ForeignKey(Outing, on_delete=models.SET_NULL, null=True, related_name="+")
    handed_on = models.DateField(null=True)
    returned_on = models.DateField(null=True)
    head_count = models.PositiveSmallIntegerField(null=True)
    """How many came, once that is noted; nobody is an answer."""
    state = models.CharField(max_length=12, choices=State.choices, default=State.BOOKED)

    objects = BookingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(begins_at__lt=F("ends_at")), name="booking_ends"),
        ]
        indexes = [
            models.Index(fields=["hamlet", "begins_on"], name="booking_place"),
            models.Index(fields=["venue", "begins_at"], name="booking_venue"),
            models.Index(fields=["household"], name="booking_household"),
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_purpose_display())

    @property
    def for_whom(self) -> str:
        """As those in charge read it; empty for the hamlet's own."""
        return self.household.label if self.household else self.name

    @property
    def when(self) -> str:
        return span(self.begins_at, self.ends_at)

    @property
    def has_begun(self) -> bool:
        return self.begins_at <= clock.now()

    @property
    def is_out(self) -> bool:
        """Whether things of it are to come back."""
        return self.handed_on is not None and self.returned_on is None and self.has_begun

    @property
    def is_over(self) -> bool:
        return self.ends_at <= clock.now()

    @property
    def is_closure(self) -> bool:
        return self.purpose == Purpose.CLOSED

    @property
    def told_to_all(self) -> str:
        """What everybody may read of it: an event by its title, all else by its kind alone."""
        if self.is_public and self.title:
            return self.title
        return str(self.get_purpose_display())


class UseQuerySet(PlacedQuerySet["Use"]):
    def standing(self) -> Self:
        return self.filter(stands=True)

    def meeting(self, rooms: Iterable[int], since: datetime, until: datetime) -> Self:
        """Those that stand in one of the rooms between two moments, in their order."""
        rows = self.standing().filter(room__in=list(rooms))
        rows = rows.filter(begins_at__lt=until, ends_at__gt=since)
        return rows.order_by("begins_at", "pk")


class Use(InHamlet):
    """One room of a booking. While it ``stands`` the database lets no other one of the room stand
    in its time (migration 0002, docs/adr/0019)."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="uses")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="uses")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    stands = models.BooleanField(default=True)

    objects = UseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booking", "room"], name="use_once"),
            models.CheckConstraint(condition=Q(begins_at__lt=F("ends_at")), name="use_ends"),
        ]
        indexes = [models.Index(fields=["room", "begins_at"], name="use_room")]

    def __str__(self) -> str:
        return f"{self.room_id} {self.begins_at}"


class Plea(InHamlet):
    """That a funeral (``booking``, which waits) asks another booking to move. It moves only with
    her yes; ``heard_by`` is who heard that (empty: her own word, on her own page)."""

    missing = _("There is no such question, or it is not in your charge.")

    class Answer(models.TextChoices):
        YES = "yes", _("Yes, it moves")
        NO = "no", _("No, it stays")
        OVER = "over", _("No longer asked")

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="pleas")
    other = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="asked")
    answer = models.CharField(max_length=4, choices=Answer.choices, blank=True)
    answered_on = models.DateField(null=True)
    heard_by = NameField(max_length=NAME_LIMIT, blank=True)

    objects = PlacedQuerySet["Plea"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "other"], condition=Q(answer=""), name="plea_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_answer_display()) if self.answer else str(_("Asked to move"))


class Handed(InHamlet):
    """A thing that was handed over for a booking, how many, and how many came back."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="handed")
    thing = models.ForeignKey(Thing, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveSmallIntegerField()
    back = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booking", "thing"], name="handed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.thing_id} {self.count}"

    @property
    def lacking(self) -> int:
        return self.count - self.back if self.back is not None else 0


class BookingStep(TakenStep):
    """One step in the life of a booking."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="steps")
