"""What came into a hamlet's fund, what is asked of it, the budget of a year, the township's limit.

The money itself stands in the hamlet's book (``ledger``): a row here that moved money knows its
entry, and the entry its row (``origin``).
"""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.codes import Coded
from genxu.core.money import FenField, yuan
from genxu.core.names import NameField
from genxu.core.promises import StrOrPromise
from genxu.organisation.assemblies.models import Motion
from genxu.organisation.councils.models import Seat
from genxu.people.history import Living, TakenStep
from genxu.people.models import Account, Household
from genxu.people.roles import KEEPERS, READERS_OF_BOOKS, Role
from genxu.places.ledger import chart
from genxu.places.ledger.models import Book, Entry
from genxu.regions.models import Region
from genxu.regions.placed import Placed, PlacedQuerySet

from .workflow import (
    BUDGET_STEPS,
    BUDGET_TOLD,
    CONTRIBUTION_STEPS,
    CONTRIBUTION_TOLD,
    COUNTS,
    OPEN,
    SPENDING_STEPS,
    SPENDING_TOLD,
    STANDS,
    Asked,
    Came,
    Drawn,
)

NAME_LIMIT, WHAT_LIMIT, GOODS_LIMIT, PAPER_LIMIT = 40, 60, 60, 40
LATE_AFTER = 3
"""Money is booked at once (财农〔2021〕121号 第十三条): noted after more days it says so."""
ONE_PURCHASE = timedelta(days=30)
"""What is asked for the same payee within this time may be one purchase cut in pieces (custom)."""
READ_NAMES = (*KEEPERS, Role.BOOKKEEPER, Role.SUPERVISOR, Role.AUDITOR)
"""Who reads the name of a person who gave and does not wish to be named."""


class Source(models.TextChoices):
    """Whence the money for the running of a hamlet comes (the article, third part)."""

    TOWNSHIP = "township", _("Support by the township")
    VILLAGE = "village", _("The village's collective income")
    SOCIETY = "society", _("Given by somebody")
    OWN = "own", _("The hamlet's own collective income")


class Purpose(models.TextChoices):
    OFFICE = "office", _("Office costs")
    UTILITIES = "utilities", _("Water and power")
    REPAIRS = "repairs", _("Repairs and upkeep")
    EVENTS = "events", _("Study and events")
    FACILITIES = "facilities", _("Public facilities")
    OTHER = "other", _("Other spending")


class Purse(models.TextChoices):
    """Where the money lies: the two accounts of it."""

    BANK = chart.BANK, _("The bank account")
    CASH = chart.CASH, _("The cash box")


class ContributionQuerySet(PlacedQuerySet["Contribution"]):
    def unseen(self) -> Self:
        """Money of which the bookkeeper has not said yet that it is there."""
        return self.filter(state=Came.NOTED)


