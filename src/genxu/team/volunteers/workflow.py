"""What becomes of an outing, and of hours that somebody says he has worked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, Words, step


class State(models.TextChoices):
    """Of an outing."""

    OPEN = "open", _("Open to join")
    HELD = "held", _("It took place")
    CLOSED = "closed", _("All is noted")
    CALLED_OFF = "called_off", _("Called off")


S = State
ANNOUNCE = "announce"
TOLD = {ANNOUNCE: _("It was announced.")}

STEPS: dict[str, Step] = {
    "hold": step((S.OPEN,), S.HELD, _("Note who came"), _("It took place."), tone="is-done"),
    "nobody": step((S.OPEN,), S.CLOSED, _("Nobody came"), _("Nobody came."), mends=True),
    "change": step((S.OPEN,), None, _("Change the outing"), _("It was changed."), mends=True),
    "call_off": step((S.OPEN,), S.CALLED_OFF, _("Call the outing off"),
                     _("Called off: it does not take place."), tone="is-bad", mends=True),
    "close": step((S.HELD,), S.CLOSED, _("All hours are written down"), _("It was closed."),
                  mends=True),
}  # fmt: skip


class Proof(models.TextChoices):
    """How hours stand: they count once another has vouched for them."""

    SAID = "said", _("Not vouched for yet")
    VERIFIED = "verified", _("Vouched for")
    DENIED = "denied", _("Denied by the household")
    WITHDRAWN = "withdrawn", _("Hours withdrawn")


P = Proof
SAY, VOUCH = "say", "vouch"
HOURS_TOLD = {SAY: _("It was written down.")}
HOURS_STEPS: dict[str, Step] = {
    VOUCH: step((P.SAID, P.VERIFIED), P.VERIFIED, _("I was there, it is so"),
                _("Vouched for."), tone="is-done"),
    "deny": step((P.SAID, P.VERIFIED), P.DENIED, _("It was not so"),
                 _("The household says it was not so."), tone="is-bad"),
    "correct": step((P.SAID, P.VERIFIED, P.DENIED), P.SAID, _("Correct the hours"),
                    _("Corrected."), words=Words.PRIVATE),
    "withdraw": step((P.SAID, P.VERIFIED, P.DENIED), P.WITHDRAWN, _("Withdraw the hours"),
                     _("Withdrawn."), words=Words.PRIVATE),
}  # fmt: skip
