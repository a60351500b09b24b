"""Centre households, what their neighbours say of them, and whom they look after."""

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.codes import CODE_LENGTH, new_code
from genxu.core.names import NameField
from genxu.core.promises import StrOrPromise
from genxu.people.history import Living, TakenStep
from genxu.people.models import Account, Household
from genxu.people.roles import EVERYONE_BUT_AUDITORS, KEEPERS, Role
from genxu.regions.models import Region
from genxu.regions.placed import InHamlet, PlacedQuerySet

from .workflow import BEGINNINGS, BY_HOUSEHOLD, OPEN, STEPS, Leaving, State

REMIND = timedelta(days=90)
"""A term that ends within 90 days is due: it is shown, and may be renewed (custom)."""
SILENT = models.Q(account__isnull=False, account__phone=None)
"""Her number is somebody else's now, and she has no other one yet: she cannot sign in."""
FEWEST, MOST = 5, 25
"""Practice runs from 5 to 25 households each: outside of it a warning, no refusal (custom)."""


class Duty(models.TextChoices):
    """What a centre household does (domain rules: six duties)."""

    POLICY = "policy", _("Explains policy")
    DISPUTES = "disputes", _("Settles disputes")
    CLEANLINESS = "cleanliness", _("Watches cleanliness")
    FACILITIES = "facilities", _("Minds public facilities")
    ERRANDS = "errands", _("Runs errands")
    CUSTOMS = "customs", _("Encourages simple customs")


def _known_to(actor: Actor) -> models.Q:
    """The keepers of the register know all of them; the hamlet's own centre households those who
    stand or serve, and themselves; county and city only those who serve."""
    neighbours = models.Q(state__in=[*OPEN, State.APPOINTED])
    if actor.account_id:
        neighbours |= models.Q(account=actor.account_id)
    above = [Role.COUNTY_STAFF, Role.CITY_STAFF]
    return (
        within(actor, "hamlet", KEEPERS)
        | (within(actor, "hamlet", [Role.CENTRE_HOUSEHOLD]) & neighbours)
        | (within(actor, "hamlet", above) & models.Q(state=State.APPOINTED))
    )


class CentreHouseholdQuerySet(PlacedQuerySet["CentreHousehold"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(_known_to(actor))

    def serving(self) -> Self:
        return self.filter(state=State.APPOINTED)

    def at_hand(self) -> Self:
        """Those serving who live here: who has moved away serves until the township ends it, and
        nothing new is given to it."""
        return self.serving().filter(household__left_on=None)

    def gone(self) -> Self:
        """Those who have moved away and still serve."""
        return self.serving().exclude(household__left_on=None)

    def serving_on(self, day: date) -> Self:
        """Those who served at the end of a day."""
        left = models.Q(left_on=None) | models.Q(left_on__gt=day)
        return self.filter(left, appointed_on__lte=day)

    def open(self) -> Self:
        return self.filter(state__in=OPEN)


class CentreHousehold(Living):
    """A household from its nomination as centre household (中心户) to the end of its term.

    ``certificate`` is township code + year + serial, given by the township and never again;
    ``card`` opens the public card; ``shown`` is the person's own consent to it (个保法 25), and
    ``phone_shown`` that those looked after may see the number to ring.
    """

    STEPS, TOLD = STEPS, BEGINNINGS

    seen_by = EVERYONE_BUT_AUDITORS
    missing = _("There is no such centre household, or it is not in your charge.")
    shown_with = ("hamlet__parent__parent", "household", "account")

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    person_name = NameField(_("name"), max_length=40)
    statement = models.TextField(_("why"), max_length=500, blank=True)
    by_self = models.BooleanField(default=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices)
    duties = models.JSONField(_("duties"), default=list, blank=True)
    nominated_on = models.DateField()
    appointed_on = models.DateField(_("appointed on"), null=True, blank=True)
    term_ends_on = models.DateField(_("term ends on"), null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    leaving = models.CharField(max_length=12, choices=Leaving.choices, blank=True)
    certificate = models.CharField(_("certificate"), max_length=24, blank=True)
    card = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code)
    shown = models.BooleanField(default=False)
    phone_shown = models.BooleanField(default=False)
    account = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = CentreHouseholdQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"],
                condition=models.Q(state__in=[State.NOMINATED, State.SELECTED, State.APPOINTED]),
                name="one_candidacy_a_household",
            ),
            models.UniqueConstraint(
                fields=["certificate"],
                condition=~models.Q(certificate=""),
                name="certificate_once",
            ),
        ]
        indexes = [models.Index(fields=["hamlet", "state"], name="centre_place")]

    def __str__(self) -> str:
        return self.person_name or str(_("Name erased"))

    @property
    def ends_by_moving(self) -> dict[str, Any]:
        """How its service ends, if it has moved away: as the form of that step is filled in."""
        left = self.household.left_on
        if left is None or self.appointed_on is None:
            return {}
        return {"reason": Leaving.MOVED_AWAY.value, "left_on": max(left, self.appointed_on)}

    @property
    def is_serving(self) -> bool:
        return self.state == State.APPOINTED

    @property
    def is_erased(self) -> bool:
        return not self.person_name

    @property
    def is_due(self) -> bool:
        """Whether its term ends within 90 days, or has ended."""
        ends = self.term_ends_on
        return self.is_serving and ends is not None and ends <= clock.today() + REMIND

    @property
    def is_over(self) -> bool:
        """Whether its term has ended and nobody has renewed or ended it yet."""
        ends = self.term_ends_on
        return self.is_serving and ends is not None and ends < clock.today()

    @property
    def duty_labels(self) -> list[StrOrPromise]:
        return [duty.label for duty in Duty if duty in self.duties]


