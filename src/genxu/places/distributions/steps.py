"""Which page takes which step of a distribution, and of a household's part in it."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.journal import note_read
from genxu.core.pages import ActorRequest
from genxu.core.steps import ReasonForm, StepPage, StepPages
from genxu.people.living_steps import LivingSteps
from genxu.places.collectives.decisions import due_told

from . import actions, forms, paying_actions, queries, rules
from .explaining import shares_told, way_lines
from .models import Distribution, Portion

EXPECTED = ("publish", "carry", "book", "pay")


class DistributionSteps(LivingSteps[Distribution]):
    """A distribution: the way to its sum, what is paid and owed, its papers."""

    name, listed, model = "distribution", "distributions", Distribution
    sees = rules.see_distributions
    shown = "distributions/distribution.html"
    template = "distributions/step.html"

    def open(self, actor: Actor, row: Distribution) -> list[StepPage[Distribution]]:
        """What comes next is one of four; nothing is expected once all is paid or stays owed."""
        found = super().open(actor, row)
        return [replace(one, primary=one.name in EXPECTED) for one in found]

    def facts(self, request: ActorRequest, row: Distribution) -> dict[str, Any]:
        reads = request.actor.holds(rules.see_portions.roles, row.place_id)
        return {
            "knows_who": reads,
            "reads": reads,
            "prints": request.actor.holds(rules.print_distribution.roles, row.place_id),
            "lines": way_lines(row),
            "shares": shares_told(row.whole),
            "sums": queries.sums_of(row),
            "approvers": queries.own_of_approvers(row),
            "due_told": row.motion and due_told(row.motion, row.collective),
        }


DISTRIBUTIONS = DistributionSteps(
    StepPage("publish", actions.publish_plan, forms.PublishForm,
             _("Plan and report stand on a page of their own for everybody, without names, for ten "
               "days at least before the members meet."),
             said=_("It is open to all. Now call the members' meeting.")),
    StepPage("carry", actions.carry_plan, forms.MotionForm,
             _("The members' meeting decides: two thirds of all members, three quarters where a "
               "household without a member shares in it."),
             said=_("Noted. Now it can be booked.")),
    StepPage("book", actions.book_plan, forms.DayForm,
             _("From the income shared out (322) to the reserve (311) and to what is owed to the "
               "members (211)."),
             said=_("Booked. Now it is owed, and can be paid.")),
    StepPage("pay", paying_actions.pay_portions, forms.PayForm,
             _("One entry for each household. Whoever is away, has died or disputes it stays owed: "
               "open its line for that."),
             said=_("Paid."), check=paying_actions.check_waits),
    StepPage("move_meeting", actions.move_meeting, forms.MeetingForm, said=_("Changed.")),
    StepPage("unbook", actions.unbook_plan, forms.BackForm,
             _("By its mirror image; what the members carried stands."),
             said=_("Taken back. It can be booked anew."), check=actions.check_unpaid),
    StepPage("revoke", actions.revoke_plan, forms.MotionForm,
             _("Only by a later decision of the members."), said=_("It counts no more."),
             dangerous=True),
    StepPage("withdraw", actions.withdraw_plan, ReasonForm,
             _("The year can be drawn up anew. What was open to all is told as withdrawn."),
             said=_("Withdrawn."), dangerous=True),
)  # fmt: skip


class PortionSteps(StepPages[Portion]):
    """One household's part: its five lines, whether it is paid."""

    name, listed, model = "portion", "portions", Portion
    sees = rules.see_portions
    shown = "distributions/portion.html"

    def facts(self, request: ActorRequest, row: Portion) -> dict[str, Any]:
        note_read(actor=request.actor, action=rules.see_portions.name, subject=row)
        return {"part": queries.with_matter(row)}


PORTIONS = PortionSteps(
    StepPage("pay", paying_actions.pay_portion, forms.PayOneForm, label=_("Pay it out"),
             said=_("Paid."), check=paying_actions.check_owed),
    StepPage("keep", paying_actions.keep_owed, forms.OwedForm,
             _("It stays owed, however long, and falls to nobody else."),
             label=_("It stays owed"), said=_("It stays owed."), primary=False,
             check=paying_actions.check_owed),
    StepPage("unpay", paying_actions.take_payment_back, forms.UnpayForm,
             _("Its mirror image is booked; then it is owed again."),
             label=_("The payment was wrong"), said=_("Taken back. It is owed again."),
             primary=False, check=paying_actions.check_paid),
)  # fmt: skip
