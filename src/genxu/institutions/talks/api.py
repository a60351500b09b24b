"""Talks, as the API takes them in."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from genxu.core.api import PROBLEMS, Text, operation
from genxu.regions.queries import place_in_charge, place_of

from . import actions, rules

router = Router()
NOT_OF_THE_EVENING = {"client_id", "hamlet", "said", "another"}


class SaidIn(Schema):
    text: Text
    response: Text
    reply: Text = ""
    name: Text = ""
    tier: Text = ""
    title: Text = ""


class TalkIn(Schema):
    client_id: UUID
    hamlet: Text
    held_on: date
    venue: Text
    topic: Text = ""
    head_count: int | None = None
    host: Text
    recorder: Text
    said: list[SaidIn] = []
    another: bool = False


class TalkOut(Schema):
    id: int
    number: int


@router.post("/talks", response={200: TalkOut} | PROBLEMS, url_name="talks")
@operation(rules.record_talk)
def record_talk(request: HttpRequest, talk: TalkIn) -> TalkOut:
    """Record a talk; the same ``client_id`` sent again gives the talk already made. A second one
    of the same day and hamlet is a conflict, unless it is said to be ``another``."""
    actor = request.actor  # type: ignore[attr-defined]
    hamlet = place_in_charge(actor, rules.see_talks.roles, place_of(talk.hamlet).code)
    made = actions.record_talk.once(
        talk.client_id,
        actor=actor,
        hamlet=hamlet,
        gathering=actions.Gathering(
            **talk.dict(exclude={"client_id", "hamlet", "said", "another"})
        ),
        said=[actions.Said(**one.dict()) for one in talk.said],
        another=talk.another,
    )
    return TalkOut(id=made.pk, number=made.number)
