"""The lives of what came into a fund, of what is asked of it, and of the budget of a year.

The rules behind them: 财农〔2021〕121号; its articles are named where they are kept.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, Words, step


class Came(models.TextChoices):
    """How something that came in stands."""

    NOTED = "noted", _("Noted")
    SEEN = "seen", _("Seen by the bookkeeper")
    STRUCK = "struck", _("Struck out")
    GIVEN_BACK = "given_back", _("Given back")


STANDS = (Came.NOTED, Came.SEEN)
"""What came and is still there."""


class Asked(models.TextChoices):
    """How something that is asked of a fund stands."""

    ASKED = "asked", _("Asked for")
    RESOLVED = "resolved", _("Before the township")
    SENT_BACK = "sent_back", _("Returned by the township")
    APPROVED = "approved", _("To be paid")
    PAID = "paid", _("It is paid")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


A = Asked
OPEN = (A.ASKED, A.RESOLVED, A.SENT_BACK, A.APPROVED)
"""What still waits for somebody."""
DECIDED = (A.RESOLVED, A.SENT_BACK, A.APPROVED, A.PAID)
COUNTS = (*OPEN, A.PAID)
"""What was neither refused nor withdrawn."""


class Drawn(models.TextChoices):
    """A budget has no life but its changes."""

    PLANNED = "planned", _("Planned")


BEGIN = "begin"
CONTRIBUTION_TOLD = {BEGIN: _("It was noted, and booked at once.")}
SPENDING_TOLD = {BEGIN: _("The fund was asked for it.")}
BUDGET_TOLD = {BEGIN: _("The year was planned.")}

CONTRIBUTION_STEPS: dict[str, Step] = {
    "see": step((Came.NOTED,), Came.SEEN, _("It is there"),
                _("The bookkeeper saw that it is there."), tone="is-done"),
    "thank": step(STANDS, None, _("Note the thanks"), _("Thanks were said."), mends=True),
    "wish": step(STANDS, None, _("Change the wish to be named"),
                 _("Whether to be named was changed, as the giver wishes."), mends=True),
    "strike": step(STANDS, Came.STRUCK, _("Noted wrongly"),
                   _("It was noted wrongly: the entry was taken back."), tone="is-bad"),
    "give_back": step(STANDS, Came.GIVEN_BACK, _("Give it back to the giver"),
                      _("It was given back."), tone="is-bad"),
}  # fmt: skip

SPENDING_STEPS: dict[str, Step] = {
    "decide": step((A.ASKED,), A.APPROVED, _("Decide it"), _("It was decided."), tone="is-done"),
    "bring": step((A.ASKED,), None, _("Note a step of the four"),
                  _("How far the four steps are was noted."), mends=True),
    "resolve": step((A.ASKED,), A.RESOLVED, _("It was decided by the meeting"),
                    _("The meeting decided; now the township reviews it.")),
    "approve": step((A.RESOLVED,), A.APPROVED, _("Approve"), _("The township approved it."),
                    tone="is-done"),
    "send_back": step((A.RESOLVED,), A.SENT_BACK, _("Return it"),
                      _("The township returned it."), tone="is-bad"),
    "explain": step((A.SENT_BACK,), A.RESOLVED, _("Explain and bring it again"),
                    _("It was explained and brought to the township again.")),
    "redo": step((A.SENT_BACK,), A.ASKED, _("Ask and decide anew"),
                 _("It is asked for and decided anew.")),
    "pay": step((A.APPROVED,), A.PAID, _("Pay it"), _("It was paid."), tone="is-done"),
    "unpay": step((A.PAID,), A.APPROVED, _("Take the payment back"),
                  _("The payment was taken back."), tone="is-bad"),
    "publish": step(DECIDED, None, _("The decision was put up"),
                    _("The decision was put up for all to read."), mends=True),
    "tell": step((A.PAID,), None, _("What came of it was put up"),
                 _("What came of it was put up for all to read."), mends=True),
    "correct": step((A.ASKED,), None, _("Correct it"), _("What was asked for was corrected."),
                    mends=True),
    "refuse": step((A.ASKED,), A.REFUSED, _("Refuse"), _("It was refused."), tone="is-bad"),
    "withdraw": step(OPEN, A.WITHDRAWN, _("Withdraw the ask"), _("It was withdrawn.")),
}  # fmt: skip

BUDGET_STEPS: dict[str, Step] = {
    "change": step((Drawn.PLANNED,), None, _("Change the plan"), _("The plan was changed."),
                   words=Words.KEPT, mends=True),
}  # fmt: skip
