"""Which page takes which step of a survey."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from genxu.core.journal import note_read
from genxu.core.pages import ActorRequest
from genxu.core.steps import ReasonForm, StepForm, StepPage, say_taken
from genxu.people.living_steps import LivingSteps

from . import actions, forms, queries, rules
from .models import FEWEST, Survey


class SurveySteps(LivingSteps[Survey]):
    """A survey: who was asked, who is still to be asked, and the mean once it is closed."""

    name, listed, model = "survey", "surveys", Survey
    sees, shown = rules.see_surveys, "surveys/survey.html"

    def facts(self, request: ActorRequest, row: Survey) -> dict[str, Any]:
        lines = queries.lines_of(request.actor, row)
        if any(one.shown for one in lines):
            note_read(actor=request.actor, action=rules.read_incomes.name, subject=row)
        mean, among = queries.mean_of(row)
        asked = [one for one in lines if one.answer]
        return {
            "lines": lines, "asked": len(asked), "left": len(lines) - len(asked), "mean": mean,
            "among": among, "fewest": FEWEST, "knows_who": True,
            "reads": bool(rules.read_incomes(request.actor, survey=row)),
        }  # fmt: skip

    def template_of(self, step: StepPage[Survey]) -> str:
        return "surveys/answer.html" if step.name == "answer" else self.template

    def done(
        self, request: ActorRequest, step: StepPage[Survey], row: Survey, after: Any
    ) -> HttpResponse:
        """On to the next door."""
        if step.name == "answer":
            say_taken(request, step.said)
            return redirect(step.url_name, row.pk)
        return super().done(request, step, row, after)


SURVEYS = SurveySteps(
    StepPage("answer", actions.note_answer, forms.AnswerForm,
             _("Only you and the household read what it says. To say nothing is an answer, too."),
             said=_("Noted. The next door?"), primary=False),
    StepPage("close", actions.close_survey, StepForm,
             _("Nobody has to say anything. The mean is told where ten or more have."),
             said=_("The survey is closed."), primary=False),
    StepPage("reopen", actions.reopen_survey, ReasonForm,
             _("Its mean is not told until it is closed again."), said=_("Opened once more."),
             primary=False),
    StepPage("withdraw", actions.withdraw_survey, ReasonForm,
             _("What was said in it is deleted."), said=_("Withdrawn."), primary=False,
             dangerous=True),
)  # fmt: skip
