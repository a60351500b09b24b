"""How what was written down of a talk is put right: rows of the matrix."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from genxu.core import clock
from genxu.institutions.talks import mending_actions
from genxu.institutions.talks.models import FACTS, Talk
from tests.addresses import Example, Make
from tests.cast import HOME, Cast
from tests.doing import gathering, hold_talk, suggestions_of, taken_up

Sent = Callable[[Cast, Talk], dict[str, Any]]


def facts(**changes: Any) -> dict[str, Any]:
    """What the page of a correction sends of the evening itself."""
    evening = gathering(**changes)
    return {name: getattr(evening, name) for name in FACTS} | {"words": "看错了"}


def other(cast: Cast) -> Talk:
    return hold_talk(cast, held_on=clock.today() - timedelta(days=1))


SENT: dict[str, Sent] = {
    "correct": lambda cast, talk: facts(venue="祠堂"),
    "add": lambda cast, talk: {"text": "水渠也堵了", "response": "taken_up"},
    "join": lambda cast, talk: {"other": other(cast).pk},
    "withdraw": lambda cast, talk: {"words": "记错了湾"},
}


def form_of(talk: Talk, sent: dict[str, Any]) -> dict[str, Any]:
    return {"version": talk.version, "client_id": str(uuid4()), **sent}


def _step(name: str) -> Make:
    def make(cast: Cast) -> Example:
        talk = hold_talk(cast, taken_up())
        sent = form_of(talk, SENT[name](cast, talk))
        return Example({"pk": talk.pk}, HOME, {"talk": talk}, sent=sent)

    return make


def _correct_said(cast: Cast) -> Example:
    talk = hold_talk(cast, taken_up())
    (said,) = suggestions_of(talk)
    sent = form_of(talk, {"text": "塘边的路灯坏了", "words": "是塘边"})
    return Example({"pk": talk.pk, "suggestion_pk": said.pk}, HOME, {"talk": talk}, sent=sent)


def _take_back(cast: Cast) -> Example:
    talk = hold_talk(cast, taken_up())
    evening = gathering(venue="祠堂")
    actor = cast.actor("secretary")
    talk = mending_actions.correct_talk(actor=actor, talk=talk, gathering=evening, words="看错了")
    sent = form_of(talk, {"since": talk.version - 1})
    return Example({"pk": talk.pk}, HOME, {"row": talk}, get=False, sent=sent)


EXAMPLES: dict[str, list[Make]] = {
    **{f"talk_{name}": [_step(name)] for name in SENT},
    "talk_correct_said": [_correct_said],
    "talk_take_back": [_take_back],
}

PLAIN = {"talks.record_talk.another", "talks.record_talk.wish", "talks.add_said.wish"}
