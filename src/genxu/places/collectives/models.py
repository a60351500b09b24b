"""A collective at a village or a hamlet: its charter as it held on each day, who has an office,
who is a member, which shares each household holds."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.codes import CODE_LENGTH, new_code
from genxu.core.errors import Invalid
from genxu.core.names import NameField
from genxu.core.promises import StrOrPromise
from genxu.organisation.assemblies.models import Motion
from genxu.people.history import LivingAt, TakenStep
from genxu.people.models import Account, Household
from genxu.people.roles import Role
from genxu.regions.models import Region
from genxu.regions.placed import Placed, PlacedQuerySet

from .law import Gained, Lost
from .workflow import FILING, FILING_TOLD, MEMBERSHIP, MEMBERSHIP_TOLD, Filed, State

NAME_LIMIT, NUMBER_LIMIT, PERSON_LIMIT, KIND_LIMIT, WORDS_LIMIT = 60, 20, 40, 20, 200
OF_AGE = 18
"""From this year of life on somebody votes at the members' meeting (第二十六条)."""
SHARE = 100
"""Shares are counted in hundredths."""
MOST_SHARES = 10**9
TERM_YEARS = 5
SEERS = (
    Role.SECRETARY, Role.VILLAGE_STAFF, Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF,
    Role.BOOKKEEPER, Role.SUPERVISOR,
)  # fmt: skip
"""The roll names people: those who keep it, those with whom it is filed (第十二条), and those who
watch over the money that is shared out by it."""


class CollectiveQuerySet(PlacedQuerySet["Collective"]):
    def standing(self) -> Self:
        return self.filter(ended_on=None)


class Collective(Placed):
    """A collective (农村集体经济组织). Other apps ask ``reserve_rate_on`` and ``queries``."""

    place_field = "place"
    seen_by = SEERS
    missing = _("There is no such collective, or it is not in your charge.")
    shown_with = ("place__parent",)

    place = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=NAME_LIMIT)
    number = models.CharField(max_length=NUMBER_LIMIT, blank=True)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = CollectiveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place"], condition=Q(ended_on=None), name="one_collective_a_place"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_standing(self) -> bool:
        return self.ended_on is None

    @property
    def ended(self) -> StrOrPromise:
        """Why nothing new is written of it; empty while it stands."""
        return "" if self.is_standing else _("This collective has ended; it stays to be read.")

    def charter_on(self, day: date) -> "Charter":
        """What its charter said on a day; ``Invalid`` for one before there was any."""
        rows = self.charters.filter(withdrawn_on=None, since__lte=day)
        found: Charter | None = rows.order_by("-since", "-pk").first()
        if found is None:
            text = _("The charter of %(name)s begins on %(day)s.")
            told = {"name": self.name, "day": self.since.isoformat()}
            raise Invalid({"day": str(text) % told})
        return found

    def reserve_rate_on(self, day: date) -> int:
        """How much of a year's income goes to the reserve (公积公益金) by the charter of that day,
        per mille."""
        return self.charter_on(day).reserve_rate

    def moved_on(self) -> None:
        """A part of actions: it has another version now."""
        self.version += 1
        self.save(update_fields=["version"])


class ShareKind(models.TextChoices):
    MEMBER = "member", _("Member share")
    LAND = "land", _("Land for shares")
    RENT = "rent", _("Rent as shares")
    OTHER = "other", _("Another share by the charter")


class Charter(Placed):
    """What the charter chose, from a day until the next one's; ``motion`` carried it (none for
    what was decided before Genxu).

    ``reserve_rate`` is per mille of a year's income; ``follows``: shares follow births and deaths,
    else they stay whoever is born or dies; ``each`` is what a member has of member shares, and
    ``whole`` what all shares together are, in hundredths (None: the charter does not say).
    """

    place_field = "place"
    seen_by = SEERS
    missing = _("There is no such charter, or it is not in your charge.")

    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="charters")
    place = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    reserve_rate = models.PositiveSmallIntegerField()
    follows = models.BooleanField(default=False)
    each = models.PositiveIntegerField(default=SHARE)
    whole = models.PositiveIntegerField(null=True, blank=True)
    kinds: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    other_name = models.CharField(max_length=KIND_LIMIT, blank=True)
    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, null=True, related_name="+")
    noted_on = models.DateField()
    withdrawn_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["collective", "since"],
                condition=Q(withdrawn_on=None),
                name="one_charter_a_day",
            ),
            models.CheckConstraint(condition=Q(reserve_rate__lte=1000), name="reserve_per_mille"),
        ]

    def __str__(self) -> str:
        return f"{self.collective_id} {self.since}"

    def called(self, kind: str) -> StrOrPromise:
        """What a kind of shares is called there."""
        own = self.other_name if kind == ShareKind.OTHER else ""
        return own or ShareKind(kind).label

    @property
    def offered(self) -> list[tuple[str, StrOrPromise]]:
        return [(kind, self.called(kind)) for kind in ShareKind.values if kind in self.kinds]


