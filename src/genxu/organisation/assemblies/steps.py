"""Which page takes which step of an assembly."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.actions import Action
from genxu.core.pages import ActorRequest
from genxu.core.steps import StepPage, StepPages

from . import actions, forms, queries, tally_actions
from .bodies import BODIES, BodyName
from .models import Assembly
from .workflow import STEPS


class AssemblySteps(StepPages[Assembly]):
    """The steps of an assembly; those on a question are given it as ``motion``."""

    name = "assembly"
    template = "assemblies/step.html"

    def load(self, actor: Actor, pk: int) -> Assembly:
        return queries.visible_assembly(actor, pk)

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


def _page(
    name: str, action: "Action[..., Any]", form: Any, said: Any, **more: Any
) -> StepPage[Assembly]:
    return StepPage(name, action, form, STEPS[name].label, said=said, **more)


QUESTION = "questions/<key:position>"
PAGES = AssemblySteps(
    _page("change", actions.change_assembly, forms.ChangeForm,
          _("Changed. The notice is of today.")),
    _page("cancel", actions.cancel_assembly, forms.CancelForm, _("Called off.")),
    _page("attend", tally_actions.record_attendance, forms.AttendanceForm,
          _("Recorded. Now count the votes, question by question."),
          path="attendance", check=tally_actions.check_has_begun),
    _page("tally", tally_actions.tally_motion, forms.TallyForm, _("Counted."),
          path=QUESTION, check=tally_actions.check_is_not_counted),
    _page("correct", tally_actions.correct_tally, forms.CorrectForm,
          _("Corrected. The first count stays on the sheet with your reason."),
          path=f"{QUESTION}/correct", check=tally_actions.check_can_be_corrected),
)  # fmt: skip
