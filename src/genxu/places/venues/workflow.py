"""The life of a place of the hamlet (阵地) as one table: in use, closed, in use again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, step


class State(models.TextChoices):
    OPEN = "open", _("In use")
    CLOSED = "closed", _("Out of use")
    MISTAKE = "mistake", _("Written by mistake")


S = State
OPEN_VENUE = "open"
TOLD = {OPEN_VENUE: _("It was entered.")}
"""How it begins stands in no table."""
STANDS = (S.OPEN, S.CLOSED)

STEPS: dict[str, Step] = {
    "change": step(STANDS, None, _("Change what is known of the place"),
                   _("What is known of it was changed."), mends=True),
    "add_room": step(STANDS, None, _("Add a room"), _("A room was added.")),
    "change_room": step(STANDS, None, _("Change a room"), _("A room was changed.")),
    "count": step(STANDS, None, _("Note what is in it"), _("What is in it was counted.")),
    "tick": step(STANDS, None, _("Tick one of the six elements"),
                 _("One of the six elements was looked at.")),
    "hang": step(STANDS, None, _("Hang a member's picture on the wall"),
                 _("A member agreed to be on the members' wall.")),
    "take_down": step(STANDS, None, _("Take a picture off the wall"),
                      _("A picture was taken off the members' wall.")),
    "close": step((S.OPEN,), S.CLOSED, _("Close the place"), _("The place was closed."),
                  mends=True),
    "reopen": step((S.CLOSED,), S.OPEN, _("It is in use again"), _("It is in use again.")),
    "withdraw": step(STANDS, S.MISTAKE, _("It was entered by mistake"),
                     _("It was entered by mistake.")),
}  # fmt: skip
