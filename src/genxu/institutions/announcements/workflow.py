"""What becomes of an announced talk: it stands, is changed, called off, or was held."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, step


class State(models.TextChoices):
    ANNOUNCED = "announced", _("Announced")
    CALLED_OFF = "called_off", _("Called off")
    HELD = "held", _("Held")


S = State
ANNOUNCE, HOLD = "announce", "hold"
TOLD = {ANNOUNCE: _("It was announced."), HOLD: _("It was held and written down.")}
"""What is said of what stands in no table: how it began, and how the record of a talk ends it."""

STEPS: dict[str, Step] = {
    "change": step((S.ANNOUNCED,), None, _("Change the announcement"), _("It was changed."),
                   mends=True),
    "call_off": step((S.ANNOUNCED,), S.CALLED_OFF, _("Call the talk off"),
                     _("It was called off."), tone="is-bad", mends=True),
}  # fmt: skip