class Contribution(Coded, Living):
    """Something that came into the fund: a sum, or ``goods`` without one.

    ``named``: the giver's own consent to be named in public (个人信息保护法 25). ``year`` and
    ``serial`` make the number of its receipt, never given twice in a book. ``motion`` carried it
    where the members have to decide. ``instead`` is what was struck out for it.
    """

    STEPS, TOLD = CONTRIBUTION_STEPS, CONTRIBUTION_TOLD
    BADGES: ClassVar[dict[str, str]] = {
        "seen": "is-closed", "struck": "is-unconfirmed", "given_back": "is-returned",
    }  # fmt: skip
    seen_by = READERS_OF_BOOKS
    missing = _("There is no such money, or it is not in your charge.")
    shown_with = ("hamlet__parent__parent", "book", "entry", "motion__assembly", "noted_by",
                  "instead")  # fmt: skip

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=8, choices=Source.choices)
    day = models.DateField()
    amount = FenField(null=True)
    goods = models.CharField(max_length=GOODS_LIMIT, blank=True)
    purse = models.CharField(max_length=3, choices=Purse.choices, blank=True)
    giver = NameField(max_length=NAME_LIMIT, blank=True)
    is_person = models.BooleanField(default=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="+")
    named = models.BooleanField(default=False)
    thanked_on = models.DateField(null=True)
    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, null=True, related_name="+")
    paper = models.CharField(max_length=PAPER_LIMIT, blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    instead = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="anew")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    noted_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    noted_on = models.DateField()
    state = models.CharField(max_length=10, choices=Came.choices, default=Came.NOTED)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "year", "serial"], name="receipt_of_fund_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, goods="") | (Q(amount=None) & ~Q(goods="")),
                name="contribution_is_money_or_goods",
            ),
        ]
        indexes = [models.Index(fields=["hamlet", "-day", "-id"], name="contribution_place")]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.number}"

    @property
    def number(self) -> str:
        """As it stands on its receipt."""
        return f"{self.year}-{self.serial:03}"

    @property
    def is_money(self) -> bool:
        return self.amount is not None

    @property
    def counts(self) -> bool:
        return self.state in STANDS

    @property
    def what(self) -> str:
        """The sum, or the things."""
        return yuan(self.amount) if self.amount else self.goods

    @property
    def is_gift(self) -> bool:
        return self.source == Source.SOCIETY

    @property
    def days_late(self) -> int:
        """So many days it was noted after it had come; 0 while that is at once."""
        late = (self.noted_on - self.day).days
        return late if late > LATE_AFTER else 0

    def giver_for(self, actor: Actor) -> StrOrPromise:
        """The giver, as this reader is told."""
        if not self.is_person or self.named or actor.holds(READ_NAMES, self.hamlet_id):
            return self.giver or (_("Name erased") if self.is_gift else "")
        return _("A villager")


