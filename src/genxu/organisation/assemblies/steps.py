"""Which page takes which step of an assembly."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from genxu.core.pages import ActorRequest
from genxu.core.steps import StepPage
from genxu.people.living_steps import LivingSteps

from . import actions, forms, queries, tally_actions
from .bodies import BODIES, BodyName
from .models import Assembly


class AssemblySteps(LivingSteps[Assembly]):
    """The steps of an assembly; those on a question are given it as ``motion``."""

    name, listed = "assembly", "assemblies"
    model = Assembly
    template = "assemblies/step.html"

    def parts(self, row: Assembly, **keys: Any) -> dict[str, Any]:
        return {"motion": queries.motion_at(row, keys["position"])} if keys else {}

    def template_of(self, step: StepPage[Assembly]) -> str:
        return "assemblies/convene.html" if step.name == "change" else self.template

    def context(
        self, request: ActorRequest, step: StepPage[Assembly], row: Assembly
    ) -> dict[str, Any]:
        if step.name == "change":
            rows = [(value, label, BODIES[value]) for value, label in BodyName.choices]
            return {"hamlet": row.hamlet, "assembly": row, "bodies": rows}
        return queries.about(row)

    def done(
        self, request: ActorRequest, step: StepPage[Assembly], row: Assembly, after: Any
    ) -> HttpResponse:
        return super().done(request, step, row, row)


QUESTION = "questions/<key:position>"
PAGES = AssemblySteps(
    StepPage("change", actions.change_assembly, forms.ChangeForm,
             said=_("Changed. The notice is of today.")),
    StepPage("cancel", actions.cancel_assembly, forms.CancelForm, said=_("Called off.")),
    StepPage("attend", tally_actions.record_attendance, forms.AttendanceForm,
             said=_("Recorded. Now count the votes, question by question."),
             path="attendance", check=tally_actions.check_has_begun),
    StepPage("tally", tally_actions.tally_motion, forms.TallyForm, said=_("Counted."),
             path=QUESTION, check=tally_actions.check_is_not_counted),
    StepPage("correct", tally_actions.correct_tally, forms.CorrectForm,
             said=_("Corrected. The first count stays on the sheet with your reason."),
             path=f"{QUESTION}/correct", check=tally_actions.check_can_be_corrected),
)  # fmt: skip
