"""Asking back, verdicts, closing and reopening: only the resident's verdict closes a matter."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.calendar import end_of_day
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import optional, required

from . import rules
from .deadlines import deadline
from .models import WORDS_LIMIT, AskingBack, Matter, Suggestion, Verdict
from .workflow import (
    ENDED,
    REOPENING,
    TRIES_APART,
    TRIES_BEFORE_UNCONFIRMED,
    Answer,
    State,
)


@action(rules.ask_back_matter, locks="matter")
def ask_back_matter(*, actor: Actor, matter: Matter, words: str = "") -> Matter:
    """回访: one try to ask the resident; a second one on the same day does not count."""
    matter.advance(actor, "ask_back", words=words)
    _try, made = AskingBack.objects.get_or_create(
        matter=matter, round=matter.round, on=clock.today(), defaults={"at": clock.now()}
    )
    if not made:
        raise Conflict(_("Today's try is noted already. Try again on another day."))
    return matter


@action(rules.give_verdict, locks="matter", notes=("answer", "suggestion"))
def give_verdict(
    *,
    actor: Actor,
    matter: Matter,
    suggestion: Suggestion,
    answer: str,
    words: str = "",
    round: int | None = None,
) -> Matter:
    """The resident's answer. A bad one reopens the matter at once; it closes when all who
    raised it have answered well."""
    if answer not in Answer:
        raise Invalid({"answer": _("Please choose one of the five answers.")})
    words = optional(words, WORDS_LIMIT)
    if not matter.voices.filter(suggestion=suggestion).exists():
        raise Invalid({"suggestion": _("This suggestion is not behind this matter.")})
    if round is not None and round != matter.round:
        raise Conflict(_("This page is from before; look at what has been done since."))
    if matter.verdicts.filter(suggestion=suggestion, round=matter.round).exists():
        raise Conflict(_("The verdict on this was given already. Thank you."))
    by_voice = actor.account_id is not None
    told = words.strip()
    if answer in REOPENING:
        _keep(matter, suggestion, actor, answer, told, by_voice)
        return _take_up_again(matter, actor, "give_verdict", told)
    answered = matter.verdicts.filter(round=matter.round).values("suggestion")
    left = matter.voices.exclude(suggestion=suggestion).exclude(suggestion__in=answered)
    settled = matter.state in ENDED or not left.exists()
    _keep(matter, suggestion, actor, answer, told, by_voice)
    target = State.CLOSED if settled else State(matter.state)
    return matter.advance(actor, "give_verdict", words=told, target=target)


@action(rules.close_unconfirmed_matter, locks="matter")
def close_unconfirmed_matter(*, actor: Actor, matter: Matter) -> Matter:
    """Rest a matter when three tries on different days reached nobody; counted apart.

    If one of several residents did answer, and well, the matter is closed on her word.
    """
    check_tries(matter)
    answered = matter.verdicts.filter(round=matter.round).exists()
    target = State.CLOSED if answered else State.UNCONFIRMED
    return matter.advance(actor, "close_unconfirmed", target=target)


def check_tries(matter: Matter) -> None:
    """``Conflict`` before three tries in this round, 48 hours from the first to the last."""
    tries = list(matter.tries.filter(round=matter.round).order_by("at"))
    if len(tries) < TRIES_BEFORE_UNCONFIRMED:
        message = _("Three tries on different days are needed first; so far there are %(tries)s.")
        raise Conflict(message % {"tries": len(tries)})
    enough = tries[0].at + TRIES_APART
    if tries[-1].at < enough:
        next_day = end_of_day(tries[-1].on) + timedelta(seconds=1)
        day = date_format(timezone.localtime(max(enough, next_day)), "DATETIME_FORMAT")
        message = _("The tries lie too close: 48 hours from first to last. Ask again from %(day)s.")
        raise Conflict(message % {"day": day})


@action(rules.reopen_matter, locks="matter")
def reopen_matter(*, actor: Actor, matter: Matter, words: str) -> Matter:
    """Take up a closed matter again, with the reason."""
    return _take_up_again(matter, actor, "reopen", required(words, WORDS_LIMIT))


def _take_up_again(matter: Matter, actor: Actor, step: str, words: str) -> Matter:
    """Under way again, in a new round, with a new deadline from today."""
    limit = deadline(clock.now(), matter.tier, matter.urgency)
    return matter.advance(
        actor,
        step,
        words=words,
        target=State.UNDER_WAY,
        round=matter.round + 1,
        remind_at=limit.remind_at,
        due_at=limit.due_at,
        extension=Matter.Extension.NONE,
        extension_days=0,
    )


def _keep(
    matter: Matter, suggestion: Suggestion, actor: Actor, answer: str, words: str, by_voice: bool
) -> None:
    Verdict.objects.create(
        matter=matter,
        suggestion=suggestion,
        hamlet_id=matter.hamlet_id,
        round=matter.round,
        answer=answer,
        words=words,
        by_voice=by_voice,
        code_was_shown=actor.code_was_shown,
        by_id=actor.account_id,
        on=clock.today(),
    )
