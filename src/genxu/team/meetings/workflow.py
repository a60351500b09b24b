"""What becomes of a meeting that was noted: it stands, is put right, or was written by mistake."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, step


class State(models.TextChoices):
    NOTED = "noted", _("Noted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = State
NOTE = "note"
TOLD = {NOTE: _("It was noted.")}

STEPS: dict[str, Step] = {
    "correct": step((S.NOTED,), None, _("Correct the record"), _("It was corrected."),
                    mends=True),
    "withdraw": step((S.NOTED,), S.WITHDRAWN, _("Withdraw the record"),
                     _("It was written down by mistake and is withdrawn."), tone="is-bad",
                     mends=True),
}  # fmt: skip
