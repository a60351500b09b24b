"""Entering what was written down at the doors, one row a household.

A hamlet without a survey of that year gets one. What a household has said itself is left alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.bulk import insert_rows, update_rows
from genxu.core.promises import StrOrPromise
from genxu.core.sheets.intake import twice
from genxu.core.sheets.outcomes import CHANGED, NEW, SAME, Fate, Outcome, wrong
from genxu.people.history import begin_many
from genxu.people.register import Register
from genxu.regions.batches import HamletIntake

from . import rules
from .actions import wrong_answer, wrong_year
from .models import Income, Survey, SurveyStep
from .workflow import BEGIN, State

GIVEN = ("declined", "persons", "income", "asked_by", "asked_on")
Key = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class IncomeRow:
    """What a household said of a year: persons and fen, or that it would rather not."""

    hamlet: str
    year: int
    household_number: int
    persons: int | None = None
    income: int | None = None
    declined: bool = False

    def cleaned(self) -> "IncomeRow":
        return self

    def problems(self) -> Mapping[str, StrOrPromise]:
        found = wrong_answer(self.persons, self.income, declined=self.declined)
        year = wrong_year(self.year)
        return found | ({"year": year} if year else {})

    @property
    def said(self) -> tuple[bool, int, int | None]:
        return self.declined, 0 if self.declined else self.persons or 0, self.income


class IncomeIntake(HamletIntake[IncomeRow]):
    """What households said in surveys of incomes."""

    def parents(self) -> Iterable[QuerySet[Survey]]:
        """Whoever notes a single answer holds its survey."""
        return [Survey.objects.standing().filter(hamlet__in=self.hamlets)]

    def touched(self) -> Sequence[Iterable[int]]:
        return [{one.pk for one in self.surveys.values()}]

    def read(self) -> None:
        years = {row.year for row in self.rows}
        rows = Survey.objects.standing().filter(hamlet__in=self.hamlets, year__in=years)
        self.surveys = {(one.hamlet_id, one.year): one for one in rows}
        said = Income.objects.filter(survey__in=self.surveys.values())
        self.said = {(one.survey_id, one.household_id): one for one in said}
        self.register = Register(self.hamlets)
        self.after: dict[Key, IncomeRow] = {}

    def judge(self, row: IncomeRow) -> Outcome:
        household = self._household(row)
        if household is None:
            text = _("There is no household No. %s in this hamlet.")
            return wrong({"household_number": text % row.household_number})
        survey = self.surveys.get((row.hamlet, row.year))
        if survey and not survey.is_asking:
            return wrong({"year": _("The survey of this year is closed. Open it once more first.")})
        key = (row.hamlet, row.year, household)
        if earlier := self.after.get(key):
            return twice("household_number", alike=earlier == row)
        self.after[key] = row
        stands = self.said.get((survey.pk, household)) if survey else None
        if stands is None:
            return NEW
        if stands.own:
            told = _("This household has said itself that it would rather not say.")
            return wrong({"household_number": told})
        return SAME if (stands.declined, stands.persons, stands.income) == row.said else CHANGED

    def write(self, actor: Actor) -> None:
        pairs = zip(self.rows, self.outcomes, strict=True)
        rows = [row for row, one in pairs if one.fate in (Fate.NEW, Fate.CHANGED)]
        self._begin_missing(actor, rows)
        new, changed = [], []
        for row in rows:
            survey, household = self.surveys[row.hamlet, row.year].pk, self._household(row)
            given = (*row.said, actor.account_id, clock.today())
            stands = self.said.get((survey, household or 0))
            if stands:
                changed.append((*given, stands.pk))
            else:
                new.append((*given, row.hamlet, survey, household))
        update_rows(Income, GIVEN, changed)
        insert_rows(Income, (*GIVEN, "hamlet", "survey", "household"), new)

    def _begin_missing(self, actor: Actor, rows: Iterable[IncomeRow]) -> None:
        """A survey for each hamlet and year that has rows and none."""
        missing = sorted({(row.hamlet, row.year) for row in rows} - set(self.surveys))
        insert_rows(Survey, ("hamlet", "year"), missing)
        codes = {code for code, _year in missing}
        made: list[Any] = []
        for one in Survey.objects.standing().filter(hamlet__in=codes):
            if (one.hamlet_id, one.year) in missing:
                self.surveys[one.hamlet_id, one.year] = one
                made.append((one.pk, one.hamlet_id))
        begin_many(SurveyStep, made, actor, BEGIN, State.ASKING)

    def _household(self, row: IncomeRow) -> int | None:
        known = self.register.by_number.get((row.hamlet, row.household_number))
        return known.pk if known and known.lives_here else None


record_incomes = IncomeIntake.action(rules.record_incomes)
