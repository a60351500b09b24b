"""From a nomination to the end of a term, as one table.

Source: 个人自荐 + 群众推荐 + 支部选聘, then 乡镇统一发放聘书、悬挂标牌 (the article).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, step


class State(models.TextChoices):
    NOMINATED = "nominated", _("Nominated")
    SELECTED = "selected", _("Selected by the branch")
    APPOINTED = "appointed", _("Appointed")
    NOT_CHOSEN = "not_chosen", _("Not chosen")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LEFT = "left", _("No longer a centre household")


class Leaving(models.TextChoices):
    TERM_ENDED = "term_ended", _("The term ended")
    RESIGNED = "resigned", _("Resigned")
    MOVED_AWAY = "moved_away", _("Moved away")
    BREACH = "breach", _("Broke the rules")
    APPRAISAL = "appraisal", _("Failed the appraisal")


BY_HOUSEHOLD = ("nominate", "withdraw", "leave", "erase")
"""The steps that a household can take by its link."""
S = State
OPEN = (S.NOMINATED, S.SELECTED)
ENDED = (S.NOT_CHOSEN, S.WITHDRAWN, S.LEFT)
NOMINATE, REGISTER = "nominate", "register"
BEGINNINGS = {
    NOMINATE: _("It stands as centre household."),
    REGISTER: _("It was entered: the township had appointed it on paper."),
}
"""The two ways in which it begins; they start from no state."""

STEPS: dict[str, Step] = {
    "select": step(
        (S.NOMINATED,), S.SELECTED, _("Choose this candidate"), _("The branch selected it."),
    ),
    "pass_over": step(
        OPEN, S.NOT_CHOSEN, _("Do not choose this one"), _("It was not chosen."), tone="is-bad",
    ),
    "withdraw": step(OPEN, S.WITHDRAWN, _("Withdraw"), _("The nomination was withdrawn.")),
    "send_back": step(
        (S.SELECTED,), S.NOMINATED, _("Send back"), _("The township sent it back."),
        mends=True,
    ),
    "appoint": step(
        (S.SELECTED,), S.APPOINTED, _("Appoint"), _("The township appointed it."), tone="is-done",
    ),
    "correct": step((S.APPOINTED,), S.APPOINTED, _("Correct"), _("Its details were corrected.")),
    "renew": step((S.APPOINTED,), S.APPOINTED, _("Renew the term"), _("Its term was renewed."),
                  mends=True),
    "leave": step(
        (S.APPOINTED,), S.LEFT, _("End it"), _("It is no centre household any more."),
        tone="is-bad",
    ),
    "erase": step(ENDED, None, _("Erase the name"), _("The name was erased.")),
}  # fmt: skip
