"""Which page takes which step of a contract."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.money import yuan
from genxu.core.pages import ActorRequest
from genxu.core.steps import ReasonForm, StepForm, StepPage
from genxu.people.living_steps import LivingSteps

from . import actions, forms, queries, rent_actions, rules
from .hints import hints, needs_decision
from .models import Contract

WITH_TERMS = ("correct", "renew")


class ContractSteps(LivingSteps[Contract]):
    """A contract: what it says, its rents year by year, what should be thought of."""

    name, listed, model = "contract", "contracts", Contract
    sees, shown = rules.see_contracts, "contracts/contract.html"

    def facts(self, request: ActorRequest, row: Contract) -> dict[str, Any]:
        return {
            "rents": queries.rents_of(row),
            "schedule": row.schedule,
            "today": clock.today(),
            "hints": hints(row),
            "needs_decision": needs_decision(row),
            "renewals": list(row.renewals.order_by("pk")),
            "knows_who": True,
        }

    def template_of(self, step: StepPage[Contract]) -> str:
        return "contracts/terms.html" if step.name in WITH_TERMS else self.template

    def done(
        self, request: ActorRequest, step: StepPage[Contract], row: Contract, after: Any
    ) -> HttpResponse:
        """What was paid beyond what was due is said."""
        found = super().done(request, step, row, after)
        if step.name == "note_rent":
            over = sum(one.over for one in after.schedule)
            if over:
                told = gettext("%(sum)s yuan more than was due have been paid. Is that right?")
                messages.warning(request, told % {"sum": yuan(over)})
        return found


CONTRACTS = ContractSteps(
    StepPage("decide", actions.decide_contract, forms.DecideForm,
             _("A contract that is large, long, or gives shares, is decided by a meeting."),
             said=_("Noted."), check=actions.check_draft_decided),
    StepPage("sign", actions.sign_contract, forms.SignForm,
             _("From then on its land and its rents count."), said=_("It is signed."),
             check=actions.check_may_be_signed),
    StepPage("note_rent", rent_actions.note_rent, forms.RentForm,
             _("It stands in the books at once."), said=_("Noted, and written in the books."),
             check=rent_actions.check_may_be_paid),
    StepPage("close", actions.close_contract, StepForm,
             _("Its last day has passed, and what was let is back."), said=_("Noted."),
             check=actions.check_over, primary=False),
    StepPage("renew", actions.renew_contract, forms.RenewForm,
             _("A new contract that names this one; nothing binds before it is signed."),
             label=_("Renew it"), said=_("Drafted. Nothing binds before it is signed."),
             check=actions.check_renewal, primary=False),
    StepPage("correct", actions.correct_contract, forms.CorrectForm,
             said=_("Corrected."), primary=False),
    StepPage("redraft", actions.redraft_contract, ReasonForm,
             _("The decision on it falls away: a meeting decides anew."), said=_("Noted."),
             primary=False),
    StepPage("take_back_rent", rent_actions.take_back_rent, forms.TakeBackForm,
             _("The books take it back with the reason, and it is owed again."),
             said=_("Taken back. It is owed again."), check=rent_actions.check_has_rents,
             primary=False),
    StepPage("end_early", actions.end_early, forms.EndForm,
             _("Rents that fall due after its last day are owed no more."),
             said=_("It was ended early."), primary=False),
    StepPage("withdraw", actions.withdraw_contract, ReasonForm,
             _("Only if it came to nothing, or was written by mistake."), said=_("Withdrawn."),
             check=actions.check_no_rent, primary=False),
)  # fmt: skip
