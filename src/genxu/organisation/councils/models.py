"""Village councils (村湾理事会): one a hamlet, its seats, its five groups."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.names import NameField
from genxu.people.models import Household
from genxu.people.roles import EVERYONE_BUT_AUDITORS
from genxu.regions.placed import InHamlet, PlacedQuerySet

SMALLEST, LARGEST, TERM_YEARS = 5, 7, 5
"""Size and term are custom: outside of them a warning, no refusal."""
REMIND_BEFORE = timedelta(days=90)
"""How long before the end of a term everybody concerned is reminded (custom)."""
NAME_LIMIT, ENDING_LIMIT = 40, 200


class Group(models.TextChoices):
    """The five groups below the council (the article)."""

    WEDDINGS = "weddings", _("Weddings and funerals")
    MORALS = "morals", _("Moral review")
    DELIBERATION = "deliberation", _("Villagers' deliberation")
    VICES = "vices", _("Against gambling and drugs")
    HEALTH = "health", _("Public health")


class CouncilQuerySet(PlacedQuerySet["Council"]):
    def standing(self) -> Self:
        return self.filter(ended_on=None)

    def standing_on(self, day: date) -> Self:
        ended = models.Q(ended_on=None) | models.Q(ended_on__gt=day)
        return self.filter(ended, formed_on__lte=day)

    def term_over(self) -> Self:
        return self.standing().filter(term_ends_on__lt=clock.today())

    def term_due(self) -> Self:
        """Those whose term ends within the reminder, and is not over yet."""
        today = clock.today()
        return self.standing().filter(term_ends_on__range=(today, today + REMIND_BEFORE))


class Council(InHamlet):
    """A council of a hamlet. It deliberates; it cannot decide what is for assemblies."""

    seen_by = EVERYONE_BUT_AUDITORS
    missing = _("There is no such council, or it is not in your charge.")
    shown_with = ("hamlet__parent",)

    formed_on = models.DateField(_("formed on"))
    term_ends_on = models.DateField(_("term ends on"))
    ended_on = models.DateField(null=True, blank=True)
    ending = models.CharField(_("why it ended"), max_length=ENDING_LIMIT, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hamlet"], condition=models.Q(ended_on=None), name="one_council_a_hamlet"
            ),
        ]
        indexes = [models.Index(fields=["hamlet", "formed_on"], name="council_place")]

    def __str__(self) -> str:
        return f"{self.hamlet_id}"

    @property
    def is_term_over(self) -> bool:
        return self.ended_on is None and self.term_ends_on < clock.today()

    @property
    def is_term_due_soon(self) -> bool:
        if self.ended_on or self.is_term_over:
            return False
        return self.term_ends_on <= clock.today() + REMIND_BEFORE

    @property
    def is_standing(self) -> bool:
        return self.ended_on is None


class SeatQuerySet(PlacedQuerySet["Seat"]):
    def taken(self) -> Self:
        """Those in which somebody sits now."""
        return self.filter(until=None)


class Seat(InHamlet):
    """Somebody's seat on the council; ``groups`` are those of the five that the person works in.

    ``shown`` is the person's own consent to be named on the public page (个人信息保护法 25).
    """

    class Duty(models.TextChoices):
        CHAIR = "chair", _("Chair")
        DEPUTY = "deputy", _("Deputy chair")
        MEMBER = "member", _("Member")

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="seats")
    name = NameField(_("name"), max_length=NAME_LIMIT)
    duty = models.CharField(_("duty"), max_length=8, choices=Duty.choices, default=Duty.MEMBER)
    household = models.ForeignKey(
        Household, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    groups = models.JSONField(_("groups"), default=list, blank=True)
    leads = models.CharField(_("leads the group"), max_length=14, choices=Group.choices, blank=True)
    shown = models.BooleanField(_("agrees to be named publicly"), default=False)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council"], condition=models.Q(duty="chair", until=None), name="one_chair"
            ),
            models.UniqueConstraint(
                fields=["council", "leads"],
                condition=models.Q(until=None) & ~models.Q(leads=""),
                name="one_leader_a_group",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("Name erased"))

    @property
    def is_chair(self) -> bool:
        return self.duty == self.Duty.CHAIR
