"""The pages of Party organisations: the list, one of them, its steps."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from genxu.core.access import Actor
from genxu.core.pages import ActorRequest, page
from genxu.core.steps import StepPage
from genxu.regions.lists import PlacedList

from . import forms, queries, rules
from .models import Organisation
from .reading import note_members_read
from .sheets import COLUMNS
from .steps import PAGES, WANT_SOUND
from .workflow import State

Step = StepPage[Organisation]


class OrganisationList(PlacedList[forms.OrganisationsForm, Organisation]):
    """All organisations in the actor's charge; the sheet names who leads, and is logged."""

    permission = rules.see_organisations
    form = forms.OrganisationsForm
    template = "branches/list.html"
    title = gettext_lazy("Party organisations")
    address = "organisations"
    sheet_address = "organisations_export"
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


@page(rules.see_organisations)
def organisation_page(request: ActorRequest, pk: int) -> HttpResponse:
    """One organisation: where it stands, what it meets, who belongs to it, what comes next."""
    organisation = Organisation.objects.one_for(request.actor, pk)
    sees = queries.may_see_members(request.actor, organisation)
    members = queries.members_of(request.actor, organisation) if sees else []
    if members:
        note_members_read(request.actor, organisation)
    return render(
        request,
        "branches/organisation.html",
        {
            "organisation": organisation,
            "served": queries.served_by(organisation),
            "head": queries.secretary_of(organisation),
            "sees_members": sees,
            "members": members,
            "election": queries.last_election(organisation),
            "keeps": bool(rules.add_member(request.actor, organisation=organisation)),
            **_what_next(request, organisation),
        },
    )


def _what_next(request: ActorRequest, organisation: Organisation) -> dict[str, Any]:
    """How it stands before the rules, what happened, and what may be done: one act goes first."""
    actor = request.actor
    standing = queries.standing_of(organisation)
    history = queries.history(organisation)
    steps = PAGES.open(actor, organisation)
    if standing.faults and not organisation.is_standing:
        steps = [step for step in steps if step.name not in (*WANT_SOUND, "duties")]
    first = _first_step(steps)
    leads_to = _leads_to(steps, organisation)
    may_change = bool(rules.change_draft(actor, organisation=organisation))
    return {
        "standing": standing,
        "history": history,
        "returned": history[-1] if organisation.state == State.RETURNED else None,
        "changes": organisation.is_draft and may_change,
        "first": first,
        "first_form": PAGES.form(request, first, organisation) if first else None,
        "leads_to": leads_to,
        "steps": [step for step in steps if step not in (first, leads_to)],
    }


def _first_step(steps: list[Step]) -> Step | None:
    """The step that is expected next and whose form stands on the page itself, if there is one."""
    return next((step for step in steps if step.name in WANT_SOUND), None)


def _leads_to(steps: list[Step], organisation: Organisation) -> Step | None:
    """The re-election, when its time has come; its form needs a page of its own."""
    if not (organisation.is_term_over or organisation.is_term_due_soon):
        return None
    return next((step for step in steps if step.name == "re_elect"), None)
