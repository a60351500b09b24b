"""The forms of a survey: its year, what a household says."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.forms import ActionForm, day_field, number_field
from genxu.core.money import YuanField
from genxu.core.steps import StepForm
from genxu.people.models import Household
from genxu.people.picking import meant
from genxu.regions.lists import ListForm, choice_box, words_box

from .models import FIRST_YEAR, MOST_INCOME, MOST_PERSONS, Survey
from .workflow import State

WHO_LIMIT = 60


def last_year() -> int:
    return clock.today().year - 1


class BeginForm(ActionForm):
    year = number_field(_("Which year?"), FIRST_YEAR, 9999, initial=last_year)


class AnswerForm(StepForm[Survey]):
    """One household; the next one follows."""

    household = forms.CharField(
        label=_("Which household?"), max_length=WHO_LIMIT,
        widget=forms.TextInput(
            {"list": "households", "autocomplete": "off", "data-behaviour": "pick"}
        ),
    )  # fmt: skip
    declined = forms.BooleanField(label=_("It would rather not say"), required=False)
    persons = number_field(_("How many persons live of it?"), 1, MOST_PERSONS, required=False)
    income = YuanField(
        label=_("What they earned together in the year (yuan)"), least=0, most=MOST_INCOME,
        required=False, help_text=_("As they say it; nobody asks for papers."),
    )  # fmt: skip
    asked_on = day_field(_("Day of asking"), initial=clock.today)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Household.objects.living_here().filter(hamlet=self.row.hamlet_id)
        self.households: Sequence[Household] = list(rows.order_by("number"))

    def clean_household(self) -> Household:
        found = meant(str(self.cleaned_data["household"]), self.households)
        if found is None:
            raise forms.ValidationError(_("Please choose a household of the list."))
        return found


class SurveysForm(ListForm):
    looks_in = ("hamlet__name",)
    words = words_box(_("Name of the hamlet"))
    state = choice_box(_("Stands at"), State.choices)
