"""The life of a dispute (矛盾调解) as one table: told, talked over, agreed, looked back at, ended.

The law behind it: 人民调解法, adopted on 2010-08-28, in force since 2011-01-01.
"""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, Words, step


class State(models.TextChoices):
    TOLD = "told", _("Told")
    TALKED = "talked", _("Being talked over")
    AGREED = "agreed", _("Agreed")
    SETTLED = "settled", _("Settled between the sides")
    UNHEARD = "unheard", _("Agreed, not all could be asked")
    NO_AGREEMENT = "no_agreement", _("No agreement of the sides")
    WITHDRAWN = "withdrawn", _("Written by mistake")


S = State
BEFORE = (S.TOLD, S.TALKED)
"""While the sides look for an agreement."""
OPEN = (*BEFORE, S.AGREED)
ENDED = (S.SETTLED, S.UNHEARD, S.NO_AGREEMENT)
LOOK_BACK_AFTER = timedelta(days=30)
"""So long an agreement has stood when each side is asked whether it holds (custom)."""

BEGIN = "begin"
TOLD = {BEGIN: _("It was told.")}
"""How it begins stands in no table."""

STEPS: dict[str, Step] = {
    "meet": step(BEFORE, S.TALKED, _("Note a talk of the sides"),
                 _("The sides talked it over."), words=Words.PRIVATE),
    "draft": step(BEFORE, None, _("Write down what is to be agreed"),
                  _("What is to be agreed was written down."), mends=True),
    "agree": step(BEFORE, S.AGREED, _("They agree"), _("All sides said yes."),
                  tone="is-done", mends=True),
    "name": step(OPEN, None, _("Name the peacemaker"), _("A peacemaker was named."),
                 words=Words.PRIVATE),
    "add_side": step(BEFORE, None, _("One more side"), _("One more side came to it.")),
    "correct": step(BEFORE, None, _("Correct what was noted"), _("What was noted was corrected."),
                    words=Words.PRIVATE, mends=True),
    "strike": step(OPEN, None, _("Strike out a talk"),
                   _("A talk that was noted wrongly was struck out."), words=Words.PRIVATE),
    "amend": step((S.AGREED,), S.TALKED, _("The agreement is written wrongly"),
                  _("What was agreed is put right; each side says yes anew."),
                  words=Words.PRIVATE),
    "note_answer": step((S.AGREED, S.UNHEARD), None, _("Note what a side says"),
                        _("What a side says was noted down."), words=Words.PRIVATE),
    "give_answer": step((S.AGREED, *ENDED, S.TALKED), None, _("Her own word"),
                        _("A side said it herself.")),
    "end": step(BEFORE, S.NO_AGREEMENT, _("End it without agreement"),
                _("It ended without an agreement."), words=Words.PRIVATE),
    "end_own": step(BEFORE, S.NO_AGREEMENT, _("We end it"), _("A side has ended it.")),
    "send_up": step((S.NO_AGREEMENT,), None, _("Pass it on, one level up"),
                    _("With the consent of the sides it became a matter that names nobody.")),
    "withdraw": step(OPEN, S.WITHDRAWN, _("It was written by mistake"),
                     _("It was written by mistake."), words=Words.PRIVATE, mends=True),
    "reopen": step(ENDED, S.TALKED, _("Talk it over once more"),
                   _("It is talked over once more."), words=Words.PRIVATE),
}  # fmt: skip
