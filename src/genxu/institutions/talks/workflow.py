"""What becomes of the record of a talk: it stands, or it is withdrawn, or another one is the same.

What was written down can be put right by whoever wrote it, and by the village afterwards; what
stood before stays readable (the first sheet was signed).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, Words, step


class State(models.TextChoices):
    RECORDED = "recorded", _("Recorded")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    JOINED = "joined", _("Joined with another")


S = State
TAKE_IN = "take_in"
TOLD = {TAKE_IN: _("Its double was joined with it.")}
"""What is said of what stands in no table: what happens to a talk at another's step."""
STANDING = (S.RECORDED,)

STEPS: dict[str, Step] = {
    "correct": step(STANDING, None, _("Correct"), _("It was corrected."), Words.PRIVATE,
                    mends=True),
    "correct_said": step(
        STANDING, None, _("Correct what was said"), _("What was said was corrected."),
        Words.PRIVATE, mends=True,
    ),
    "add": step(STANDING, None, _("Add what was forgotten"), _("What was forgotten was added.")),
    "join": step(
        STANDING, S.JOINED, _("It is the double of another"),
        _("Another record is of the same evening; what was said has moved there."),
        Words.PRIVATE,
    ),
    "withdraw": step(
        STANDING, S.WITHDRAWN, _("Withdraw the talk"), _("It was withdrawn."),
        Words.PRIVATE, "is-bad",
    ),
}  # fmt: skip
