"""Which page takes which step: of an appraisal, of a member's part in it, of an appeal."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from genxu.core.pages import ActorRequest
from genxu.core.steps import StepForm, StepPage, StepPages, say_taken
from genxu.organisation.branches.reading import note_members_read
from genxu.people.living_steps import LivingSteps
from genxu.people.roles import KEEPERS

from . import actions, forms, queries, rules
from .models import Appeal, Appraisal, Entry
from .workflow import State

NEXT: dict[str, str] = {
    State.OWN: "go_on",
    State.MUTUAL: "poll",
    State.POLLED: "judge",
    State.OPINION: "tell",
}
"""What is due at each state; what was done can be done again."""
BY_MEMBER = ("poll", "judge")
"""Steps with fields for each member: on a page of their own."""


class AppraisalSteps(LivingSteps[Appraisal]):
    name, listed, model = "appraisal", "appraisals", Appraisal
    sees, shown = rules.see_appraisals, "appraisals/appraisal.html"

    def facts(self, request: ActorRequest, row: Appraisal) -> dict[str, Any]:
        """Each member in the order of the roll; that the names were read is logged."""
        note_members_read(request.actor, row.organisation)
        entries = queries.entries_of(row)
        for one in entries:
            one.opens = request.actor.holds(KEEPERS, one.hamlet_id)
        steps = {step.name: step for step in self.open(request.actor, row)}
        due = steps.get(NEXT.get(row.state, ""))
        apart = due is not None and due.name in BY_MEMBER
        return {
            "entries": entries,
            "first": None if apart else due,
            "leads_to": due if apart else None,
            "steps": [step for step in steps.values() if step is not due],
            "own_words_open": row.state in (State.OWN, State.MUTUAL),
        }

    def template_of(self, step: StepPage[Appraisal]) -> str:
        return "appraisals/by_member.html" if step.name in BY_MEMBER else self.template

    def context(
        self, request: ActorRequest, step: StepPage[Appraisal], row: Appraisal
    ) -> dict[str, Any]:
        note_members_read(request.actor, row.organisation)
        return {}


APPRAISALS = AppraisalSteps(
    StepPage("go_on", actions.go_on, StepForm,
             _("Who has not given his own word can still do so."),
             said=_("Now each says something of the others.")),
    StepPage("poll", actions.record_poll, forms.PollForm,
             _("Counted from the papers. A poll is a hint, never a grade by itself."),
             said=_("Counted.")),
    StepPage("judge", actions.record_opinion, forms.OpinionForm,
             _("At most a third are excellent as a rule; each grade has its sentence."),
             said=_("Written down.")),
    StepPage("tell", actions.tell_members, StepForm,
             _("Each reads his own grade and its reason, and nobody else's."),
             said=_("Told to each."), dangerous=True),
    StepPage("withdraw", actions.withdraw_appraisal, forms.WithdrawForm,
             said=_("Withdrawn."), primary=False),
)  # fmt: skip


class EntrySteps(StepPages[Entry]):
    """A member's own part: his word, what he says of others, his grade, his appeal."""

    name, listed, model = "entry", "appraisals", Entry
    sees, shown = rules.see_entry, "appraisals/entry.html"

    def facts(self, request: ActorRequest, row: Entry) -> dict[str, Any]:
        own = rules.is_own(request.actor, row)
        if not own:
            note_members_read(request.actor, row.appraisal.organisation)
        told = row.appraisal.state == State.TOLD
        steps = {step.name: step for step in self.open(request.actor, row)}
        others = queries.others_for(row) if own and row.own else []
        owes = any(not one.mine for one in others)
        first = steps.get("say" if owes else "") if row.own else steps.get("own")
        return {
            "own": own,
            "keeps": request.actor.plays(KEEPERS),
            "first": first,
            "steps": [step for step in steps.values() if step is not first],
            "others": [one for one in others if one.mine or "say" in steps],
            "said": queries.said_of(row),
            "grade_shown": row.grade and (told or not own),
            "appeal": queries.appeal_of(row),
        }

    def done(
        self, request: ActorRequest, step: StepPage[Entry], row: Entry, after: Any
    ) -> HttpResponse:
        say_taken(request, step.said)
        return redirect("entry", row.pk)


ENTRIES = EntrySteps(
    StepPage("own", actions.give_own_word, forms.OwnForm,
             _("Your own word comes first; nobody's is read before his own is given."),
             label=_("Give one's own word"), said=_("Thank you."), check=actions.check_own),
    StepPage("say", actions.say_of_member, forms.SayForm,
             _("Without your name to whom it concerns. What others said you read after it."),
             label=_("Say something of another member"), said=_("Noted."), primary=False,
             check=actions.check_saying),
    StepPage("appeal", actions.appeal_grade, forms.AppealForm,
             _("The township answers with its reasons."), label=_("Appeal to the township"),
             said=_("The township has it now."), primary=False, check=actions.check_appeal),
)  # fmt: skip


class AppealSteps(LivingSteps[Appeal]):
    name, listed, model = "appeal", "appraisals", Appeal
    sees, shown = rules.see_appeal, "appraisals/appeal.html"


APPEALS = AppealSteps(
    StepPage("uphold", actions.uphold_appeal, forms.UpholdForm, said=_("Upheld.")),
    StepPage("refuse", actions.refuse_appeal, forms.RefuseForm, said=_("Answered.")),
)  # fmt: skip
