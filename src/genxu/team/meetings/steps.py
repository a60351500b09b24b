"""Which page puts the record of a meeting right."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.pages import ActorRequest
from genxu.core.steps import StepPage
from genxu.organisation.branches.reading import note_members_read
from genxu.people.living_steps import LivingSteps

from . import actions, forms, queries, rules
from .models import Meeting


class MeetingSteps(LivingSteps[Meeting]):
    name, listed, model = "meeting", "meetings", Meeting
    sees, shown = rules.see_meetings, "meetings/meeting.html"

    def facts(self, request: ActorRequest, row: Meeting) -> dict[str, Any]:
        """Whom it reached; that the names were read is logged."""
        note_members_read(request.actor, row.organisation)
        return {"reached": queries.reached(row), "knows_who": True}

    def context(
        self, request: ActorRequest, step: StepPage[Meeting], row: Meeting
    ) -> dict[str, Any]:
        note_members_read(request.actor, row.organisation)
        return {}


PAGES = MeetingSteps(
    StepPage("correct", actions.correct_meeting, forms.CorrectForm,
             _("Both versions stay to be read."), said=_("Corrected."), primary=False),
    StepPage("withdraw", actions.withdraw_meeting, forms.WithdrawForm,
             _("It stays to be read, and counts nowhere."), said=_("Withdrawn."), primary=False),
)  # fmt: skip
