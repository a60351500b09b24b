"""The life of a distribution as one table: drawn up, open to all, carried, booked, paid out."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, Words, step


class State(models.TextChoices):
    DRAWN = "drawn", _("Drawn up")
    OPEN = "open", _("Open to all, before the meeting")
    CARRIED = "carried", _("Carried by the members")
    BOOKED = "booked", _("Being paid out")
    DONE = "done", _("Paid out")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = State
UNBOOKED = (S.DRAWN, S.OPEN, S.CARRIED)
OWED = (S.BOOKED, S.DONE)
"""Once it is booked: what is not paid is owed, however long."""
TOLD_TO_ALL = (S.OPEN, S.CARRIED, S.BOOKED, S.DONE)
OPEN_FOR = timedelta(days=10)
"""So long plan and report are open before the meeting (农村集体经济组织法 第四十六条)."""
KEPT_YEARS = 5
"""So long a member may go to court against a decision, and its papers are kept (第五十七条)."""

DRAW = "draw"
TOLD = {DRAW: _("The plan was drawn up.")}
"""How it begins stands in no table."""

STEPS: dict[str, Step] = {
    "publish": step((S.DRAWN,), S.OPEN, _("Open plan and report to all"),
                    _("Plan and report are open to all."), mends=True),
    "move_meeting": step((S.OPEN,), None, _("The meeting is on another day"),
                         _("The meeting was put on another day."), mends=True),
    "carry": step((S.OPEN,), S.CARRIED, _("Note that the members carried it"),
                  _("The members carried it."), tone="is-done", mends=True),
    "book": step((S.CARRIED,), S.BOOKED, _("Book it"), _("It was booked; now it is owed.")),
    "pay": step(OWED, None, _("Pay out"), _("Sums were paid out.")),
    "finish": step((S.BOOKED,), S.DONE, _("All is paid or stays owed"),
                   _("All is paid, or known why it is still owed."), tone="is-done"),
    "unpay": step(OWED, S.BOOKED, _("A payment was wrong"), _("A payment was taken back."),
                  words=Words.PRIVATE),
    "unbook": step((S.BOOKED,), S.CARRIED, _("The booking was wrong"),
                   _("The booking was taken back.")),
    "withdraw": step((S.DRAWN, S.OPEN), S.WITHDRAWN, _("Withdraw the plan"),
                     _("The plan was withdrawn."), tone="is-bad"),
    "revoke": step((S.CARRIED,), S.WITHDRAWN, _("The members decided otherwise"),
                   _("The members took their decision back."), tone="is-bad"),
}  # fmt: skip
