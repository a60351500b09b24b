"""Which page puts what right of a talk."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.errors import Missing
from genxu.core.journal import note_read
from genxu.core.pages import ActorRequest
from genxu.core.steps import StepPage
from genxu.people.living_steps import LivingSteps

from . import mending_actions as actions
from . import mending_forms as forms
from . import queries, rules
from .models import Talk


class TalkSteps(LivingSteps[Talk]):
    """What can be put right of a talk; that on a suggestion is given it as ``suggestion``."""

    name, listed = "talk", "talks"
    model = Talk
    template = "talks/step.html"

    def open(self, actor: Actor, row: Talk) -> list[StepPage[Talk]]:
        """All that its state and the office allow. What stands against one is said when it is
        opened: to ask it for each page of a talk would cost as much as the page."""
        fitting = (
            step for step in self.pages.values() if row.state in Talk.STEPS[step.name].sources
        )
        return [step for step in fitting if step.permission(actor, talk=row)]

    def parts(self, row: Talk, **keys: Any) -> dict[str, Any]:
        if not keys:
            return {}
        found = queries.said_at(row).filter(pk=keys["suggestion_pk"]).first()
        if found is None:
            raise Missing(_("This was not said at this talk."))
        return {"suggestion": found}

    def done(
        self, request: ActorRequest, step: StepPage[Talk], row: Talk, after: Talk
    ) -> HttpResponse:
        """On to the talk that stands."""
        return super().done(request, step, row, after.joined_to or after)

    def context(self, request: ActorRequest, step: StepPage[Talk], row: Talk) -> dict[str, Any]:
        if step.name == "correct_said":
            note_read(actor=request.actor, action=rules.read_minutes.name, subject=row)
        going = step.name == "withdraw"
        return {
            "talk": row,
            "said": row.raised.count() if going else 0,
            "matters": actions.goes_with(row) if going else 0,
        }


PAGES = TalkSteps(
    StepPage("correct", actions.correct_talk, forms.CorrectForm,
             _("What stood before stays on the talk and in its minutes, with your reason."),
             said=_("Corrected. What stood before stays readable.")),
    StepPage("correct_said", actions.correct_said, forms.CorrectSaidForm,
             _("What stood before stays on the talk and in its minutes, with your reason."),
             said=_("Corrected. What stood before stays readable."),
             path="said/<key:suggestion_pk>/correct"),
    StepPage("add", actions.add_said, forms.AddForm,
             _("What was said too, and forgotten when it was written down."), said=_("Added.")),
    StepPage("join", actions.join_talks, forms.JoinForm,
             _("The same evening was written down twice? One of the two stays."),
             said=_("Joined. It all stands there now."), check=actions.check_has_others),
    StepPage("withdraw", actions.withdraw_talk, forms.WithdrawForm,
             _("It was written down by mistake. It is not counted any more, and nobody outside "
               "sees it; here it stays readable."),
             said=_("Withdrawn."), check=actions.check_can_be_withdrawn, dangerous=True),
)  # fmt: skip
