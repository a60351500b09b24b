"""The pages of Party organisations: the list, one of them, its steps."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core.access import Actor
from genxu.core.forms import posted
from genxu.core.journal import note_read
from genxu.core.pages import ActorRequest, View, page
from genxu.regions.lists import PlacedList

from . import forms, queries, rules
from .models import Organisation
from .sheets import COLUMNS
from .steps import STEP_PAGES, StepPage, open_steps
from .workflow import State

WANT_SOUND = ("request", "approve", "found")
"""Steps on the way to the founding: refused while a rule is not met."""


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
    organisation = queries.visible_organisation(request.actor, pk)
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
    steps = open_steps(actor, organisation)
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
        "first_form": _step_form(request, first, organisation) if first else None,
        "leads_to": leads_to,
        "steps": [step for step in steps if step not in (first, leads_to)],
    }


def _first_step(steps: list[StepPage]) -> StepPage | None:
    """The step that is expected next and whose form stands on the page itself, if there is one."""
    return next((step for step in steps if step.name in WANT_SOUND), None)


def _leads_to(steps: list[StepPage], organisation: Organisation) -> StepPage | None:
    """The re-election, when its time has come; its form needs a page of its own."""
    if not (organisation.is_term_over or organisation.is_term_due_soon):
        return None
    return next((step for step in steps if step.name == "re_elect"), None)


def note_members_read(actor: Actor, organisation: Organisation) -> None:
    """Membership is sensitive: each reading of names is logged."""
    note_read(actor=actor, action=rules.see_members.name, subject=organisation)


def _step_form(request: ActorRequest, step: StepPage, organisation: Organisation) -> forms.StepForm:
    start = {"version": organisation.version, "client_id": uuid4()}
    return step.form(posted(request), organisation=organisation, actor=request.actor, initial=start)


def step_view(step: StepPage) -> View:
    """The page of one step: its form, and on POST its action, which asks the permission itself:
    so a form sent twice is told its first success even where the step no longer fits.
    """

    @page(step.permission, "GET", "POST")
    def take_step(request: ActorRequest, pk: int) -> HttpResponse:
        organisation = queries.visible_organisation(request.actor, pk)
        form = _step_form(request, step, organisation)
        if not form.is_valid():
            step.permission.require(request.actor, organisation=organisation)
            return _step_page(request, step, organisation, form)
        client_id = form.cleaned_data["client_id"]
        with form.taking_refusals(organisation):
            step.action.once(
                client_id, actor=request.actor, organisation=organisation, **form.values()
            )
        if form.errors:
            return _step_page(request, step, organisation, form)
        organisation.refresh_from_db()
        message = _("Noted. “%(name)s” stands at: %(state)s.")
        values = {"name": organisation, "state": organisation.get_state_display()}
        messages.success(request, message % values)
        return redirect("organisation", pk)

    take_step.__name__ = f"take_{step.name}"
    return take_step


def _step_page(
    request: ActorRequest, step: StepPage, organisation: Organisation, form: forms.StepForm
) -> HttpResponse:
    if step.names:
        note_members_read(request.actor, organisation)
    fresh = queries.visible_organisation(request.actor, organisation.pk)
    context: dict[str, Any] = {
        "step": step,
        "organisation": fresh,
        "form": form,
        "standing": queries.standing_of(fresh),
        "history": queries.history(fresh)[-3:],
    }
    return render(request, "branches/step.html", context, status=form.status)


STEP_VIEWS: dict[str, View] = {name: step_view(step) for name, step in STEP_PAGES.items()}
