"""Which page takes which step of a dispute; each page of it is a reading, and logged."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.journal import note_read
from genxu.core.pages import ActorRequest
from genxu.core.steps import ReasonForm, StepPage, WordsForm, say_taken
from genxu.people.living_steps import LivingSteps
from genxu.people.raising import standing_of
from genxu.people.roles import KEEPERS

from . import actions, answer_actions, forms, queries, rules
from .models import Dispute


class DisputeSteps(LivingSteps[Dispute]):
    """A dispute: who and what, the talks, what was agreed, what each side says of it."""

    name, listed, model = "dispute", "disputes", Dispute
    sees = rules.read_dispute
    shown = "disputes/dispute.html"
    template = "disputes/step.html"

    def open(self, actor: Actor, row: Dispute) -> list[StepPage[Dispute]]:
        """The one that is expected next first: a talk; once it is written down, the yes of each
        side; a month later its word."""
        written = row.terms and row.agreed_on is None
        expected = "note_answer" if row.is_due else "agree" if written else "meet"
        steps = [replace(one, primary=one.name == expected) for one in super().open(actor, row)]
        return sorted(steps, key=lambda one: not one.primary)

    def facts(self, request: ActorRequest, row: Dispute) -> dict[str, Any]:
        note_read(actor=request.actor, action=rules.read_dispute.name, subject=row)
        matters = standing_of([row.from_matter, row.matter])
        return {
            "knows_who": True,
            "keeps": request.actor.holds(KEEPERS, row.hamlet_id),
            "from_matter": matters.get(row.from_matter or 0),
            "matter": matters.get(row.matter or 0),
            **queries.facts_of(row),
        }

    def context(
        self, request: ActorRequest, step: StepPage[Dispute], row: Dispute
    ) -> dict[str, Any]:
        note_read(actor=request.actor, action=rules.read_dispute.name, subject=row)
        if step.name != "add_side":
            return {}
        return {"households": queries.households_to_name(request.actor, row.hamlet)}

    def done(
        self, request: ActorRequest, step: StepPage[Dispute], row: Dispute, after: Dispute
    ) -> HttpResponse:
        """Who has handed it over reads it no more."""
        say_taken(request, step.said)
        reads = rules.handles(request.actor, after)
        return redirect("dispute", after.pk) if reads else redirect("disputes")


DISPUTES = DisputeSteps(
    StepPage("note_answer", answer_actions.note_answer, forms.AnswerForm,
             _("Each side is asked by itself. What she says on her own page stands above."),
             said=_("Noted."), check=answer_actions.check_asks),
    StepPage("meet", actions.note_meeting, forms.MeetingForm,
             _("Each talk by itself; written down late it bears its own day."),
             said=_("Noted.")),
    StepPage("agree", actions.agree_dispute, forms.AgreeForm,
             _("It counts once each side has said yes: by word of mouth, signed, or with the "
               "thumb. In a month each is asked whether it holds."),
             said=_("Noted. In a month each side is asked whether it holds.")),
    StepPage("draft", actions.draft_agreement, forms.DraftForm,
             _("To be printed and signed: one paper for each side. Free of charge."),
             said=_("Saved. It can be printed now.")),
    StepPage("name", actions.name_peacemaker, forms.PeacemakerForm,
             _("The sides choose or accept him; who is related to one of them steps aside."),
             said=_("Noted.")),
    StepPage("add_side", actions.add_side, forms.AddSideForm, said=_("Noted.")),
    StepPage("end", actions.end_dispute, WordsForm,
             _("Each side may end it at any time. Tell them the ways that remain."),
             said=_("It has ended. Tell the sides the ways that remain.")),
    StepPage("send_up", actions.send_up, forms.SendUpForm,
             _("A matter for the level above: neither who nor about what. The hamlet sees it, "
               "too."),
             said=_("It was passed on as a matter."), check=actions.check_not_sent),
    StepPage("reopen", actions.reopen_dispute, ReasonForm,
             _("Once: if something has come up, or a side wants to talk after all."),
             said=_("It is talked over once more."), check=actions.check_not_reopened),
    StepPage("correct", actions.correct_dispute, forms.CorrectForm, said=_("Corrected.")),
    StepPage("strike", actions.strike_meeting, forms.StrikeForm,
             _("It stays, struck out, with the reason."), said=_("Struck out."),
             check=actions.check_talked),
    StepPage("amend", actions.amend_agreement, ReasonForm,
             _("What was agreed is put right, and each side says yes anew."),
             said=_("Now put it right, and ask each side.")),
    StepPage("withdraw", actions.withdraw_dispute, ReasonForm,
             _("Only if there never was such a dispute, or it stands here twice."),
             said=_("It counts no more.")),
)  # fmt: skip
