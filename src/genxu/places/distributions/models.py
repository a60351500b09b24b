"""A year's distribution of a collective, frozen as it was drawn up, and each household's part."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from genxu.core.money import FenField
from genxu.core.names import NameField
from genxu.organisation.assemblies.models import Motion
from genxu.people.history import LivingAt, TakenStep
from genxu.people.models import Household
from genxu.people.roles import READERS_OF_BOOKS
from genxu.places.collectives.models import SEERS, Collective
from genxu.places.ledger.models import Entry
from genxu.regions.models import Region
from genxu.regions.placed import Placed, PlacedQuerySet

from .sharing import Steps
from .workflow import KEPT_YEARS, OWED, STEPS, TOLD, TOLD_TO_ALL, State

WORDS_LIMIT, REPORT_LIMIT, NAME_LIMIT = 200, 1000, 40


class DistributionQuerySet(PlacedQuerySet["Distribution"]):
    def standing(self) -> Self:
        return self.exclude(state=State.WITHDRAWN)

    def told_to_all(self) -> Self:
        return self.filter(state__in=TOLD_TO_ALL)


class Distribution(LivingAt):
    """What a collective shares out of a year (收益分配), as it was drawn up; sums are whole fen.

    ``as_of`` is the day whose register of shares and whose charter it goes by; ``earlier`` what
    earlier years left (below nothing: their losses), ``rate`` per mille for the reserve, ``kept``
    what is left for the next year. ``whole`` are all shares in hundredths, ``strangers`` how many
    of the households have no member on the roll. ``motion`` carried it, ``entry`` booked it.
    """

    STEPS, TOLD, WORDS_LIMIT = STEPS, TOLD, WORDS_LIMIT
    BADGES: ClassVar[dict[str, str]] = {
        "open": "is-working", "carried": "is-working", "booked": "is-working", "done": "is-closed",
        "withdrawn": "is-unconfirmed",
    }  # fmt: skip
    place_field = "place"
    seen_by = READERS_OF_BOOKS
    missing = _("There is no such distribution, or it is not in your charge.")
    shown_with = ("place__parent", "collective", "motion__assembly", "entry")

    place = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    collective = models.ForeignKey(Collective, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    earned = FenField()
    earlier = FenField()
    rate = models.PositiveSmallIntegerField()
    kept = FenField(default=0)
    shared = FenField()
    whole = models.PositiveBigIntegerField()
    strangers = models.PositiveIntegerField(default=0)
    drawn_on = models.DateField()
    report = models.TextField(blank=True)
    published_on = models.DateField(null=True)
    meets_on = models.DateField(null=True)
    motion = models.OneToOneField(Motion, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_by = models.OneToOneField(Motion, on_delete=models.PROTECT, null=True, related_name="+")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAWN)

    objects = DistributionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["collective", "year"],
                condition=~Q(state=State.WITHDRAWN),
                name="distribution_once_a_year",
            ),
        ]
        indexes = [models.Index(fields=["place", "state"], name="distribution_place")]

    def __str__(self) -> str:
        return str(_("Distribution of %(year)s")) % {"year": self.year}

    @property
    def way(self) -> Steps:
        """The way from the income of the year to what the members share."""
        return Steps(self.earned, self.earlier, self.rate, self.kept)

    @property
    def is_told(self) -> bool:
        return self.state in TOLD_TO_ALL

    @property
    def is_owed(self) -> bool:
        return self.state in OWED

    @property
    def kept_until(self) -> date | None:
        """Until when its papers are kept at least: five years from the decision."""
        made = self.motion.assembly.meets_on if self.motion else self.meets_on
        return made and made.replace(year=made.year + KEPT_YEARS, day=min(made.day, 28))


class PortionQuerySet(PlacedQuerySet["Portion"]):
    def unpaid(self) -> Self:
        return self.filter(paid_on=None)

    def owed(self) -> Self:
        """What the collective owes: booked and not paid."""
        return self.unpaid().filter(distribution__state__in=OWED, sum__gt=0)


class Portion(Placed):
    """What of it falls to one household, whatever becomes of that: ``quantity`` hundredths of a
    share, ``kinds`` of them by kind, ``sum`` in fen, ``odd``: one of them by its remainder.

    ``reason`` is why it stays owed; ``signed_by`` who signed for it in cash; ``matter`` the number
    of the last question about it.
    """

    class Way(models.TextChoices):
        BANK = "bank", _("To the bank account")
        CASH = "cash", _("In cash")

    class Reason(models.TextChoices):
        AWAY = "away", _("Away, not reached")
        DIED = "died", _("Died; the heirs are being settled")
        DISPUTED = "disputed", _("Disputed")
        ACCOUNT = "account", _("No account, or a wrong number")
        OTHER = "other", _("Another reason")

    place_field = "distribution__place"
    seen_by = SEERS
    missing = _("There is no such part, or it is not in your charge.")
    shown_with = ("distribution__place__parent", "distribution__collective", "household__hamlet",
                  "entry")  # fmt: skip

    distribution = models.ForeignKey(
        Distribution, on_delete=models.CASCADE, related_name="portions"
    )
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    quantity = models.PositiveBigIntegerField()
    kinds: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    sum = FenField()
    odd = models.BooleanField(default=False)
    paid_on = models.DateField(null=True)
    way = models.CharField(max_length=4, choices=Way.choices, blank=True)
    signed_by = NameField(max_length=NAME_LIMIT, blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=8, choices=Reason.choices, blank=True)
    matter = models.PositiveIntegerField(null=True)

    objects = PortionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["distribution", "household"], name="portion_of_a_household"
            ),
            models.UniqueConstraint(fields=["distribution", "position"], name="portion_position"),
            models.CheckConstraint(
                condition=Q(paid_on=None, entry=None) | Q(paid_on__isnull=False, entry__gt=0),
                name="paid_by_an_entry",
            ),
        ]
        indexes = [models.Index(fields=["household", "distribution"], name="portion_household")]

    def __str__(self) -> str:
        return self.household.label

    @property
    def place_code(self) -> str:
        return self.distribution.place_id

    @property
    def is_paid(self) -> bool:
        return self.paid_on is not None

    @property
    def stays_owed(self) -> bool:
        return bool(self.reason) and not self.is_paid


class DistributionStep(TakenStep):
    """One step in the life of a distribution; ``hamlet`` is where its collective lies."""

    distribution = models.ForeignKey(Distribution, on_delete=models.CASCADE, related_name="steps")