class ContributionStep(TakenStep):
    """One step in the life of something that came."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="steps")


class SpendingQuerySet(PlacedQuerySet["Spending"]):
    def beside(self, spending: "Spending") -> Self:
        """What else is asked for the same payee about the same time."""
        rows = self.filter(hamlet=spending.hamlet_id, state__in=COUNTS).exclude(pk=spending.pk)
        same = Q(payee=spending.payee) & ~Q(payee="")
        if spending.household_id:
            same |= Q(household=spending.household_id)
        near = (spending.asked_on - ONE_PURCHASE, spending.asked_on + ONE_PURCHASE)
        return rows.filter(same, asked_on__range=near)


class Spending(Living):
    """Something that is asked of the fund, decided, paid.

    ``limit`` is the township's when it was asked: below it two in the hamlet decide, ``major`` goes
    by 四议两公开 and the township's review (财农〔2021〕121号 第七条). ``decided`` is the sum that
    was decided, ``paid`` what it came to. ``own_household``: it goes to that of who decided.
    """

    STEPS, TOLD = SPENDING_STEPS, SPENDING_TOLD
    BADGES: ClassVar[dict[str, str]] = {
        "approved": "is-working", "paid": "is-closed", "sent_back": "is-returned",
        "refused": "is-returned", "withdrawn": "is-unconfirmed",
    }  # fmt: skip
    seen_by = READERS_OF_BOOKS
    missing = _("There is no such spending, or it is not in your charge.")
    shown_with = ("hamlet__parent__parent", "book", "entry", "motion__assembly", "asked_by",
                  "decided_by", "reviewed_by", "paid_by")  # fmt: skip

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=WHAT_LIMIT)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    amount = FenField()
    payee = NameField(max_length=NAME_LIMIT, blank=True)
    is_person = models.BooleanField(default=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="+")
    wanted_on = models.DateField(null=True)
    asked_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_on = models.DateField()
    limit = FenField()
    major = models.BooleanField(default=False)
    proposed_on = models.DateField(null=True)
    discussed_on = models.DateField(null=True)
    deliberated_on = models.DateField(null=True)
    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, null=True, related_name="+")
    decided = FenField(null=True)
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    beside = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, related_name="+")
    beside_name = NameField(max_length=NAME_LIMIT, blank=True)
    reviewed_on = models.DateField(null=True)
    reviewed_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    published_on = models.DateField(null=True)
    told_on = models.DateField(null=True)
    own_household = models.BooleanField(default=False)
    paid = FenField(null=True)
    paid_on = models.DateField(null=True)
    purse = models.CharField(max_length=3, choices=Purse.choices, blank=True)
    paper = models.CharField(max_length=PAPER_LIMIT, blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    paid_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=9, choices=Asked.choices, default=Asked.ASKED)

    objects = SpendingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="spending_asks_for_something"),
            models.CheckConstraint(
                condition=Q(paid=None) | Q(paid__lte=models.F("decided")),
                name="spending_within_what_was_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state=Asked.PAID) | Q(decided__gt=0, paid__gt=0, entry__isnull=False),
                name="spending_paid_is_booked",
            ),
        ]
        indexes = [
            models.Index(fields=["hamlet", "-asked_on", "-id"], name="spending_place"),
            models.Index(fields=["state", "hamlet"], name="spending_state"),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def sum(self) -> int:
        """What it came to, or what was decided, or asked for."""
        fen: int = self.paid or self.decided or self.amount
        return fen

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def counts(self) -> bool:
        return self.state in COUNTS

    @property
    def days(self) -> tuple[date | None, ...]:
        """Of the first three steps of the four, in their order."""
        return self.proposed_on, self.discussed_on, self.deliberated_on

    @property
    def people(self) -> set[int]:
        """Whoever asked for it, corrected it, decided it or reviewed it: none of them pays it."""
        corrected = self.steps.filter(step="correct").values_list("by", flat=True)
        keys = (self.asked_by_id, self.decided_by_id, self.reviewed_by_id, *corrected)
        return {key for key in keys if key is not None}


class SpendingStep(TakenStep):
    """One step in the life of something that is asked for."""

    spending = models.ForeignKey(Spending, on_delete=models.CASCADE, related_name="steps")


class Budget(Living):
    """What a hamlet plans to spend of its fund in a year, by purpose; each change is kept."""

    STEPS, TOLD = BUDGET_STEPS, BUDGET_TOLD
    BADGES: ClassVar[dict[str, str]] = {"planned": "is-working"}
    seen_by = READERS_OF_BOOKS
    missing = _("There is no such budget, or it is not in your charge.")
    shown_with = ("hamlet__parent__parent", "book")

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    office = FenField(default=0)
    utilities = FenField(default=0)
    repairs = FenField(default=0)
    events = FenField(default=0)
    facilities = FenField(default=0)
    other = FenField(default=0)
    state = models.CharField(max_length=7, choices=Drawn.choices, default=Drawn.PLANNED)

    objects = PlacedQuerySet["Budget"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "year"], name="budget_once")]

    def __str__(self) -> str:
        return str(_("Budget of %s")) % self.year

    def planned(self, purpose: str) -> int:
        fen: int = getattr(self, purpose)
        return fen

    @property
    def total(self) -> int:
        return sum(self.planned(purpose) for purpose in Purpose.values)


class BudgetStep(TakenStep):
    """A change of a budget; ``replaced`` keeps what was planned before."""

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="steps")

    @property
    def about(self) -> str:
        """What stood before, by purpose."""
        before = [f"{Purpose(name).label} {yuan(fen)}" for name, fen in self.replaced.items()
                  if name in Purpose.values]  # fmt: skip
        return str(_("Before: %s")) % "、".join(before) if before else ""


class Limit(Placed):
    """From which sum on spending is major in a township: the last one that was set holds."""

    place_field = "place"
    seen_by = READERS_OF_BOOKS
    missing = _("There is no such limit, or it is not in your charge.")

    place = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    amount = FenField()
    set_on = models.DateField()
    set_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["place", "-id"], name="limit_place")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.amount}"
