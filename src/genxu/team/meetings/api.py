"""Meetings of Party organisations, as the API gives them: what was held, not who came."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema

from genxu.core.api import PROBLEMS, Key, operation, rows_of

from . import rules
from .models import Meeting
from .views import meetings

router = Router()


class MeetingOut(Schema):
    id: int
    hamlet: str
    organisation: str
    kind: str
    held_on: date
    topic: str
    hours: float
    state: str

    @staticmethod
    def of(one: Meeting) -> "MeetingOut":
        return MeetingOut(
            id=one.pk, hamlet=one.hamlet_id, organisation=str(one.organisation), kind=one.kind,
            held_on=one.held_on, topic=one.topic, hours=float(one.hours), state=one.state,
        )  # fmt: skip


class MeetingPage(Schema):
    items: list[MeetingOut]
    next_before: int | None


@router.get("/meetings", response={200: MeetingPage} | PROBLEMS, url_name="meetings")
@operation(rules.see_meetings)
def list_meetings(
    request: HttpRequest, place: str = "", kind: str = "", before: Key | None = None
) -> MeetingPage:
    """Meetings in the actor's charge, the last noted first, a hundred at a time; those that were
    withdrawn say so."""
    found, more = rows_of(request, meetings, {"place": place, "kind": kind}, before)
    return MeetingPage(items=[MeetingOut.of(one) for one in found], next_before=more)
