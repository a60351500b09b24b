"""The life of a contract as one table: drafted, decided where that is asked for, signed, over."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, step


class State(models.TextChoices):
    DRAFTED = "drafted", _("Being drafted")
    DECIDED = "decided", _("Decided")
    SIGNED = "signed", _("Signed")
    ENDED = "ended", _("Ran out")
    ENDED_EARLY = "ended_early", _("Ended early")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = State
BEFORE = (S.DRAFTED, S.DECIDED)
MADE = (S.SIGNED, S.ENDED, S.ENDED_EARLY)
"""Those that were signed: their land, their rents count."""
DRAFT, RENEW = "draft", "renew"
ENTER = "enter"
TOLD = {
    DRAFT: _("It was drafted."),
    RENEW: _("It was drafted to go on with an older one."),
    ENTER: _("It was entered as it had been signed before."),
}
"""How it begins stands in no table."""

STEPS: dict[str, Step] = {
    "decide": step((S.DRAFTED,), S.DECIDED, _("A meeting has decided it"),
                   _("A meeting has decided it."), mends=True),
    "sign": step(BEFORE, S.SIGNED, _("It is signed"), _("It was signed."), tone="is-done",
                 mends=True),
    "note_rent": step(MADE, None, _("Note a rent"), _("A rent was noted.")),
    "take_back_rent": step(MADE, None, _("Take a rent back"), _("A rent was taken back.")),
    "close": step((S.SIGNED,), S.ENDED, _("It has run out"),
                  _("It has run out, and what was let is back."), tone="is-done", mends=True),
    "correct": step((S.DRAFTED, S.SIGNED), None, _("Correct what was written"),
                    _("What was written was corrected."), mends=True),
    "redraft": step((S.DECIDED,), S.DRAFTED, _("Draft it anew"),
                    _("It was drafted anew; the decision on it falls away."), mends=True),
    "end_early": step((S.SIGNED,), S.ENDED_EARLY, _("End it early"), _("It was ended early.")),
    "withdraw": step((*BEFORE, S.SIGNED), S.WITHDRAWN, _("Withdraw it"),
                     _("It came to nothing, or was written by mistake."), tone="is-bad"),
}  # fmt: skip
