"""Which page takes which step: its form, its action, and when it is offered."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.pages import ActorRequest
from genxu.core.steps import ReasonForm, StepPage, WordsForm, say_taken
from genxu.people.living_steps import LivingSteps

from . import actions, forms, member_actions, queries, rules, term_actions
from .models import Organisation
from .reading import note_members_read
from .workflow import State

NAMES_MEMBERS = ("re_elect", "duties")
"""Steps whose page names members: each reading of them is logged."""
WANT_SOUND = ("request", "approve", "found")
"""Steps on the way to the founding: refused while a rule is not met."""


class OrganisationSteps(LivingSteps[Organisation]):
    """The steps of an organisation."""

    name, listed = "organisation", "organisations"
    model = Organisation
    template = "branches/step.html"
    sees, shown = rules.see_organisations, "branches/organisation.html"

    def open(self, actor: Actor, row: Organisation) -> list[StepPage[Organisation]]:
        """In the order of a life. Who decides on a request sends it back; to withdraw it is for
        those who asked. A group without a term is not re-elected."""
        found = super().open(actor, row)
        others = {"withdraw"} if any(step.name == "approve" for step in found) else set()
        others |= set() if row.has_term else {"re_elect"}
        return [step for step in found if step.name not in others]

    def facts(self, request: ActorRequest, row: Organisation) -> dict[str, Any]:
        """Where it stands, what it meets, who belongs to it; one act goes first."""
        actor, standing, history = request.actor, queries.standing_of(row), row.history()
        sees = queries.may_see_members(actor, row)
        members = queries.members_of(actor, row) if sees else []
        if members:
            note_members_read(actor, row)
        steps = self.open(actor, row)
        if standing.faults and not row.is_standing:
            steps = [step for step in steps if step.name not in (*WANT_SOUND, "duties")]
        first = next((step for step in steps if step.name in WANT_SOUND), None)
        leads_to = self._leads_to(steps, row)
        return {
            "organisation": row,
            "served": queries.served_by(row),
            "head": queries.secretary_of(row),
            "sees_members": sees,
            "members": members,
            "election": queries.last_election(row),
            "keeps": bool(rules.add_member(actor, organisation=row)),
            "standing": standing,
            "history": history,
            "returned": history[-1] if row.state == State.RETURNED else None,
            "changes": row.is_draft and bool(rules.change_draft(actor, organisation=row)),
            "first": first,
            "leads_to": leads_to,
            "steps": [step for step in steps if step not in (first, leads_to)],
        }

    def _leads_to(
        self, steps: list[StepPage[Organisation]], row: Organisation
    ) -> StepPage[Organisation] | None:
        """The re-election, when its time has come; its form needs a page of its own."""
        if not (row.is_term_over or row.is_term_due_soon):
            return None
        return next((step for step in steps if step.name == "re_elect"), None)

    def context(
        self, request: ActorRequest, step: StepPage[Organisation], row: Organisation
    ) -> dict[str, Any]:
        if step.name in NAMES_MEMBERS:
            note_members_read(request.actor, row)
        return {
            "organisation": row,
            "standing": queries.standing_of(row),
            "history": row.history()[-3:],
        }

    def done(
        self, request: ActorRequest, step: StepPage[Organisation], row: Organisation,
        after: Organisation,
    ) -> HttpResponse:  # fmt: skip
        message = gettext("Noted. “%(name)s” stands at: %(state)s.")
        values = {"name": after, "state": after.get_state_display()}
        say_taken(request, message % values)
        return redirect("organisation", after.pk)


PAGES = OrganisationSteps(
    StepPage("request", actions.request_founding, WordsForm,
             _("The township looks at it and approves it, or sends it back with a reason.")),
    StepPage("approve", actions.approve_founding, WordsForm,
             _("The rules are checked against its members as they are today.")),
    StepPage("return", actions.return_founding, ReasonForm,
             _("Whoever prepared it reads the reason, changes the draft and asks again.")),
    StepPage("found", actions.found_organisation, forms.FoundForm,
             _("Who leads it can sign in with the phone number. A branch has five years.")),
    StepPage("re_elect", term_actions.re_elect, forms.ElectionForm,
             _("A valid election begins a new term of five years.")),
    StepPage("duties", member_actions.change_duties, forms.DutiesForm,
             _("If somebody else leads it, the account changes hands at once."),
             label=_("Give out the duties")),
    StepPage("extend", term_actions.extend_term, forms.ExtendForm,
             _("Once in a term, by a year at most."), check=term_actions.check_can_be_extended),
    StepPage("withdraw", actions.withdraw_organisation, WordsForm,
             _("Its hamlets are free for another draft.")),
    StepPage("close", term_actions.close_organisation, ReasonForm,
             _("Its hamlets are free, and nobody leads it any more. "
               "Who leads it loses the access.")),
)  # fmt: skip
