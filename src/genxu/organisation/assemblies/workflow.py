"""The life of an assembly as one table: convened, held, its questions voted on; or cancelled."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, step


class State(models.TextChoices):
    CONVENED = "convened", _("Called")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


S = State
CONVENE = "convene"
BEGINNINGS = {CONVENE: _("It was called.")}

STEPS: dict[str, Step] = {
    "announce": step((S.CONVENED,), None, _("Record the notice given"), _("The notice was given.")),
    "change": step((S.CONVENED,), None, _("Change the notice"), _("The notice was changed.")),
    "cancel": step(
        (S.CONVENED,), S.CANCELLED, _("Call it off"), _("It was called off."), tone="is-bad"
    ),
    "attend": step((S.CONVENED, S.HELD), S.HELD, _("Record who came"), _("Who came was recorded.")),
    "tally": step(
        (S.HELD,), None, _("Count the votes"), _("The votes were counted."), tone="is-done"
    ),
    "ask": step((S.HELD,), None, _("Correct the numbers"), _("A correction was asked for.")),
    "correct": step((S.HELD,), None, _("Confirm the correction"), _("The numbers were corrected.")),
    "decline": step((S.HELD,), None, _("Keep the numbers"), _("The numbers stay as they were.")),
}
"""A correction is asked for by one and confirmed or declined by another."""
