"""Two lives as tables: somebody's membership, and a roll that is filed with the township."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, Words, step


class State(models.TextChoices):
    MEMBER = "member", _("On the roll")
    LEFT = "left", _("No longer a member")
    WITHDRAWN = "withdrawn", _("Entered by mistake")


class Filed(models.TextChoices):
    FILED = "filed", _("Waits for the township")
    CONFIRMED = "confirmed", _("Confirmed by the township")
    RETURNED = "returned", _("Sent back with a question")
    WITHDRAWN = "withdrawn", _("Taken back before it was confirmed")


S, F = State, Filed
ENTER, FILE = "enter", "file"
MEMBERSHIP_TOLD = {ENTER: _("Entered in the roll of members.")}
FILING_TOLD = {FILE: _("The roll was handed in.")}
"""How they begin stands in no table."""

MEMBERSHIP: dict[str, Step] = {
    "leave": step((S.MEMBER,), S.LEFT, _("No longer a member"),
                  _("The membership ended."), words=Words.PRIVATE, mends=True),
    "move": step((S.MEMBER,), None, _("Another household"),
                 _("She is now entered with another household."), mends=True),
    "correct": step((S.MEMBER, S.LEFT), None, _("Put right what is entered"),
                    _("What is entered was put right."), words=Words.PRIVATE, mends=True),
    "stay": step((S.LEFT,), S.MEMBER, _("The end was entered by mistake"),
                 _("The membership did not end."), words=Words.PRIVATE, mends=True),
    "withdraw": step((S.MEMBER, S.LEFT), S.WITHDRAWN, _("Entered by mistake"),
                     _("It was entered by mistake."), words=Words.PRIVATE, tone="is-bad"),
}  # fmt: skip
FILING: dict[str, Step] = {
    "confirm": step((F.FILED,), F.CONFIRMED, _("Confirm the roll"),
                    _("The township has confirmed the roll."), tone="is-done"),
    "return": step((F.FILED,), F.RETURNED, _("Send it back with a question"),
                   _("The township has sent the roll back."), tone="is-bad"),
    "withdraw": step((F.FILED,), F.WITHDRAWN, _("Take it back"), _("It was taken back.")),
}  # fmt: skip