class OfficerQuerySet(PlacedQuerySet["Officer"]):
    def serving(self) -> Self:
        return self.filter(until=None)


class Officer(Placed):
    """Who sits on the board (理事会) or supervises it (监事), by name, since and until when; that
    she is no close relative of the others is declared by herself, no relation is kept."""

    class Office(models.TextChoices):
        CHAIR = "chair", _("Chair of the board")
        DEPUTY = "deputy", _("Deputy chair of the board")
        BOARD = "board", _("On the board")
        HEAD = "head", _("Chief supervisor")
        SUPERVISOR = "supervisor", _("Supervisor of the collective")

    BOARD = (Office.CHAIR, Office.DEPUTY, Office.BOARD)
    place_field = "place"
    seen_by = SEERS
    missing = _("There is no such office, or it is not in your charge.")

    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="officers")
    place = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    name = NameField(max_length=PERSON_LIMIT)
    office = models.CharField(max_length=10, choices=Office.choices)
    since = models.DateField()
    until = models.DateField(null=True)
    declared_on = models.DateField(null=True)

    objects = OfficerQuerySet.as_manager()

    @property
    def ended(self) -> StrOrPromise:
        return self.collective.ended

    def __str__(self) -> str:
        return self.name

    @property
    def on_board(self) -> bool:
        return self.office in self.BOARD


class MembershipQuerySet(PlacedQuerySet["Membership"]):
    def on_roll(self) -> Self:
        """Those that were not entered by mistake, whenever they held."""
        return self.exclude(state=State.WITHDRAWN)

    def on_day(self, day: date) -> Self:
        """Those who were members on a day: on the day on which one leaves, one is none any more."""
        return self.on_roll().filter(Q(until=None) | Q(until__gt=day), since__lte=day)

    def able_on(self, day: date) -> Self:
        """Those of them who are of age in that year: the day of birth is not kept."""
        return self.on_day(day).filter(birth_year__lte=day.year - OF_AGE)


class Membership(LivingAt):
    """Somebody on the roll of members (成员名册): since when and how, until when and why.

    ``apart``: another person of a name that stands there already. ``after_marriage``: she dropped
    out within a year of a marriage, which the township is shown. Withdrawn: it was never so.
    """

    STEPS, TOLD, WORDS_LIMIT = MEMBERSHIP, MEMBERSHIP_TOLD, WORDS_LIMIT
    BADGES: ClassVar[dict[str, str]] = {
        "member": "is-working", "left": "is-closed", "withdrawn": "is-unconfirmed",
    }  # fmt: skip
    place_field = "place"
    seen_by = SEERS
    missing = _("There is no such member, or the roll is not in your charge.")
    shown_with = ("collective__place__parent", "household__hamlet")

    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="memberships")
    place = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    name = NameField(max_length=PERSON_LIMIT)
    birth_year = models.PositiveSmallIntegerField()
    since = models.DateField()
    gained = models.CharField(max_length=10, choices=Gained.choices)
    until = models.DateField(null=True)
    lost = models.CharField(max_length=11, choices=Lost.choices, blank=True)
    apart = models.BooleanField(default=False)
    after_marriage = models.BooleanField(default=False)
    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.MEMBER)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["collective", "household", "name", "birth_year"],
                condition=Q(state=State.MEMBER),
                name="once_on_the_roll",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="roll_in_order"
            ),
        ]
        indexes = [models.Index(fields=["collective", "since"], name="roll_since")]

    @property
    def ended(self) -> StrOrPromise:
        return self.collective.ended

    def __str__(self) -> str:
        return self.name or str(_("Name erased"))

    @property
    def is_member(self) -> bool:
        return self.state == State.MEMBER

    @property
    def is_of_age(self) -> bool:
        return self.birth_year <= clock.today().year - OF_AGE


