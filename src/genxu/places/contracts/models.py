"""A contract of a place, the steps of its rent, the rents that came or were paid."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.money import FenField, yuan
from genxu.core.names import NameField
from genxu.core.promises import StrOrPromise
from genxu.organisation.assemblies.models import Motion
from genxu.people.history import LivingAt, TakenStep, put_back
from genxu.people.models import Household
from genxu.people.roles import READERS_OF_BOOKS
from genxu.places.ledger.models import Entry
from genxu.regions.models import Region
from genxu.regions.placed import Placed, PlacedQuerySet

from .schedule import Due, Steps, dues, first_owed
from .workflow import MADE, STEPS, TOLD, State

OBJECT_LIMIT, NAME_LIMIT, PAPER_LIMIT = 60, 60, 40
LARGEST_AREA = 100_000_00
"""Hundredths of a mu: a hundred thousand mu are more than any township has."""
AHEAD = timedelta(days=60)
"""So long before, a rent or an end stands on the list of what comes."""


class Way(models.TextChoices):
    """How it comes in, or that it goes out."""

    LAND_FOR_SHARES = "land_for_shares", _("Comes in: land for shares")
    RENT_AS_SHARES = "rent_as_shares", _("Comes in: its rent counts as shares")
    LEASE_IN = "lease_in", _("Comes in: leased for rent")
    LEASE_OUT = "lease_out", _("Let out for rent")


COMING_IN = (Way.LAND_FOR_SHARES, Way.RENT_AS_SHARES, Way.LEASE_IN)
WITH_RENT = (Way.LEASE_IN, Way.LEASE_OUT)
"""Those of which rent is paid: shares are paid by the distribution of the year."""


class What(models.TextChoices):
    ORCHARD = "orchard", _("Orchard")
    VEGETABLES = "vegetables", _("Vegetable land")
    NURSERY = "nursery", _("Nursery")
    FIELD = "field", _("Field")
    FOREST = "forest", _("Forest land")
    POND = "pond", _("Pond")
    HOUSE = "house", _("House")
    MACHINE = "machine", _("Machine")
    OTHER = "other", _("Something else")


LAND = (What.ORCHARD, What.VEGETABLES, What.NURSERY, What.FIELD, What.FOREST, What.POND)
"""What is measured in mu."""


class Ending(models.TextChoices):
    """Why a contract ended before its last day."""

    AGREED = "agreed", _("Both sides agreed")
    BREACH = "breach", _("One side did not keep it")
    OTHER = "other", _("For another reason")


class ContractQuerySet(PlacedQuerySet["Contract"]):
    def made(self) -> Self:
        return self.filter(state__in=MADE)

    def standing_on(self, day: date) -> Self:
        """Those that were signed and run on a day."""
        return self.made().filter(since__lte=day, last_day__gte=day)

    def coming_in(self) -> Self:
        return self.filter(way__in=COMING_IN)

    def due_until(self, day: date) -> Self:
        """Those of which a rent is owed, or falls due until then."""
        return self.filter(next_due__lte=day)

    def running_out(self, day: date) -> Self:
        """Those that run out until a day and are not noted as over."""
        return self.filter(state=State.SIGNED, until__lte=day)


class Contract(LivingAt):
    """What a collective takes in or lets out, from a day until a day.

    ``area`` is in hundredths of a mu. The other side is a household of the register, or a name:
    a person's is never public. ``last_day`` is ``until``, or the day on which it was ended early.
    ``next_due``, ``next_owed``: the oldest rent of which something is owed, kept with each rent.
    """

    STEPS, TOLD = STEPS, TOLD
    BADGES: ClassVar[dict[str, str]] = {
        "drafted": "is-waiting", "decided": "is-working", "signed": "is-closed",
        "ended": "is-unconfirmed", "ended_early": "is-unconfirmed", "withdrawn": "is-unconfirmed",
    }  # fmt: skip
    place_field = "place"
    seen_by = READERS_OF_BOOKS
    missing = _("There is no such contract, or it is not in your charge.")
    shown_with = ("place__parent", "household", "motion__assembly", "renews")

    place = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=16, choices=Way.choices)
    what = models.CharField(max_length=10, choices=What.choices)
    object = models.CharField(max_length=OBJECT_LIMIT)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="+")
    other = NameField(max_length=NAME_LIMIT, blank=True)
    is_person = models.BooleanField(default=True)
    area = models.PositiveIntegerField(null=True)
    since = models.DateField()
    until = models.DateField()
    last_day = models.DateField()
    first_due = models.DateField(null=True)
    next_due = models.DateField(null=True)
    next_owed = FenField(default=0)
    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, null=True, related_name="+")
    signed_on = models.DateField(null=True)
    paper = models.CharField(max_length=PAPER_LIMIT, blank=True)
    ended_how = models.CharField(max_length=8, choices=Ending.choices, blank=True)
    renews = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="renewals")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFTED)

    objects = ContractQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="contract_days"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("since"), last_day__lte=F("until")),
                name="contract_last_day",
            ),
        ]
        indexes = [
            models.Index(fields=["place", "state", "until"], name="contract_place"),
            models.Index(fields=["place", "next_due"], condition=~Q(next_due=None),
                         name="contract_due"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.object

    @property
    def comes_in(self) -> bool:
        return self.way in COMING_IN

    @property
    def has_rent(self) -> bool:
        return self.way in WITH_RENT

    @property
    def is_made(self) -> bool:
        return self.state in MADE

    @property
    def other_side(self) -> str:
        """As those read it who read the books."""
        return self.household.label if self.household else self.other or str(_("Name erased"))

    @property
    def other_name(self) -> str:
        """Its bare name, as the books have it."""
        return self.household.head_name if self.household else self.other

    @property
    def area_told(self) -> str:
        return mu(self.area) if self.area else ""

    @property
    def badge(self) -> str:
        return "is-overdue" if self.is_owed else super().badge

    @property
    def is_owed(self) -> bool:
        """Whether the day of a rent has passed."""
        return self.next_due is not None and self.next_due < clock.today()

    @property
    def owed_told(self) -> str:
        return yuan(self.next_owed)

    @cached_property
    def rent_steps(self) -> "list[RentStep]":
        return sorted(self.rents_of.all(), key=lambda one: one.from_year)

    @property
    def steps_told(self) -> list[tuple[int, int]]:
        return [(one.from_year, one.yearly) for one in self.rent_steps]

    @property
    def schedule(self) -> list[Due]:
        """Its rents, due and paid: two queries."""
        return self._dues(self.first_due, self.last_day, self.steps_told)

    def _dues(self, first_due: date | None, last_day: date, steps: Steps) -> list[Due]:
        if first_due is None:
            return []
        paid: dict[int, int] = {}
        for one in self.rents.standing():
            paid[one.year] = paid.get(one.year, 0) + one.amount
        return dues(first_due, last_day, steps, paid)

    def undo(self, taken: TakenStep) -> None:
        """The steps of its rent stand beside the row."""
        kept = dict(taken.replaced)
        steps = kept.pop("steps", None)
        put_back(self, kept)
        if steps is not None:
            self.write_steps(steps)

    def write_steps(self, steps: Sequence[Sequence[int]]) -> None:
        """A part of actions: the steps of its rent, in place of those that stood."""
        self.rents_of.all().delete()
        RentStep.objects.bulk_create(
            RentStep(contract=self, from_year=year, yearly=fen) for year, fen in steps
        )
        vars(self).pop("rent_steps", None)

    def owed(self, *, made: bool | None = None, **told: Any) -> dict[str, Any]:
        """What its row keeps of the oldest rent that is owed; ``told`` is what is about to change
        (``first_due``, ``last_day``, ``steps``)."""
        stood = {"first_due": self.first_due, "last_day": self.last_day, "steps": self.steps_told}
        is_made = self.is_made if made is None else made
        first = first_owed(self._dues(**(stood | told))) if is_made else None
        return {"next_due": first and first.day, "next_owed": first.owed if first else 0}


class ContractStep(TakenStep):
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="steps")


class RentStep(models.Model):
    """From which year of the contract on how much is to be paid a year."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="rents_of")
    from_year = models.PositiveSmallIntegerField()
    yearly = FenField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "from_year"], name="rent_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.from_year}: {yuan(self.yearly)}"


