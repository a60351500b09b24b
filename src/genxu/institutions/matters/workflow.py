"""The life of a matter as one table: states, and the steps allowed between them.

Source: the closed loop 登记—研判—交办—办理—办结—回访—销号 of the programme, with 退回, 转办, 延期.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, Words
from genxu.core.workflow import step as _step


class State(models.TextChoices):
    REGISTERED = "registered", _("Registered")
    TRIAGED = "triaged", _("Triaged")
    ASSIGNED = "assigned", _("Assigned")
    UNDER_WAY = "under_way", _("Under way")
    RETURNED = "returned", _("Returned")
    DONE = "done", _("Done")
    ASKED_BACK = "asked_back", _("Asked back")
    CLOSED = "closed", _("Closed")
    UNCONFIRMED = "unconfirmed", _("Unconfirmed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Tier(models.TextChoices):
    """Three tiers (十户联防): personal 帮衬办, common 一起办, specialist 提级办."""

    PERSONAL = "personal", _("Personal")
    COMMON = "common", _("Common")
    SPECIALIST = "specialist", _("Specialist")


SHARED_TIERS = (Tier.COMMON, Tier.SPECIALIST)
"""Of these the whole hamlet may hear; a personal matter is for those who handle it."""


class Urgency(models.TextChoices):
    ORDINARY = "ordinary", _("Ordinary")
    URGENT = "urgent", _("Urgent, within 24 hours")


class Answer(models.TextChoices):
    """The five answers of the asking-back (回访)."""

    VERY_SATISFIED = "very_satisfied", _("Very satisfied")
    SATISFIED = "satisfied", _("Satisfied")
    FAIRLY_SATISFIED = "fairly_satisfied", _("Fairly satisfied")
    DISSATISFIED = "dissatisfied", _("Dissatisfied")
    VERY_DISSATISFIED = "very_dissatisfied", _("Very dissatisfied")


REOPENING = frozenset({Answer.DISSATISFIED, Answer.VERY_DISSATISFIED})
WORKING = (State.REGISTERED, State.TRIAGED, State.ASSIGNED, State.UNDER_WAY, State.RETURNED)
WAITING_FOR_VERDICT = (State.DONE, State.ASKED_BACK)
ENDED = (State.CLOSED, State.UNCONFIRMED)
OPEN = (*WORKING, *WAITING_FOR_VERDICT)
FINISHED = (*WAITING_FOR_VERDICT, *ENDED)
NOT_TOUCHED = (State.REGISTERED, State.TRIAGED, State.ASSIGNED)
"""Nothing was done about it yet; only of these a matter may be withdrawn with its talk."""
TRIES_BEFORE_UNCONFIRMED = 3

REGISTER, WITHDRAW = "register", "withdraw"


S = State
PRIVATE, FOR_WHO_WAITS = Words.PRIVATE, Words.FOR_WHO_WAITS
IN_HAND = (S.ASSIGNED, S.UNDER_WAY)
TRIED = (S.TRIAGED, S.ASSIGNED, S.UNDER_WAY, S.RETURNED)

STEPS: dict[str, Step] = {
    "triage": _step(
        (S.REGISTERED, S.TRIAGED, S.RETURNED, S.ASSIGNED, S.UNDER_WAY), S.TRIAGED,
        _("Triage"), _("It was sorted: who should deal with it, and by when."), mends=True,
    ),
    "assign": _step(
        (S.TRIAGED, S.RETURNED), S.ASSIGNED,
        _("Assign"), _("It was given to somebody to deal with."), mends=True,
    ),
    "start": _step(
        (S.ASSIGNED,), S.UNDER_WAY, _("Start"), _("Work on it has begun."), FOR_WHO_WAITS,
        mends=True,
    ),
    "note_progress": _step(
        (S.UNDER_WAY,), S.UNDER_WAY, _("Note progress"), _("There is news of it."), FOR_WHO_WAITS,
        mends=True,
    ),
    "pass_on": _step(
        IN_HAND, S.ASSIGNED, _("Pass on"), _("It was handed to somebody better placed."),
        mends=True,
    ),
    "pass_up": _step(
        TRIED, S.ASSIGNED, _("Pass up one level"), _("It was taken one level up."),
        mends=True,
    ),
    "answer": _step(
        (*IN_HAND, S.RETURNED), S.UNDER_WAY,
        _("Answer the hamlet"), _("The answer from above came back."), FOR_WHO_WAITS,
        mends=True,
    ),
    "return": _step(
        IN_HAND, S.RETURNED, _("Give back"), _("It was given back with a reason."), tone="is-bad",
        mends=True,
    ),
    "ask_extension": _step(
        TRIED, None, _("Ask for more time"), _("More time was asked for."),
        mends=True,
    ),
    "decide_extension": _step(
        TRIED, None, _("Decide on more time"), _("It was decided whether there is more time."),
        mends=True,
    ),
    "finish": _step(
        (S.UNDER_WAY,), S.DONE,
        _("Report it done"), _("It is done. Now the one who raised it has the last word."),
        FOR_WHO_WAITS, "is-done", mends=True,
    ),
    "ask_back": _step(
        WAITING_FOR_VERDICT, S.ASKED_BACK,
        _("Ask back"), _("Somebody tried to ask whether it is settled."), PRIVATE,
    ),
    "give_verdict": _step(
        (*WAITING_FOR_VERDICT, *ENDED), None, _("Verdict"), _("A verdict was given."), PRIVATE,
    ),
    "close_unconfirmed": _step(
        (S.ASKED_BACK,), S.UNCONFIRMED,
        _("Close as unconfirmed"), _("Nobody could be reached; it rests until there is an answer."),
    ),
    "reopen": _step(
        ENDED, S.UNDER_WAY, _("Reopen"), _("It was taken up again."), PRIVATE, "is-bad",
    ),
    "correct": _step(
        (*OPEN, *ENDED), None,
        _("Correct the words"), _("Its words were corrected."), PRIVATE, mends=True,
    ),
    "withdraw": _step(
        NOT_TOUCHED, S.WITHDRAWN,
        _("Withdraw"), _("It was written down by mistake and is withdrawn."), FOR_WHO_WAITS,
    ),
}  # fmt: skip

BEGINNINGS = {REGISTER: _("It was written down.")}
"""What is said of what stands in no table."""
TOLD_AT: dict[tuple[str, str], Any] = {
    ("give_verdict", S.UNDER_WAY): _("Not settled: it is taken up again."),
    ("give_verdict", S.CLOSED): _("A good word was given; the matter is closed."),
    ("close_unconfirmed", S.CLOSED): _("Who could be reached was satisfied; the matter is closed."),
}
"""Steps whose end the table leaves open: what is said where they led to."""
