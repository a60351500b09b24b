"""How the addresses of meetings and study are opened: rows of the matrix."""

from typing import Any
from uuid import uuid4

from genxu.core import clock
from genxu.team.meetings.models import Meeting
from genxu.team.members.tests.factories import on_roll
from tests.addresses import Example
from tests.cast import HOME, TOWNSHIP, Cast

from .factories import branch, everybody, noted, trained


def form_of(meeting: Meeting | None = None, **changes: Any) -> dict[str, Any]:
    """A complete form of what was held, as the page would send it."""
    facts = {"kind": "lecture", "held_on": clock.today().isoformat(), "topic": "讲一堂党课"}
    version = {"version": meeting.version} if meeting else {}
    return {**facts, "hours": "2", **version, "client_id": str(uuid4()), **changes}


def _note(cast: Cast) -> Example:
    branch(cast)
    hamlet = cast.home
    return Example({"code": HOME}, HOME, {"hamlet": hamlet}, sent=form_of())


def _of(**sent: Any) -> Any:
    def make(cast: Cast) -> Example:
        one = noted(cast)
        body = form_of(one, **sent) if sent else None
        return Example({"pk": one.pk}, HOME, {"meeting": one}, sent=body)

    return make


def _take_back(cast: Cast) -> Example:
    one = noted(cast)
    sent = {"since": "1", "version": one.version, "client_id": str(uuid4())}
    return Example({"pk": one.pk}, HOME, {"row": one}, get=False, sent=sent)


def _withdraw_training(cast: Cast) -> Example:
    one = trained(cast)
    return Example(
        {"pk": one.pk}, TOWNSHIP, {"training": one}, get=False, sent={"client_id": str(uuid4())}
    )


def _offer(cast: Cast) -> Example:
    place = cast.hamlet(TOWNSHIP)
    sent = {"held_on": clock.today().isoformat(), "topic": "轮训", "hours": "4"}
    return Example({"code": TOWNSHIP}, TOWNSHIP, {"place": place}, sent=sent)


def populate(cast: Cast) -> None:
    """Something in each of its tables."""
    one = on_roll(cast).organisation
    noted(cast, one, everybody(one))
    trained(cast)


EXAMPLES: dict[str, list[Any]] = {
    "api-1:meetings": [lambda cast: Example()],
    "meetings": [lambda cast: Example()],
    "export_meetings": [lambda cast: Example()],
    "quiet_members": [lambda cast: Example()],
    "study": [lambda cast: Example()],
    "offer_training": [_offer],
    "withdraw_training": [_withdraw_training],
    "note_meeting": [_note],
    "meeting": [_of()],
    "meeting_correct": [_of(words="少记了一个人")],
    "meeting_withdraw": [_of(words="记错了日子")],
    "meeting_take_back": [_take_back],
}
PLAIN = {
    "meetings.note_meeting.another", "meetings.note_meeting.hours",
    "meetings.note_meeting.attended", "meetings.correct_meeting.hours",
    "meetings.correct_meeting.attended", "meetings.offer_training.hours",
}  # fmt: skip
