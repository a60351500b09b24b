"""Surveys: the list, where one begins, one of them as a spreadsheet."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.money import exact_yuan
from genxu.core.pages import ActorRequest, page
from genxu.core.sheets.writing import Out, sheet_response
from genxu.regions.begun import NewPage
from genxu.regions.columns import place_columns
from genxu.regions.lists import PlacedList

from . import actions, forms, queries, rules
from .models import Income, Survey

begin_survey = NewPage(
    "begin_survey", "survey", "surveys", actions.begin_survey, forms.BeginForm,
    _("Begin a survey of incomes"), _("Begun. Go from door to door when it suits them."),
    _("What the households earned in a year that is over. Nobody has to say it."),
)  # fmt: skip


class SurveyList(PlacedList[forms.SurveysForm, Survey]):
    permission = rules.see_surveys
    form = forms.SurveysForm
    template = "surveys/list.html"
    title = _("Surveys of incomes")
    address = "surveys"
    begins = begin_survey

    def rows(self, actor: Actor) -> QuerySet[Survey]:
        return queries.survey_list(actor)


surveys = SurveyList()


@page(rules.read_incomes)
def survey_sheet(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Who was asked; the sums only of what she noted herself, and that is logged."""
    survey = Survey.objects.one_for(request.actor, pk)
    rules.read_incomes.require(request.actor, survey=survey)
    rows = survey.answers.select_related("household", "hamlet__parent").order_by("household")
    return sheet_response(
        request, f"{survey}", columns_for(request.actor), rows,
        noted_as=rules.read_incomes.name, place=survey,
    )  # fmt: skip


def columns_for(actor: Actor) -> list[Out[Income]]:
    def shown(one: Income) -> bool:
        return actor.account_id is not None and actor.account_id == one.asked_by_id

    def income(one: Income) -> Any:
        return exact_yuan(one.income) if shown(one) and one.income is not None else ""

    def word(one: Income) -> str:
        return str(_("Would rather not say") if one.declined else _("Has said it"))

    return [
        *place_columns(),
        Out(_("Number of the door"), "household.number", 10),
        Out(_("Answer"), word, 14),
        Out(_("Persons"), lambda one: one.persons if shown(one) and one.persons else "", 8),
        Out(_("Income (yuan)"), income, 14),
        Out(_("Day of asking"), "asked_on", 12),
    ]
