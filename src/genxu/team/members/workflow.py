"""The lives of a post, a promise, an objection: three small tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, Words, step


class PostState(models.TextChoices):
    HELD = "held", _("Held")
    GIVEN_UP = "given_up", _("Given up")


class PromiseState(models.TextChoices):
    GIVEN = "given", _("Given")
    KEPT = "kept", _("Kept")
    NOT_KEPT = "not_kept", _("Not kept, and said why")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ObjectionState(models.TextChoices):
    RAISED = "raised", _("Waits for an answer")
    UPHELD = "upheld", _("The line was struck out")
    ANSWERED = "answered", _("The line stays")


BEGIN = "begin"

POST_TOLD = {BEGIN: _("It was taken on.")}
POST_STEPS: dict[str, Step] = {
    "give_up": step((PostState.HELD,), PostState.GIVEN_UP, _("Give the post up"),
                    _("It was given up."), mends=True),
}  # fmt: skip

P = PromiseState
PROMISE_TOLD = {BEGIN: _("The promise was given.")}
PROMISE_STEPS: dict[str, Step] = {
    "keep": step((P.GIVEN, P.NOT_KEPT), P.KEPT, _("It is kept"), _("It was kept."),
                 tone="is-done", mends=True),
    "not_keep": step((P.GIVEN,), P.NOT_KEPT, _("It was not kept"),
                     _("It was not kept, and this is why."), mends=True),
    "withdraw": step((P.GIVEN,), P.WITHDRAWN, _("Withdraw the promise"),
                     _("It was withdrawn."), mends=True),
}  # fmt: skip

O = ObjectionState  # noqa: E741
OBJECTION_TOLD = {BEGIN: _("He says that the line is not right.")}
OBJECTION_STEPS: dict[str, Step] = {
    "uphold": step((O.RAISED,), O.UPHELD, _("Strike the line out"),
                   _("The line was struck out."), Words.FOR_WHO_WAITS, mends=True),
    "answer": step((O.RAISED,), O.ANSWERED, _("Let the line stay"),
                   _("The line stays, and this is why."), Words.FOR_WHO_WAITS, mends=True),
}  # fmt: skip
