"""The pages of appraisals: the list, beginning one, one's own."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from genxu.core.access import Actor
from genxu.core.pages import ActorRequest, page
from genxu.organisation.branches.queries import seated_at
from genxu.regions.begun import NewPage
from genxu.regions.lists import PlacedList
from genxu.regions.models import Region

from . import actions, forms, queries, rules
from .models import Appraisal


class BeginAppraisal(NewPage):
    """Of the organisation with its seat in the hamlet."""

    def made_form(self, request: ActorRequest, hamlet: Region) -> forms.BeginForm:
        organisation = seated_at(hamlet)
        form: forms.BeginForm = super().made_form(request, hamlet)
        form.organisation = organisation
        return form

    def given(self, form: forms.BeginForm) -> dict[str, Any]:
        return {"organisation": form.organisation, "year": form.cleaned_data["year"]}


begin = BeginAppraisal(
    "begin_appraisal", "appraisal", "appraisals", actions.begin_appraisal, forms.BeginForm,
    gettext_lazy("Begin the appraisal"), gettext_lazy("Begun: each gives his own word first."),
    gettext_lazy("Own word, each other's, a poll on paper, the branch's opinion."),
)  # fmt: skip


class AppraisalList(PlacedList[forms.AppraisalsForm, Appraisal]):
    """The appraisals of the organisations in the actor's charge."""

    permission = rules.see_appraisals
    form = forms.AppraisalsForm
    template = "appraisals/list.html"
    title = gettext_lazy("Yearly appraisals")
    address = "appraisals"
    begins = begin

    def rows(self, actor: Actor) -> QuerySet[Appraisal]:
        return queries.appraisal_list(actor)


appraisals = AppraisalList()


@page(rules.see_own_appraisals)
def my_appraisals(request: ActorRequest) -> HttpResponse:
    """One's own part, year by year."""
    return render(request, "appraisals/mine.html", {"entries": queries.own_entries(request.actor)})