class MembershipStep(TakenStep):
    """One step of a membership."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="steps")


class Filing(LivingAt):
    """The roll as it was handed in on a day (第十二条): how many members and households it named,
    how many of them had dropped out within a year of a marriage since the last one."""

    STEPS, TOLD, WORDS_LIMIT = FILING, FILING_TOLD, WORDS_LIMIT
    BADGES: ClassVar[dict[str, str]] = {
        "confirmed": "is-closed", "returned": "is-returned", "withdrawn": "is-unconfirmed",
    }  # fmt: skip
    place_field = "place"
    seen_by = SEERS
    missing = _("There is no such filing, or it is not in your charge.")
    shown_with = ("collective__place__parent",)

    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="filings")
    place = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    filed_at = models.DateTimeField()
    members = models.PositiveIntegerField()
    households = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=Filed.choices, default=Filed.FILED)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["collective"], condition=Q(state=Filed.FILED), name="one_filing_waits"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Roll of %(day)s")) % {"day": date_format(self.day, "DATE_FORMAT")}


class FilingStep(TakenStep):
    """One step of a filing."""

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="steps")


class Reason(models.TextChoices):
    """Why shares changed."""

    QUANTIFIED = "quantified", _("Quantified")
    JOINED = "joined", _("Became a member")
    LEFT = "left", _("Is no longer a member")
    INHERITED = "inherited", _("Inherited")
    TRANSFERRED = "transferred", _("Passed on within the collective")
    BROUGHT = "brought", _("Land or rent brought in")
    TAKEN_OUT = "taken_out", _("Land or rent taken out again")
    MOVED = "moved", _("With its member to another household")


class ShareChangeQuerySet(PlacedQuerySet["ShareChange"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_on=None)


class ShareChange(Placed):
    """By how much the shares of a household, or of one member of it, became more or fewer on a day:
    the register on any day is their sum. Never changed; one that was wrong is withdrawn.

    ``change`` is in hundredths of a share, ``area`` of what land was brought in, in hundredths of
    a mu; ``counterpart`` is the other side of what was passed on.
    """

    WORDS_LIMIT: ClassVar[int] = WORDS_LIMIT
    place_field = "place"
    seen_by = SEERS
    missing = _("There is no such share, or the register is not in your charge.")
    shown_with = ("collective__place__parent", "household__hamlet", "membership")

    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="changes")
    place = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="shares"
    )
    kind = models.CharField(max_length=8, choices=ShareKind.choices)
    change = models.IntegerField()
    day = models.DateField()
    reason = models.CharField(max_length=12, choices=Reason.choices)
    area = models.PositiveIntegerField(null=True)
    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, null=True, related_name="+")
    counterpart = models.OneToOneField("self", on_delete=models.CASCADE, null=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_on = models.DateField(null=True)
    why = models.CharField(max_length=WORDS_LIMIT, blank=True)

    objects = ShareChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(change=0), name="no_share_of_nothing"),
        ]
        indexes = [models.Index(fields=["collective", "day"], name="share_day")]

    @property
    def ended(self) -> StrOrPromise:
        return self.collective.ended

    def __str__(self) -> str:
        return f"{self.household_id} {self.kind} {self.change:+d}"


class Certificate(Placed):
    """A share certificate (股权证) of a household as it was issued on a day: what it said is kept
    (``lines``: name, kind, quantity), and ``card`` leads everybody who scans it there. Names are no
    part of what is shown then."""

    place_field = "place"
    seen_by = SEERS
    missing = _("There is no such certificate, or it is not in your charge.")

    collective = models.ForeignKey(
        Collective, on_delete=models.CASCADE, related_name="certificates"
    )
    place = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField()
    card = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code)
    issued_on = models.DateField()
    lines: "models.JSONField[Any, Any]" = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collective", "serial"], name="certificate_serial"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """Of the collective's place, its year, its serial: as it can be read out."""
        return f"{self.place_id} {self.issued_on.year} {self.serial:05}"

    @property
    def total(self) -> int:
        return sum(quantity for _name, _kind, quantity in self.lines)
