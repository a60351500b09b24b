"""The lives of a campaign (专项治理) and of its parts, one a hamlet, each as one table."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, step


class State(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    OPEN = "open", _("It runs")
    ENDED = "ended", _("Ended")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Said(models.TextChoices):
    """What a hamlet has said. Who has said nothing yet is not late."""

    OPEN = "open", _("Not said yet")
    NOTHING = "nothing", _("Nothing here")
    DONE = "done", _("All seen to")
    SENT_BACK = "sent_back", _("To be looked at again")
    CHECKED = "checked", _("Looked at, it agrees")


C, S = State, Said
SPOKEN = (S.NOTHING, S.DONE)
"""It has spoken, and nobody from elsewhere has looked yet."""
STANDS = (*SPOKEN, S.CHECKED)
ASKED = (S.OPEN, S.SENT_BACK)

PREPARE, BEGIN, JOIN = "prepare", "begin", "join"
CAMPAIGN_TOLD = {PREPARE: _("The draft was written.")}
PART_TOLD = {
    BEGIN: _("The campaign was opened."),
    JOIN: _("Another hamlet was merged into this one: what both had said goes on here."),
}
"""How they begin, and what comes from beside them, stands in no table."""

CAMPAIGN: dict[str, Step] = {
    "change": step((C.DRAFT,), None, _("Change the draft"), _("The draft was changed.")),
    "open": step((C.DRAFT,), C.OPEN, _("Open it"), _("It was opened."), tone="is-done"),
    "withdraw": step((C.DRAFT,), C.WITHDRAWN, _("Withdraw the draft"),
                     _("The draft was withdrawn.")),
    "draw": step((C.OPEN,), None, _("Draw a sample"), _("A sample was drawn.")),
    "move": step((C.OPEN,), None, _("Move its last day"), _("Its last day was moved."),
                 mends=True),
    "end": step((C.OPEN,), C.ENDED, _("End it early"), _("It was ended early.")),
    "close": step((C.OPEN,), C.ENDED, _("Let it end"), _("Its last day is over: it ended.")),
}  # fmt: skip

PART: dict[str, Step] = {
    "answer": step(ASKED, None, _("Write down what is asked"), _("Answers were written down.")),
    "nothing": step(ASKED, S.NOTHING, _("There is nothing here"), _("There is nothing here."),
                    mends=True),
    "done": step(ASKED, S.DONE, _("All is seen to"), _("All is seen to."), mends=True),
    "unsay": step(STANDS, S.OPEN, _("Take one's word back"), _("The word was taken back."),
                  mends=True),
    "agree": step(SPOKEN, S.CHECKED, _("I looked: it agrees"),
                  _("Somebody from elsewhere looked: it agrees."), tone="is-done"),
    "send_back": step(SPOKEN, S.SENT_BACK, _("It does not agree"),
                      _("Somebody from elsewhere looked: it does not agree."), tone="is-bad"),
}  # fmt: skip
