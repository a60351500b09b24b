"""The life of a matter as one table: states, and the steps allowed between them.

Source: the closed loop 登记—研判—交办—办理—办结—回访—销号 of the programme, with 退回, 转办, 延期.
"""

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, Words
from genxu.core.workflow import step as _step
from genxu.people.answers import REOPENING as REOPENING
from genxu.people.answers import Answer as Answer


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
    REFERRED = "referred", _("Judged above")
    EXPLAINED = "explained", _("Explained")
    NO_AGREEMENT = "no_agreement", _("No agreement")
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


WORKING = (
    State.REGISTERED, State.TRIAGED, State.ASSIGNED, State.UNDER_WAY, State.RETURNED,
    State.REFERRED,
)  # fmt: skip
WAITING_FOR_VERDICT = (State.DONE, State.ASKED_BACK)
ENDED = (State.CLOSED, State.UNCONFIRMED, State.EXPLAINED, State.NO_AGREEMENT)
OPEN = (*WORKING, *WAITING_FOR_VERDICT)
FINISHED = (*WAITING_FOR_VERDICT, *ENDED)
NOT_TOUCHED = (State.REGISTERED, State.TRIAGED, State.ASSIGNED)
"""Nothing was done about it yet; only of these a matter may be withdrawn with its talk."""
TRIES_BEFORE_UNCONFIRMED = 3
REOPENINGS_BEFORE_JUDGED = 2
"""So often a bad word sends it back to the hamlet; after that the level above judges."""
TRIES_APART = timedelta(hours=48)
"""So much lies at least between the first and the last of them."""

REGISTER, COUNT_ANEW, WITHDRAW = "register", "count_anew", "withdraw"


