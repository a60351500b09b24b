"""The life of a disclosure (公开) as one table: drawn up, signed by another, shown to all.

The law behind it: 村民委员会组织法 30 (at least each quarter; each month where much comes in and
goes out), 31 (what is late or false is looked into above).
"""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, step
from genxu.places.ledger.posting import month_end

MANY = 20
"""A month with more entries than this is one in which much comes in and goes out (custom; the
township may say otherwise of a book)."""
DUE_DAY = 15
"""By this day of the following month it is shown (custom)."""


class State(models.TextChoices):
    DRAWN = "drawn", _("Waits for a signature")
    SENT_BACK = "sent_back", _("To be looked at again")
    SIGNED = "signed", _("Signed, not shown yet")
    PUBLISHED = "published", _("Open to all")
    REPLACED = "replaced", _("Replaced by a newer one")
    DROPPED = "dropped", _("Drawn up by mistake")


S = State
IN_WORK = (S.DRAWN, S.SENT_BACK, S.SIGNED)
SHOWN = (S.PUBLISHED, S.REPLACED)
DRAW, CORRECT = "draw", "correct"
TOLD = {DRAW: _("It was drawn up from the books."), CORRECT: _("It was drawn up anew.")}
"""How it begins stands in no table."""

STEPS: dict[str, Step] = {
    "sign": step((S.DRAWN,), S.SIGNED, _("Sign"), _("A supervisor has signed."), tone="is-done"),
    "publish": step((S.SIGNED,), S.PUBLISHED, _("Show it to all"), _("It was shown to all."),
                    tone="is-done"),
    "redraw": step((S.DRAWN, S.SENT_BACK), S.DRAWN, _("Draw it up from the books again"),
                   _("It was drawn up from the books again.")),
    "send_back": step((S.DRAWN, S.SIGNED), S.SENT_BACK, _("Send it back"),
                      _("A supervisor has sent it back."), tone="is-bad"),
    "drop": step(IN_WORK, S.DROPPED, _("Drawn up by mistake"), _("It was drawn up by mistake.")),
    "replace": step((S.PUBLISHED,), S.REPLACED, _("Replaced by a newer one"),
                    _("A newer one took its place.")),
}  # fmt: skip


def quarter_end(day: date) -> date:
    """The last day of the quarter of a day."""
    return month_end(date(day.year, (day.month + 2) // 3 * 3, 1))


def due_after(until: date) -> date:
    """The day by which what ended on ``until`` is shown."""
    following = date.fromordinal(until.toordinal() + 1)
    return following.replace(day=DUE_DAY)


def last_end(today: date, *, monthly: bool, past_due: bool = False) -> date:
    """The last day of the last quarter (or month) that is over; or whose day to be shown is over,
    too."""
    end_of = month_end if monthly else quarter_end
    end = date.fromordinal(today.toordinal() - 1)
    while end_of(end) != end or (past_due and due_after(end) >= today):
        end = date.fromordinal(end.replace(day=1).toordinal() - 1)
    return end