class RentQuerySet(PlacedQuerySet["Rent"]):
    def standing(self) -> Self:
        """Those that were not taken back in the books."""
        return self.filter(entry__reversed_by=None)


class Rent(Placed):
    """A rent that came in, or was paid, for a year of a contract; the books have it as ``entry``:
    what is taken back there counts here no more."""

    place_field = "contract__place"
    seen_by = READERS_OF_BOOKS
    missing = _("There is no such contract, or it is not in your charge.")

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="rents")
    year = models.PositiveSmallIntegerField()
    amount = FenField()
    day = models.DateField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    objects = RentQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.contract_id} {self.year} {yuan(self.amount)}"

    @property
    def place_code(self) -> str:
        return self.contract.place_id

    @property
    def told(self) -> StrOrPromise:
        return yuan(self.amount)

    @property
    def is_taken_back(self) -> bool:
        return self.entry.is_taken_back


def mu(area: int) -> str:
    """Hundredths of a mu as one writes them: 1,500; 12.5."""
    whole, rest = divmod(area, 100)
    return f"{whole:,}" + (f".{rest:02d}".rstrip("0") if rest else "")


def exact_mu(area: int | None) -> Decimal | None:
    """The same as a number, for cells of spreadsheets."""
    return None if area is None else Decimal(area) / 100
