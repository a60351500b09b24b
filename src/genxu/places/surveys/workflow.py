"""A year's survey of a hamlet: it is being asked, it is closed; opened once more with a reason."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, step


class State(models.TextChoices):
    ASKING = "asking", _("Being asked")
    CLOSED = "closed", _("All were asked")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = State
BEGIN = "begin"
TOLD = {BEGIN: _("It began.")}

STEPS: dict[str, Step] = {
    "answer": step((S.ASKING,), None, _("Note what a household says"),
                   _("A household was asked.")),
    "close": step((S.ASKING,), S.CLOSED, _("Everybody was asked"),
                  _("It was closed: its mean is told from now on."), tone="is-done", mends=True),
    "reopen": step((S.CLOSED,), S.ASKING, _("Open it once more"), _("It was opened once more.")),
    "withdraw": step((S.ASKING,), S.WITHDRAWN, _("Withdraw it"), _("It was withdrawn."),
                     tone="is-bad"),
}  # fmt: skip
