"""Asking back, and the other ends and new beginnings of a matter: unconfirmed, reopened, judged by
the level above, explained."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.calendar import end_of_day
from genxu.core.errors import Conflict
from genxu.core.texts import required

from . import queries, rules
from .answering import ground_of, taken_up_again
from .models import WORDS_LIMIT, AskingBack, Matter, Verdict
from .workflow import TRIES_APART, TRIES_BEFORE_UNCONFIRMED, State


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


@action(rules.close_unconfirmed_matter, locks="matter")
def close_unconfirmed_matter(*, actor: Actor, matter: Matter) -> Matter:
    """Rest a matter when three tries on different days reached nobody; counted apart.

    If one of several residents did answer, and well, the matter is closed on her word.
    """
    check_tries(matter)
    standing = matter.verdicts.filter(round=matter.round, status=Verdict.Status.STANDING)
    target = State.CLOSED if standing.exists() else State.UNCONFIRMED
    return matter.advance(actor, "close_unconfirmed", target=target)


def check_tries(matter: Matter) -> None:
    """``Conflict`` before three tries in this round, or since she said that a word noted down for
    her was not hers; 48 hours lie from the first to the last."""
    tries = queries.tries(matter)
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
    changes = taken_up_again(matter, ground_of(matter))
    return matter.advance(actor, "reopen", words=required(words, WORDS_LIMIT), **changes)


@action(rules.explain_matter, locks="matter")
def explain_matter(*, actor: Actor, matter: Matter, words: str, basis: str) -> Matter:
    """解释说明: it cannot be done; why, and on what basis in law, as she will read it. She is asked
    all the same."""
    reason = required(words, WORDS_LIMIT)
    law = required(basis, WORDS_LIMIT, "basis", _("Please name the law, the rule or the plan."))
    changes = {**_back_in_the_hamlet(matter), "result": reason, "basis": law}
    return matter.advance(actor, "explain", words=f"{reason}\n{law}"[:WORDS_LIMIT], **changes)


@action(rules.judge_matter, locks="matter")
def judge_again_matter(*, actor: Actor, matter: Matter, words: str) -> Matter:
    """The level above has the hamlet work on it once more, and says why and how."""
    changes = {**taken_up_again(matter, ground_of(matter)), "round": matter.round}
    changes |= _back_in_the_hamlet(matter)
    return matter.advance(actor, "judge_again", words=required(words, WORDS_LIMIT), **changes)


@action(rules.judge_matter, locks="matter")
def note_no_agreement(*, actor: Actor, matter: Matter, words: str) -> Matter:
    """未达成一致: what was tried, where both sides stand. Counted apart; she can still answer."""
    changes = _back_in_the_hamlet(matter)
    said = required(words, WORDS_LIMIT)
    return matter.advance(actor, "no_agreement", words=said, result=said, **changes)


def _back_in_the_hamlet(matter: Matter) -> dict[str, Any]:
    """The level above has said its word; nobody on the way retypes it."""
    changes: dict[str, Any] = {}
    if matter.place_id != matter.hamlet_id:
        changes = {"place_id": matter.hamlet_id, "assignee": None, "assignee_name": ""}
    if matter.extension == Matter.Extension.ASKED:
        changes |= {"extension": Matter.Extension.NONE, "extension_days": 0}
    return changes
