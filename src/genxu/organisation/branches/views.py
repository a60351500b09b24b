"""The pages of Party organisations: the list, one of them, its steps."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from genxu.core.access import Actor
from genxu.core.steps import StepPage
from genxu.regions.lists import PlacedList

from . import forms, queries, rules
from .models import Organisation
from .sheets import COLUMNS

Step = StepPage[Organisation]


class OrganisationList(PlacedList[forms.OrganisationsForm, Organisation]):
    """All organisations in the actor's charge; the sheet names who leads, and is logged."""

    permission = rules.see_organisations
    form = forms.OrganisationsForm
    template = "branches/list.html"
    title = gettext_lazy("Party organisations")
    address = "organisations"
    columns = COLUMNS
    noted_as = rules.see_organisations.name

    def rows(self, actor: Actor) -> QuerySet[Organisation]:
        return queries.organisation_list(actor)

    def context(self, form: forms.OrganisationsForm, fragment: bool) -> dict[str, Any]:
        actor = form.actor
        drafts = actor.plays(rules.draft_organisation.roles)
        return {
            **super().context(form, fragment),
            "brings": actor.plays(rules.register_organisations.roles),
            "can_draft": drafts and queries.hamlets_without(actor).exists(),
        }


organisations = OrganisationList()
