"""Which page takes which step of what came, of what is asked, of a budget."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.cuts import First
from genxu.core.pages import ActorRequest
from genxu.core.steps import ReasonForm, StepForm, StepPage, WordsForm
from genxu.people.living_steps import LivingSteps

from . import actions, budget_actions, choosing, forms, queries, rules, spending_actions
from .models import Budget, Contribution, Spending


class ContributionSteps(LivingSteps[Contribution]):
    """What came: from whom, how much, which entry, whether the bookkeeper has seen it."""

    name, listed, model = "contribution", "contributions", Contribution
    sees = rules.see_contribution
    shown = "funds/contribution.html"

    def facts(self, request: ActorRequest, row: Contribution) -> dict[str, Any]:
        actor, place = request.actor, row.hamlet_id
        return {
            "giver": row.giver_for(actor),
            "prints": actor.holds(rules.NOTERS, place),
            "anew": row.state == "struck" and not hasattr(row, "anew")
            and actor.holds(rules.NOTERS, place),
        }  # fmt: skip


class SpendingSteps(LivingSteps[Spending]):
    """What is asked: who decides, how far the four steps are, what it came to."""

    name, listed, model = "spending", "spendings", Spending
    sees = rules.see_spending
    shown = "funds/spending.html"
    template = "funds/step.html"

    def open(self, actor: Actor, row: Spending) -> list[StepPage[Spending]]:
        """What hangs on the wall already is expected no more."""
        done = {"publish": row.published_on, "tell": row.told_on}
        steps = [replace(one, primary=one.primary and not done.get(one.name))
                 for one in super().open(actor, row)]  # fmt: skip
        return sorted(steps, key=lambda one: not one.primary)

    def form(
        self, request: ActorRequest, step: StepPage[Spending], row: Spending, **more: Any
    ) -> StepForm[Spending]:
        """A payment may bring the picture of its slip."""
        if step.name == "pay" and request.method == "POST":
            more["files"] = request.FILES
        return super().form(request, step, row, **more)

    def facts(self, request: ActorRequest, row: Spending) -> dict[str, Any]:
        return {
            "warnings": list(choosing.warnings_of(row)),
            "beside": First.of(Spending.objects.beside(row).order_by("-asked_on", "-pk"), 5),
            "papers": list(row.entry.papers.all()) if row.entry else [],
        }

    def context(
        self, request: ActorRequest, step: StepPage[Spending], row: Spending
    ) -> dict[str, Any]:
        if step.name == "correct":
            return {"households": choosing.households_in(row.hamlet_id)}
        return {"warnings": list(choosing.warnings_of(row))}


class BudgetSteps(LivingSteps[Budget]):
    """A year: planned, come, spent, with the year before beside it."""

    name, listed, model = "budget", "funds", Budget
    sees = rules.see_budget
    shown = "funds/budget.html"

    def facts(self, request: ActorRequest, row: Budget) -> dict[str, Any]:
        return {"lines": queries.lines_of(row.book, row.year)}


CONTRIBUTIONS = ContributionSteps(
    StepPage("see", actions.see_to_contribution, forms.SeenForm,
             _("Counted in the box, or read on the account: by the bookkeeper, never by whoever "
               "noted it."), said=_("Noted: it is there.")),
    StepPage("thank", actions.note_thanks, forms.ThanksForm, said=_("Noted."),
             check=actions.check_gift, primary=False),
    StepPage("wish", actions.change_wish, forms.WishForm,
             _("The giver's own word. Without it nobody is named."), said=_("Noted."),
             check=actions.check_gift, primary=False),
    StepPage("give_back", actions.give_back_contribution, forms.GiveBackForm,
             _("Out of where it lay. The book keeps both."), said=_("It was given back."),
             primary=False, dangerous=True),
    StepPage("strike", actions.strike_contribution, ReasonForm,
             _("The entry is taken back by another one; then note it anew."),
             said=_("Struck out. Note it anew, if it came otherwise."), primary=False,
             dangerous=True),
)  # fmt: skip

SPENDINGS = SpendingSteps(
    StepPage("decide", spending_actions.decide_spending, forms.DecideForm,
             _("Below the township's limit two in the hamlet decide; the bookkeeper pays."),
             said=_("Decided. Now the bookkeeper pays it."), check=spending_actions.check_small),
    StepPage("resolve", spending_actions.resolve_spending, forms.ResolveForm,
             _("The last of the four steps. Then the township reviews it."),
             said=_("Now the township reviews it."), check=spending_actions.check_brought),
    StepPage("bring", spending_actions.bring_spending, forms.BringForm,
             _("Major spending goes by four steps: proposed, discussed, deliberated, decided. "
               "Note each on its day."),
             said=_("Noted."), check=spending_actions.check_major),
    StepPage("approve", spending_actions.approve_spending, WordsForm,
             _("Look at how it was decided, and what for."), said=_("Approved. It can be paid.")),
    StepPage("send_back", spending_actions.send_back_spending, ReasonForm,
             _("The hamlet explains it, or decides anew."), said=_("Returned, with the reason.")),
    StepPage("pay", spending_actions.pay_spending, forms.PayForm,
             _("On a receipt or an invoice, never on a chit; not more than was decided."),
             said=_("Paid, and booked."), check=spending_actions.check_payable),
    StepPage("publish", spending_actions.publish_decision, forms.PublishForm,
             _("On the wall, where all can read it."), said=_("Noted.")),
    StepPage("explain", spending_actions.explain_spending, ReasonForm,
             _("What the township wants to know. What the meeting decided stands."),
             said=_("The township reviews it again.")),
    StepPage("redo", spending_actions.redo_spending, ReasonForm,
             _("Then it is decided anew, by all four steps."), said=_("It is asked for anew."),
             primary=False),
    StepPage("tell", spending_actions.publish_result, forms.ResultForm,
             _("What it came to, and what came of it."), said=_("Noted.")),
    StepPage("correct", spending_actions.correct_spending, forms.CorrectForm, said=_("Corrected."),
             primary=False),
    StepPage("refuse", spending_actions.refuse_spending, ReasonForm, said=_("Refused."),
             primary=False),
    StepPage("unpay", spending_actions.unpay_spending, forms.UnpayForm,
             _("It came back, or was paid wrongly. The book keeps both."),
             said=_("Taken back. It is to be paid anew."), primary=False, dangerous=True),
    StepPage("withdraw", spending_actions.withdraw_spending, ReasonForm, said=_("Withdrawn."),
             primary=False),
)  # fmt: skip

BUDGETS = BudgetSteps(
    StepPage("change", budget_actions.change_budget, forms.ChangePlanForm,
             _("What was planned before is kept."), said=_("Changed."), primary=False),
)  # fmt: skip