S = State
PRIVATE, FOR_WHO_WAITS = Words.PRIVATE, Words.FOR_WHO_WAITS
IN_HAND = (S.ASSIGNED, S.UNDER_WAY)
ALIVE = tuple(one for one in S if one != S.WITHDRAWN)
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
    "take_on": _step(
        (S.TRIAGED, S.RETURNED, S.ASSIGNED), S.UNDER_WAY,
        _("I will see to it"), _("Somebody has taken it on, and has begun."),
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
    "recall": _step(
        (S.ASSIGNED,), S.TRIAGED,
        _("Take it back"), _("It was taken back before anybody there had opened it."),
    ),
    "urge": _step(
        (*IN_HAND, S.RETURNED), None,
        _("Urge"), _("Whoever has it was asked to hurry."),
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
        _("I have asked"), _("Somebody tried to ask whether it is settled."), PRIVATE,
    ),
    "give_verdict": _step(
        (*WAITING_FOR_VERDICT, *ENDED), None, _("Verdict"), _("A verdict was given."), PRIVATE,
    ),
    "overrule": _step(
        WORKING, None, _("Her own word"),
        _("Her own word goes before what was noted for her."), PRIVATE,
    ),
    "note_verdict": _step(
        (*WAITING_FOR_VERDICT, *ENDED), None, _("Note down an answer"),
        _("An answer was noted down for her; she has seven days to say otherwise."), PRIVATE,
    ),
    "confirm_verdict": _step(
        (*WAITING_FOR_VERDICT, *ENDED), None, _("Let it stand"),
        _("Seven days have passed: the answer that was noted down stands."),
    ),
    "disown_verdict": _step(
        ALIVE, None, _("That is not what I said"),
        _("She never said what was noted down; she is asked anew."), tone="is-bad",
    ),
    "take_back_verdict": _step(
        ALIVE, None, _("Take the answer back"), _("She took her answer back."),
    ),
    "close_unconfirmed": _step(
        (S.ASKED_BACK,), S.UNCONFIRMED,
        _("Close as unconfirmed"), _("Nobody could be reached; it rests until there is an answer."),
    ),
    "reopen": _step(
        ENDED, S.UNDER_WAY, _("Reopen"), _("It was taken up again."), PRIVATE, "is-bad",
    ),
    "explain": _step(
        (*TRIED, S.REFERRED), S.EXPLAINED, _("Explain why it cannot be done"),
        _("It cannot be done; here is why."), FOR_WHO_WAITS,
    ),
    "judge_again": _step(
        (S.REFERRED,), S.UNDER_WAY, _("Have it worked on once more"),
        _("The level above has judged: it is worked on once more."), FOR_WHO_WAITS,
    ),
    "no_agreement": _step(
        (S.REFERRED,), S.NO_AGREEMENT, _("Note that there is no agreement"),
        _("The level above has judged: there is no agreement. That is noted as it is."),
        FOR_WHO_WAITS,
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

BEGINNINGS = {
    REGISTER: _("It was written down."),
    COUNT_ANEW: _("The holidays are published: the deadline was counted anew."),
}
"""What is said of what stands in no table."""
ANSWERING = ("give_verdict", "overrule", "note_verdict", "confirm_verdict")
"""The steps by which an answer comes to a matter."""
NEWS = ("note_progress", "answer", "decide_extension", COUNT_ANEW)
"""Steps that leave a matter where it is, and are news of it to everybody."""
TAKING_UP = ("give_verdict", "overrule", "note_verdict", "reopen", "judge_again")
"""The steps by which a new round of work begins."""
TOLD_AT: dict[tuple[str, str], Any] = {
    **{(step, S.UNDER_WAY): _("Not settled: it is taken up again.") for step in ANSWERING},
    **{(step, S.CLOSED): _("A good word was given; the matter is closed.") for step in ANSWERING},
    **{
        (step, S.REFERRED): _("Not settled a third time: the level above judges.")
        for step in ANSWERING
    },
    **{
        (step, S.NO_AGREEMENT): _("She is not content with it: there is no agreement.")
        for step in ANSWERING
    },
    ("close_unconfirmed", S.CLOSED): _("Who could be reached was satisfied; the matter is closed."),
}
"""Steps whose end the table leaves open: what is said where they led to."""

FOR_VILLAGERS: dict[str, Any] = {
    S.REGISTERED: _("Written down"),
    S.TRIAGED: _("Sorted: we know who it goes to"),
    S.ASSIGNED: _("Settled who sees to it"),
    S.UNDER_WAY: _("Being worked on"),
    S.RETURNED: _("Somebody else is being found"),
    S.DONE: _("Done; waiting for the word of who raised it"),
    S.ASKED_BACK: _("Done; being asked about"),
    S.CLOSED: _("Done, and who raised it agrees"),
    S.UNCONFIRMED: _("Done; who raised it was not reached"),
    S.REFERRED: _("The level above judges"),
    S.EXPLAINED: _("It cannot be done; the reason was given"),
    S.NO_AGREEMENT: _("No agreement was reached"),
}
"""A state as villagers read it; where none stands here, its own word is plain enough."""
FOR_WHO_RAISED: dict[str, Any] = {
    S.DONE: _("Done; waiting for your word"),
    S.ASKED_BACK: _("Done; waiting for your word"),
    S.CLOSED: _("Done, and you agree"),
    S.UNCONFIRMED: _("Done; we did not reach you"),
}
"""The same, said to the one who raised it."""

NEXT: dict[str, Any] = {
    S.REGISTERED: _("Next: the branch sorts who deals with it, and by when."),
    S.TRIAGED: _("Next: it is given to somebody."),
    S.ASSIGNED: _("Next: work on it begins."),
    S.UNDER_WAY: _("Next: it is done, then you are asked."),
    S.RETURNED: _("Next: it is given to somebody else."),
    S.REFERRED: _("Next: the level above judges, and you read here what it says."),
    S.DONE: _("Next: you say whether it is settled."),
    S.ASKED_BACK: _("Next: you say whether it is settled."),
    S.CLOSED: _("It is settled. Is something wrong again? Say it at the next talk."),
    S.UNCONFIRMED: _("It rests. When you answer, your word decides."),
    S.EXPLAINED: _("You can still say what you think of that."),
    S.NO_AGREEMENT: _("You can still answer; a good word closes it."),
    S.WITHDRAWN: _("Nothing more comes of it. Is it yours all the same? Tell the secretary."),
}
"""What comes next, as whoever waits reads it on her receipt."""
