"""Reading surveys: every list starts at ``visible_to(actor)``."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from genxu.core.access import Actor
from genxu.core.money import FEN
from genxu.people.models import Household

from .models import FEWEST, Income, Survey


def survey_list(actor: Actor) -> QuerySet[Survey]:
    """The newest year first, each with how many were asked."""
    rows: QuerySet[Any] = Survey.objects.visible_to(actor).select_related("hamlet__parent")
    rows = rows.annotate(asked=Count("answers"), said=Count("answers", Q(answers__declined=False)))
    return rows.order_by("-year", "hamlet", "-pk")


@dataclass(frozen=True)
class Line:
    """A household, and what is shown of its answer: the sum only to who noted it."""

    household: Household
    answer: Income | None
    shown: bool


def lines_of(actor: Actor, survey: Survey) -> list[Line]:
    """The households that live there, in the order of doors: two queries. Who moved in or away
    since the year is asked like any other; what was said stays."""
    said = {one.household_id: one for one in survey.answers.select_related("household")}
    here = Household.objects.filter(hamlet=survey.hamlet_id, merged_into=None)
    here = here.filter(Q(left_on=None) | Q(pk__in=said)).order_by("number", "pk")
    found = []
    for one in here:
        answer = said.get(one.pk)
        noted = answer is not None and not answer.declined
        own = answer is not None and actor.account_id == answer.asked_by_id is not None
        found.append(Line(one, answer, noted and own))
    return found


def mean_of(survey: Survey) -> tuple[int | None, int]:
    """Whole yuan a head, and of how many households; None of fewer than ten."""
    rows = Income.objects.counted().filter(survey=survey)
    sums = rows.aggregate(n=Count("pk"), persons=Sum("persons"), income=Sum("income"))
    if sums["n"] < FEWEST:
        return None, sums["n"]
    return sums["income"] // (sums["persons"] * FEN), sums["n"]


def own_incomes(household: Household) -> QuerySet[Income]:
    return Income.objects.filter(household__in=household.entries)


def own_answers(household: Household) -> list[Income]:
    """What was noted of a household, the newest first."""
    return list(
        own_incomes(household).select_related("survey", "asked_by").order_by("-survey__year", "-pk")
    )
