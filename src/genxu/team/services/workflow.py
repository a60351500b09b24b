"""The life of an errand (帮办代办) as one table: asked for, agreed to, done, her word, settled."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, Words, step


class State(models.TextChoices):
    ASKED = "asked", _("Waits for her yes")
    AUTHORISED = "authorised", _("She said yes")
    UNDER_WAY = "under_way", _("Being done")
    DONE = "done", _("Done, her word is asked")
    CLOSED = "closed", _("Settled")
    RAISED = "raised", _("Became a matter")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed")


S = State
RUNNING = (S.ASKED, S.AUTHORISED, S.UNDER_WAY)
"""While it runs its steward sees phone and door of the household."""
AGREED = (S.AUTHORISED, S.UNDER_WAY)
"""Her yes stands: this item, this once."""
LAPSES_AFTER = timedelta(days=30)
"""So long it may lie without anything done, then her yes is void (custom)."""
PENDING = timedelta(days=7)
"""A good word that was noted down waits so long for her own."""

ASK = "ask"
TOLD = {ASK: _("It was asked for.")}
"""How it begins stands in no table."""

STEPS: dict[str, Step] = {
    "authorise": step((S.ASKED,), S.AUTHORISED, _("Note her yes"),
                      _("She said yes: this, and this once."), mends=True),
    "start": step((S.AUTHORISED,), S.UNDER_WAY, _("Begin with it"), _("It is being done."),
                  mends=True),
    "finish": step(AGREED, S.DONE, _("It is done"), _("It is done."), tone="is-done"),
    "correct": step((S.DONE, S.CLOSED), None, _("Correct the receipt"),
                    _("The receipt was corrected.")),
    "give_up": step(AGREED, S.RAISED, _("It could not be done"),
                    _("It could not be done this way; it was passed on."), tone="is-bad"),
    "note_word": step((S.DONE,), None, _("Note what she says of it"),
                      _("What she says of it was noted down."), words=Words.PRIVATE),
    "give_word": step((S.DONE, S.CLOSED), None, _("Her own word"), _("She said it herself."),
                      words=Words.PRIVATE),
    "confirm_word": step((S.DONE,), S.CLOSED, _("Let the noted word stand"),
                         _("What was noted down for her stands."), tone="is-done"),
    "withdraw": step(RUNNING, S.WITHDRAWN, _("She does not want it any more"),
                     _("It was withdrawn: nothing more is done.")),
    "lapse": step(RUNNING, S.LAPSED, _("Let it lapse"), _("It lapsed: her yes is void.")),
}  # fmt: skip
