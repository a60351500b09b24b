"""Which page takes which step of an assembly."""

import json
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from genxu.core.pages import ActorRequest
from genxu.core.steps import StepPage
from genxu.people.living_steps import LivingSteps
from genxu.regions.models import Region

from . import actions, correction_actions, forms, proposing, queries, tally_actions
from .bodies import BODIES, COLLECTIVE, BodyName
from .models import Assembly

ASKED = _("Asked for. The old numbers stand until a second person confirms.")


class AssemblySteps(LivingSteps[Assembly]):
    """The steps of an assembly; those on a question are given it as ``motion``."""

    name, listed = "assembly", "assemblies"
    model = Assembly
    template = "assemblies/step.html"

    def parts(self, row: Assembly, **keys: Any) -> dict[str, Any]:
        if "position" in keys:
            return {"motion": queries.motion_at(row, keys["position"])}
        if "number" in keys:
            return {"correction": queries.correction_of(row, keys["number"])}
        return {}

    def template_of(self, step: StepPage[Assembly]) -> str:
        return "assemblies/convene.html" if step.name == "change" else self.template

    def context(
        self, request: ActorRequest, step: StepPage[Assembly], row: Assembly
    ) -> dict[str, Any]:
        if step.name == "change":
            return {"hamlet": row.hamlet, "assembly": row, **call_context(row.hamlet)}
        return queries.about(row)

    def done(
        self, request: ActorRequest, step: StepPage[Assembly], row: Assembly, after: Any
    ) -> HttpResponse:
        return super().done(request, step, row, row)


def call_context(hamlet: Region) -> dict[str, Any]:
    """What the page of a notice shows beside its form: the rules, and how many may be due."""
    found = proposing.proposals(hamlet)
    bodies = [
        (value, label, BODIES[value], proposing.by_body(found, value))
        for value, label in BodyName.choices
    ]
    due = {f"{body} {basis}": one.due for (body, basis), one in found.items()}
    return {"bodies": bodies, "proposed": json.dumps(due), "collective": ",".join(COLLECTIVE)}


QUESTION, CORRECTION = "questions/<key:position>", "corrections/<key:number>"
PAGES = AssemblySteps(
    StepPage("announce", actions.announce_assembly, forms.AnnounceForm, said=_("Recorded."),
             path="announced", check=actions.check_can_be_announced),
    StepPage("change", actions.change_assembly, forms.ChangeForm, said=_("Changed."),
             check=actions.check_has_not_begun),
    StepPage("cancel", actions.cancel_assembly, forms.CancelForm, said=_("Called off.")),
    StepPage("attend", tally_actions.record_attendance, forms.AttendanceForm,
             said=_("Recorded. Now count the votes, question by question."),
             path="attendance", check=tally_actions.check_can_be_recorded),
    StepPage("tally", tally_actions.tally_motion, forms.TallyForm, said=_("Counted."),
             path=QUESTION, check=tally_actions.check_is_not_counted),
    StepPage("correct_attendance", correction_actions.correct_attendance, forms.CameAfterAllForm,
             said=ASKED, step="ask", path="attendance/correct",
             check=correction_actions.check_stands),
    StepPage("correct", correction_actions.correct_tally, forms.CorrectForm, said=ASKED,
             step="ask", path=f"{QUESTION}/correct", check=correction_actions.check_is_counted),
    StepPage("confirm", correction_actions.confirm_correction, forms.AnswerForm,
             said=_("Corrected. The old numbers stay to be read beside the new ones."),
             step="correct", path=f"{CORRECTION}/confirm"),
    StepPage("decline", correction_actions.decline_correction, forms.DeclineForm,
             said=_("The numbers stay as they were."), path=f"{CORRECTION}/decline"),
)  # fmt: skip