class CentreHouseholdStep(TakenStep):
    """One step in the life of a centre household."""

    centre_household = models.ForeignKey(
        CentreHousehold, on_delete=models.CASCADE, related_name="steps"
    )

    @property
    def by_whom(self) -> StrOrPromise:
        """Some steps the household took itself, by its link."""
        if self.by is not None or self.step not in BY_HOUSEHOLD:
            return super().by_whom
        itself = self.step != "leave" or self.centre_household.leaving == Leaving.RESIGNED
        return _("By the household itself") if itself else ""


class Recommendation(InHamlet):
    """That a household recommends a candidate: one at a time, and it may think again."""

    candidate = models.ForeignKey(
        CentreHousehold, on_delete=models.CASCADE, related_name="recommendations"
    )
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    by_voice = models.BooleanField(default=False)
    settled = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=models.Q(settled=False),
                name="one_recommendation_a_household",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.household_id} → {self.candidate_id}"


class CertificateSerial(models.Model):
    """The last serial that a township gave out in a year: numbers are never given twice."""

    township = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["township", "year"], name="one_serial_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.township_id} {self.year} {self.last}"


class CoverageQuerySet(PlacedQuerySet["Coverage"]):
    def now(self) -> Self:
        """Who looks after whom today; those who moved away or proved doubles are left out."""
        return self.filter(until=None, household__left_on=None, household__merged_into=None)

    def at_hand(self) -> Self:
        """Of these the ones whose centre household is at hand. Asked of its own row: a subquery
        over all that serve was read whole for each household."""
        one = models.Q(centre_household__state=State.APPOINTED)
        return self.now().filter(one, centre_household__household__left_on=None)

    def on(self, day: date) -> Self:
        """Who looked after whom at the end of a day."""
        still = models.Q(until=None) | models.Q(until__gt=day)
        here = models.Q(household__left_on=None) | models.Q(household__left_on__gt=day)
        return self.filter(still, here, since__lte=day, household__merged_into=None)


class Coverage(InHamlet):
    """That a centre household looks after a household (联系户): one at a time, its own included."""

    centre_household = models.ForeignKey(
        CentreHousehold, on_delete=models.CASCADE, related_name="covers"
    )
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="covered")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = CoverageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=models.Q(until=None), name="covered_once"
            ),
        ]
        indexes = [models.Index(fields=["hamlet", "until"], name="coverage_place")]

    def __str__(self) -> str:
        return f"{self.centre_household_id} → {self.household_id}"
