"""An appraisal with an entry for each member, what others say of him, an appeal."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.calendar import add_working_days
from genxu.organisation.branches.models import Member, Organisation
from genxu.people.history import Living, TakenStep
from genxu.people.models import Account
from genxu.people.roles import KEEPERS, Role
from genxu.regions.placed import InHamlet, PlacedQuerySet

from .workflow import APPEAL_STEPS, APPEAL_TOLD, STEPS, TOLD, AppealState, Grade, State

WORDS_LIMIT, REASON_LIMIT = 600, 200
DAYS_TO_APPEAL = 10
"""Working days after it was told."""


class Appraisal(Living):
    """民主评议 of an organisation in a year; ``hamlet`` is its seat."""

    STEPS, TOLD = STEPS, TOLD
    BADGES: ClassVar[dict[str, str]] = {"told": "is-closed", "withdrawn": "is-unconfirmed"}
    seen_by = KEEPERS
    missing = _("There is no such appraisal, or it is not in your charge.")
    shown_with = ("hamlet", "organisation")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    begun_on = models.DateField()
    told_on = models.DateField(null=True)
    present = models.PositiveSmallIntegerField(null=True)
    """How many gave a paper at the poll."""
    more_excellent = models.CharField(max_length=REASON_LIMIT, blank=True)
    """Why more than a third are excellent, if they are."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.OWN)

    objects = PlacedQuerySet["Appraisal"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year"],
                condition=~models.Q(state="withdrawn"),
                name="one_appraisal_a_year",
            ),
        ]
        indexes = [models.Index(fields=["hamlet", "year"], name="appraisal_place")]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.year}"

    @property
    def last_day_to_appeal(self) -> date | None:
        return add_working_days(self.told_on, DAYS_TO_APPEAL) if self.told_on else None


class EntryQuerySet(PlacedQuerySet["Entry"]):
    def graded(self) -> Self:
        """Those that get a grade: of full members who are on the list still."""
        return self.filter(is_graded=True, left_on=None)

    def visible_to(self, actor: Actor) -> Self:
        """Those of the organisations that the actor keeps, and his own."""
        own = models.Q(member__account=actor.account_id or 0)
        return self.filter(within(actor, "hamlet", KEEPERS) | own)


class Entry(InHamlet):
    """One member in an appraisal. A probationary member takes part without a grade; so does who
    left the list meanwhile (``left_on``). ``hamlet`` is where he lives: there the word is his."""

    seen_by = (*KEEPERS, Role.MEMBER)
    missing = _("There is no such appraisal, or it is not in your charge.")
    shown_with = ("hamlet", "appraisal__organisation", "member", "own_noted_by")

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="entries")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    is_graded = models.BooleanField()
    left_on = models.DateField(null=True)
    own = models.TextField(_("own word"), max_length=WORDS_LIMIT, blank=True)
    own_noted_by = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    poll: "models.JSONField[dict[str, int], dict[str, int]]" = models.JSONField(default=dict)
    grade = models.CharField(max_length=12, choices=Grade.choices, blank=True)
    reason = models.CharField(max_length=REASON_LIMIT, blank=True)
    version = models.PositiveIntegerField(default=1)
    appealed: "Appeal | None" = None
    """Its appeal, where a list has read it."""
    opens = False
    """Whether whoever reads the list keeps him still."""

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "member"], name="entry_once"),
        ]

    def __str__(self) -> str:
        return str(self.member)

    @property
    def poll_told(self) -> str:
        """What was counted of the papers, such as 优秀 2、合格 6: a hint beside the opinion."""
        return "、".join(f"{one.label} {n}" for one in Grade if (n := self.poll.get(one)))


class Said(InHamlet):
    """What one member says of another one (互评)."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="said")
    by = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=REASON_LIMIT)
    noted_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "by"], name="said_once"),
            models.CheckConstraint(
                condition=~models.Q(entry=models.F("by")), name="said_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} {self.entry_id}"


class AppealQuerySet(PlacedQuerySet["Appeal"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those in the actor's charge, and his own."""
        own = models.Q(entry__member__account=actor.account_id or 0)
        return self.filter(within(actor, "hamlet", KEEPERS) | own)


class Appeal(Living):
    """That a member appeals to the township against his grade."""

    STEPS, TOLD = APPEAL_STEPS, APPEAL_TOLD
    BADGES: ClassVar[dict[str, str]] = {"upheld": "is-closed", "refused": "is-closed"}
    seen_by = (*KEEPERS, Role.MEMBER)
    missing = _("There is no such appeal, or it is not in your charge.")
    shown_with = ("hamlet", "entry__member", "entry__appraisal__organisation")

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="appeal")
    why = models.CharField(_("why"), max_length=REASON_LIMIT)
    on = models.DateField()
    state = models.CharField(max_length=10, choices=AppealState.choices, default=AppealState.RAISED)

    objects = AppealQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.entry)


class AppraisalStep(TakenStep):
    """One step of an appraisal."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="steps")


class AppealStep(TakenStep):
    """One step of an appeal."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="steps")

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.step}"


def can_appeal(appraisal: Appraisal) -> bool:
    last = appraisal.last_day_to_appeal
    return last is not None and clock.today() <= last
