"""Which page takes which step: its form, its action, and when it is offered."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core.access import Actor
from genxu.core.pages import ActorRequest
from genxu.core.steps import ReasonForm, StepPage, WordsForm, say_taken
from genxu.people.living_steps import LivingSteps

from . import actions, ending_actions, forms, queries, rules, sending_actions
from .models import Matter
from .reading import note_reading

TO_PLACE = {
    "pass_up": gettext_lazy("Pass it up to %(place)s"),
    "recall": gettext_lazy("Take it back from %(place)s"),
    "urge": gettext_lazy("Urge %(place)s"),
}


class MatterSteps(LivingSteps[Matter]):
    """The steps of a matter; whoever took one and may read it no more goes home."""

    name, listed = "matter", "matters"
    model = Matter
    template = "matters/step.html"

    def open(self, actor: Actor, row: Matter) -> list[StepPage[Matter]]:
        """The one to be expected next first; a matter already triaged is triaged again only from
        the list behind it."""
        steps = [self.said_where(step, row) for step in super().open(actor, row)]
        if row.tier:
            again = self.pages["triage"]
            steps = [replace(step, primary=step.primary and step != again) for step in steps]
        return sorted(steps, key=lambda step: not step.primary)

    def said_where(self, step: StepPage[Matter], row: Matter) -> StepPage[Matter]:
        """The step; one that goes up, or asks there, says where."""
        if step.name not in TO_PLACE:
            return step
        place = row.place.parent if step.name == "pass_up" else row.place
        return replace(step, label=TO_PLACE[step.name] % {"place": place})

    def context(self, request: ActorRequest, step: StepPage[Matter], row: Matter) -> dict[str, Any]:
        history = queries.history(row)
        if row.readable:
            note_reading(request.actor, row)
        else:  # who decides on more time reads the reason for it, no more
            history = [one for one in history if one.step == "ask_extension"]
        more: dict[str, Any] = {}
        if step.name == "ask_back":
            more["to_call"] = queries.to_call(request.actor, row)
        if step.name == "pass_up" and rules.knows_who(request.actor, row):
            more["goes_along"] = queries.voices(row)
        step = self.said_where(step, row)
        return {"matter": row, "history": history[-3:], "step": step, **more}

    def done(
        self, request: ActorRequest, step: StepPage[Matter], row: Matter, after: Matter
    ) -> HttpResponse:
        say_taken(request, _("Noted. It now stands at: %s.") % after.get_state_display())
        seen = Matter.objects.visible_to(request.actor).filter(pk=after.pk).first()
        readable = seen is not None and rules.may_read(request.actor, seen)
        return redirect("matter", after.pk) if readable else redirect("home")


PAGES = MatterSteps(
    StepPage("triage", actions.triage_matter, forms.TriageForm),
    StepPage("assign", actions.assign_matter, forms.AssignForm),
    StepPage("take_on", actions.take_on_matter, forms.StepForm, primary=False,
             check=actions.check_nobody_has_it),
    StepPage("start", actions.start_matter, WordsForm),
    StepPage("answer", actions.answer_matter, forms.AnswerForm),
    StepPage("finish", actions.finish_matter, forms.FinishForm),
    StepPage("decide_extension", actions.decide_extension, forms.DecisionForm,
             check=actions.check_more_time_is_asked),
    StepPage("judge_again", ending_actions.judge_again_matter, forms.JudgementForm),
    StepPage("no_agreement", ending_actions.note_no_agreement, forms.JudgementForm),
    StepPage("ask_back", ending_actions.ask_back_matter, WordsForm),
    StepPage("note_progress", actions.note_progress, forms.ProgressForm, primary=False),
    StepPage("pass_up", actions.pass_up_matter, forms.PassUpForm, primary=False),
    StepPage("recall", sending_actions.recall_matter, forms.StepForm, primary=False,
             check=sending_actions.check_is_unopened),
    StepPage("urge", sending_actions.urge_matter, WordsForm, primary=False,
             check=sending_actions.check_not_urged_today),
    StepPage("pass_on", actions.pass_on_matter, forms.PassOnForm, primary=False),
    StepPage("return", actions.return_matter, ReasonForm, primary=False),
    StepPage("ask_extension", actions.ask_extension, forms.ExtensionForm, primary=False,
             check=actions.check_more_time_can_be_asked),
    StepPage("explain", ending_actions.explain_matter, forms.ExplanationForm, primary=False),
    StepPage("close_unconfirmed", ending_actions.close_unconfirmed_matter, forms.StepForm,
             primary=False, check=ending_actions.check_tries),
    StepPage("reopen", ending_actions.reopen_matter, ReasonForm, primary=False),
    StepPage("correct", actions.correct_matter, forms.CorrectForm,
             _("What stood before stays in the history, for those who deal with it."),
             primary=False),
)  # fmt: skip
