"""The life of an assembly as one table: convened, held, its questions voted on; or cancelled."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, step


class State(models.TextChoices):
    CONVENED = "convened", _("Convened")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


S = State
CONVENE = "convene"
BEGINNINGS = {CONVENE: _("It was announced.")}

STEPS: dict[str, Step] = {
    "change": step((S.CONVENED,), None, _("Change the notice"), _("The notice was changed.")),
    "cancel": step(
        (S.CONVENED,), S.CANCELLED, _("Call it off"), _("It was called off."), tone="is-bad"
    ),
    "attend": step((S.CONVENED, S.HELD), S.HELD, _("Record who came"), _("Who came was recorded.")),
    "tally": step(
        (S.HELD,), None, _("Count the votes"), _("The votes were counted."), tone="is-done"
    ),
    "correct": step((S.HELD,), None, _("Correct the count"), _("A count was corrected.")),
}
