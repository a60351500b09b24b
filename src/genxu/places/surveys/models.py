"""The survey of a year in a hamlet, and what its households said.

What one household earns is sensitive: it is read by who noted it and by the household itself, and
by nobody else; each reading is logged. All others read a mean, never of fewer than ``FEWEST``.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.money import FenField, yuan
from genxu.people.history import Living, TakenStep
from genxu.people.models import Account, Household
from genxu.people.roles import KEEPERS
from genxu.regions.placed import InHamlet, PlacedQuerySet

from .workflow import STEPS, TOLD, State

FEWEST = 10
"""Of fewer households no mean is told: one could be known by it."""
FIRST_YEAR, MOST_PERSONS, MOST_INCOME = 2000, 30, 10_000_000_00


class SurveyQuerySet(PlacedQuerySet["Survey"]):
    def standing(self) -> Self:
        return self.exclude(state=State.WITHDRAWN)


class Survey(Living):
    """What the households of a hamlet earned in a year, asked after it was over. ``closed_on``:
    from then on its mean is told."""

    STEPS, TOLD = STEPS, TOLD
    BADGES: ClassVar[dict[str, str]] = {
        "asking": "is-working", "closed": "is-closed", "withdrawn": "is-unconfirmed",
    }  # fmt: skip
    seen_by = KEEPERS
    missing = _("There is no such survey, or it is not in your charge.")
    shown_with = ("hamlet__parent",)

    year = models.PositiveSmallIntegerField()
    closed_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKING)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hamlet", "year"], condition=~Q(state="withdrawn"), name="survey_once"
            ),
        ]
        indexes = [models.Index(fields=["hamlet", "-year"], name="survey_place")]

    def __str__(self) -> str:
        return str(_("Incomes of %(year)s") % {"year": self.year})

    @property
    def is_asking(self) -> bool:
        return self.state == State.ASKING


class SurveyStep(TakenStep):
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="steps")


class IncomeQuerySet(PlacedQuerySet["Income"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those that she noted herself, where she still holds the office."""
        return super().visible_to(actor).filter(asked_by=actor.account_id or 0)

    def counted(self) -> Self:
        """Those that a mean is made of: said, and of no double."""
        return self.filter(declined=False, household__merged_into=None)

    def told(self) -> Self:
        """Of these, those of the last year that was over when the survey was closed."""
        rows = self.counted().filter(survey__state=State.CLOSED)
        return rows.filter(survey__closed_on__year=F("survey__year") + 1)


class Income(InHamlet):
    """What a household said: so many persons, so much (fen); or that it would rather not say.
    ``own``: that word is its own, and nobody asks it again this year."""

    seen_by = KEEPERS
    missing = _("There is no such survey, or it is not in your charge.")

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="answers")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    declined = models.BooleanField(default=False)
    persons = models.PositiveSmallIntegerField(default=0)
    income = FenField(null=True)
    asked_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_on = models.DateField()
    own = models.BooleanField(default=False)

    objects = IncomeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "household"], name="answer_once"),
            models.CheckConstraint(
                condition=Q(declined=True, income=None, persons=0)
                | Q(declined=False, income__gte=0, persons__gte=1),
                name="answer_says_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.household_id}"

    @property
    def told(self) -> str:
        """For the household itself."""
        if self.declined:
            return str(_("You would rather not say."))
        said = _("%(sum)s yuan, %(persons)s persons")
        return str(said % {"sum": yuan(self.income or 0), "persons": self.persons})
