"""Which page takes which step: its form, its action, its button."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from genxu.core.actions import Action
from genxu.core.pages import ActorRequest
from genxu.core.steps import StepForm, StepPage, WordsForm, say_taken
from genxu.people.living_steps import LivingSteps
from genxu.people.roles import KEEPERS

from . import actions, forms, queries, rules
from .models import CentreHousehold
from .workflow import OPEN, State


class CentreHouseholdSteps(LivingSteps[CentreHousehold]):
    """The steps of a centre household, the one to be expected next first."""

    name, listed = "centre_household", "centre_households"
    model = CentreHousehold
    template = "centre_households/step.html"
    sees, shown = rules.see_centre_households, "centre_households/centre_household.html"

    def facts(self, request: ActorRequest, row: CentreHousehold) -> dict[str, Any]:
        queries.count_voices([row])
        actor, own = request.actor, rules.is_own(request.actor, row)
        keeps = actor.holds(KEEPERS, row.hamlet_id)
        return {
            "one": row,
            "keeps": keeps,
            "own": own,
            "history": row.history() if keeps or own else [],
            "consent_form": forms.ConsentForm(one=row) if own else None,
            "stands": row.state in OPEN,
            "writes": row.state == State.NOMINATED and rules.writes_for(actor, row.hamlet),
            "prints": row.is_serving and bool(rules.print_paper(actor, centre_household=row)),
        }

    def context(
        self, request: ActorRequest, step: StepPage[CentreHousehold], row: CentreHousehold
    ) -> dict[str, Any]:
        queries.count_voices([row])
        return {"one": row, "keeps": request.actor.holds(KEEPERS, row.hamlet_id)}

    def done(
        self, request: ActorRequest, step: StepPage[CentreHousehold], row: CentreHousehold,
        after: CentreHousehold,
    ) -> HttpResponse:  # fmt: skip
        """Back to its page; whoever resigned and has no other role is thanked and signed out."""
        now = request.actor
        if after.state == State.LEFT and after.account and after.account_id == now.account_id:
            now = after.account.actor()
            if not now.grants:
                logout(request)
                text = gettext("Noted. Thank you for all you did for the neighbours.")
                messages.success(request, text)
                return redirect("welcome")
        text = gettext("Noted. It now stands at: %s.") % after.get_state_display()
        say_taken(request, text)
        seen = CentreHousehold.objects.visible_to(now).filter(pk=after.pk).exists()
        return redirect("centre_household", after.pk) if seen else redirect("home")


def _page(
    name: str,
    action: "Action[..., CentreHousehold]",
    form: type[StepForm[CentreHousehold]],
    explained: Any = "",
    **more: Any,
) -> StepPage[CentreHousehold]:
    more.setdefault("check", actions.check_has_a_name)
    return StepPage(name, action, form, explained, **more)


PAGES = CentreHouseholdSteps(
    _page("select", actions.select_candidate, WordsForm,
          _("The township is asked to appoint.")),
    _page("appoint", actions.appoint_centre_household, forms.AppointForm,
          _("Certificate number and account are given at once.")),
    _page("renew", actions.renew_term, forms.RenewForm,
          _("The number of the certificate stays."), check=actions.check_is_due),
    _page("pass_over", actions.pass_over_candidate, forms.PassOverForm, primary=False),
    _page("send_back", actions.send_back_candidate, forms.SendBackForm, primary=False),
    _page("withdraw", actions.withdraw_candidacy, WordsForm, primary=False),
    _page("correct", actions.correct_centre_household, forms.CorrectForm, primary=False),
    _page("end", actions.end_service, forms.EndForm,
          _("The households that it looks after are then free for another one."),
          step="leave", label=_("End the service"), primary=False, dangerous=True),
    _page("resign", actions.resign_service, WordsForm,
          _("From today you are no centre household any more."),
          step="leave", label=_("Give it back"), primary=False, dangerous=True),
    _page("erase", actions.erase_centre_household, forms.StepForm,
          _("Name and words are gone for good. The days and the number stay."),
          primary=False, dangerous=True),
)  # fmt: skip
