"""The way of an appraisal (党员教育管理工作条例 2019, article 18), and of an appeal against it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, Words, step


class State(models.TextChoices):
    OWN = "own", _("Own words")
    MUTUAL = "mutual", _("Each other's words")
    POLLED = "polled", _("Polled")
    OPINION = "opinion", _("The branch's opinion stands")
    TOLD = "told", _("Told to each")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Grade(models.TextChoices):
    """四个等次. No list is ever ordered by them."""

    EXCELLENT = "excellent", _("Excellent")
    QUALIFIED = "qualified", _("Qualified")
    BASIC = "basic", _("Basically qualified")
    UNQUALIFIED = "unqualified", _("Not qualified")


class AppealState(models.TextChoices):
    RAISED = "raised", _("Waits for the township")
    UPHELD = "upheld", _("Upheld")
    REFUSED = "refused", _("Not upheld")


S, A = State, AppealState
ENDED = (S.TOLD, S.WITHDRAWN)
BEGIN = "begin"
TOLD = {BEGIN: _("The appraisal of the year has begun.")}
STEPS: dict[str, Step] = {
    "go_on": step((S.OWN,), S.MUTUAL, _("Go on to each other's words"),
                  _("Own words are given; now each other's."), mends=True),
    "poll": step((S.MUTUAL, S.POLLED), S.POLLED, _("Write the poll down"),
                 _("The poll on paper was counted.")),
    "judge": step((S.POLLED, S.OPINION), S.OPINION, _("Write the opinion down"),
                  _("The branch has given its opinion.")),
    "tell": step((S.OPINION,), S.TOLD, _("Tell each member"),
                 _("Each member can read his own."), tone="is-done"),
    "withdraw": step((S.OWN, S.MUTUAL, S.POLLED, S.OPINION), S.WITHDRAWN,
                     _("Withdraw the appraisal"), _("It was begun by mistake and is withdrawn."),
                     tone="is-bad"),
}  # fmt: skip

APPEAL_TOLD = {BEGIN: _("He appeals to the township.")}
APPEAL_STEPS: dict[str, Step] = {
    "uphold": step((A.RAISED,), A.UPHELD, _("Uphold the appeal"),
                   _("The township has upheld it."), Words.FOR_WHO_WAITS, "is-done"),
    "refuse": step((A.RAISED,), A.REFUSED, _("Let the grade stand"),
                   _("The township lets the grade stand."), Words.FOR_WHO_WAITS),
}  # fmt: skip
