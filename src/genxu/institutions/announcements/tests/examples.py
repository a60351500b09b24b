"""How the pages of announced talks are opened: rows of the matrix."""

from typing import Any
from uuid import uuid4

from genxu.institutions.announcements import actions
from tests.addresses import Example, Make
from tests.cast import HOME, Cast

from .factories import announced, facts, wish


def _new(cast: Cast) -> Example:
    sent = {"client_id": str(uuid4()), **facts()}
    return Example({"code": HOME}, HOME, {"hamlet": cast.home}, sent=sent)


def _thing(cast: Cast) -> Example:
    one = announced(cast)
    return Example({"pk": one.pk}, HOME, {"announcement": one})


def _step(**sent: Any) -> Make:
    def make(cast: Cast) -> Example:
        one = announced(cast)
        given = {"client_id": str(uuid4()), "version": one.version, **sent}
        return Example({"pk": one.pk}, HOME, {"announcement": one}, sent=given)

    return make


def _take_back(cast: Cast) -> Example:
    one = announced(cast)
    actor = cast.actor("secretary")
    one = actions.call_talk_off(actor=actor, announcement=one, words="落雨")
    sent = {"client_id": str(uuid4()), "version": one.version, "since": one.version - 1}
    return Example({"pk": one.pk}, HOME, {"row": one}, get=False, sent=sent)


def _say(cast: Cast) -> Example:
    sent = {"client_id": str(uuid4()), "text": "塘埂要加固"}
    return Example({"code": HOME}, sent=sent)


def populate(cast: Cast) -> None:
    """Something in each of its tables."""
    announced(cast)
    wish(cast)


EXAMPLES: dict[str, list[Make]] = {
    "announce_talk": [_new],
    "announcement": [_thing],
    "announcement_change": [
        lambda cast: _step(**facts(venue="晒谷场", words="树下有风"))(cast),
    ],
    "announcement_call_off": [_step(words="落雨")],
    "announcement_take_back": [_take_back],
    "say_for_talk": [_say],
}

PLAIN = {
    "announcements.announce_talk.begins_at",
    "announcements.change_announcement.begins_at",
    "talks.record_talk.wishes",
    "talks.record_talk.wish",
}
