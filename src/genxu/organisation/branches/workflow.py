"""The life of a Party organisation as one table.

Source: 拟设—请示—批复—成立—(届满)—换届/延期/撤销, with 退回 (中国共产党支部工作条例(试行), 2018,
articles 4–7: founded, changed and closed with the approval of the Party committee above).
That a term is due is not a state of its own: it follows from the day on which the term ends.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, step


class State(models.TextChoices):
    DRAFTED = "drafted", _("Drafted")
    REQUESTED = "requested", _("Requested")
    RETURNED = "returned", _("Sent back")
    APPROVED = "approved", _("Approved by the township")
    FOUNDED = "founded", _("Founded")
    CLOSED = "closed", _("Dissolved")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = State
PREPARED = (S.DRAFTED, S.RETURNED)
STANDING = (S.FOUNDED,)
ENDED = (S.CLOSED, S.WITHDRAWN)
DRAFT, REGISTERED, NEW_HEAD = "draft", "register", "new_head"

STEPS: dict[str, Step] = {
    "request": step(PREPARED, S.REQUESTED, _("Ask the township"), _("The township was asked."),
                    mends=True),
    "approve": step((S.REQUESTED,), S.APPROVED, _("Approve"), _("The township approved it."),
                    tone="is-done", mends=True),
    "return": step((S.REQUESTED,), S.RETURNED, _("Send back"), _("The township sent it back."),
                   tone="is-bad", mends=True),
    "found": step((S.APPROVED,), S.FOUNDED, _("Found it"), _("It was founded."), tone="is-done"),
    "withdraw": step(
        (*PREPARED, S.REQUESTED, S.APPROVED), S.WITHDRAWN, _("Withdraw"), _("It was withdrawn."),
    ),
    "re_elect": step((S.FOUNDED,), S.FOUNDED, _("Re-elect"), _("It was elected anew."),
                     tone="is-done"),
    "extend": step((S.FOUNDED,), S.FOUNDED, _("Extend the term"), _("Its term was extended."),
                   mends=True),
    "close": step((S.FOUNDED,), S.CLOSED, _("Dissolve"), _("It was dissolved.")),
}  # fmt: skip

TOLD = {
    DRAFT: _("It was prepared."),
    REGISTERED: _("It was taken in from the township's books."),
    NEW_HEAD: _("Somebody else leads it now."),
}
"""What is said of what stands in no table."""
