"""How the pages of places are opened: rows of the matrix; what the laws want to know."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from genxu.places.venues import actions, element_actions
from genxu.places.venues.models import Venue
from genxu.team.members.tests.factories import on_roll
from tests.addresses import Example, Make
from tests.cast import FAR, HOME, NEIGHBOUR, VILLAGE, Cast

from . import factories

TODAY = "2026-05-13"


@dataclass(frozen=True)
class Looked(Example):
    """A place that everybody at work in the hamlet sees."""


def _sent(**told: Any) -> dict[str, Any]:
    return {"client_id": str(uuid4()), **told}


def _plain(**values: Any) -> Make:
    return lambda cast: Example(**values)


FACTS = {"name": "新屋场", "source": "old_house", "since": "2022-03-01", "owner": "罗测一",
         "agreed_until": "2027-03-01"}  # fmt: skip


def _open(code: str) -> Make:
    def make(cast: Cast) -> Example:
        sent = _sent(**FACTS, rooms="大厅、厨房")
        return Example({"code": code}, code, {"hamlet": cast.hamlet(code)}, sent=sent)

    return make


def _nowhere(cast: Cast) -> Example:
    return Example({"code": VILLAGE}, VILLAGE, {"hamlet": cast.hamlet(VILLAGE)})


def _of(venue: Venue, **values: Any) -> Example:
    return Example({"pk": venue.pk}, HOME, {"venue": venue}, **values)


def _venue(cast: Cast) -> Example:
    venue = factories.venue(cast)
    factories.thing(cast, venue)
    factories.face(cast, venue)
    element_actions.raise_missing(actor=cast.actor("secretary"), venue=venue, kind="flag")
    return _of(venue)


def _step(**told: Any) -> Make:
    def make(cast: Cast) -> Example:
        venue = factories.venue(cast)
        return _of(venue, sent=_sent(version=venue.version, **told))

    return make


def _change_room(cast: Cast) -> Example:
    venue = factories.venue(cast)
    sent = _sent(version=venue.version, room=factories.room(venue).pk, tables="12", seats="")
    return _of(venue, sent=sent)


def _hang(cast: Cast) -> Example:
    member, venue = on_roll(cast), factories.venue(cast)
    return _of(venue, sent=_sent(version=venue.version, member=member.pk, agreed_on=TODAY))


def _take_down(cast: Cast) -> Example:
    venue = factories.venue(cast)
    face = factories.face(cast, venue)
    venue.refresh_from_db()
    return _of(venue, sent=_sent(version=venue.version, face=face.pk))


def _reopen(cast: Cast) -> Example:
    venue = closed(cast)
    return _of(venue, sent=_sent(version=venue.version, words="修好了"))


def closed(cast: Cast) -> Venue:
    venue = factories.venue(cast)
    return actions.close_venue(actor=cast.actor("secretary"), venue=venue, words="屋顶漏雨")


def _take_back(cast: Cast) -> Example:
    venue = closed(cast)
    sent = _sent(version=venue.version, since=venue.version - 1)
    return Example({"pk": venue.pk}, HOME, {"row": venue}, get=False, sent=sent)


def _missing(cast: Cast) -> Example:
    venue = factories.venue(cast)
    kwargs = {"pk": venue.pk, "kind": "flag"}
    return Example(kwargs, HOME, {"venue": venue}, get=False, sent={})


def populate(cast: Cast) -> None:
    """Something in each of its tables."""
    venue = factories.venue(cast)
    factories.thing(cast, venue)
    factories.face(cast, venue)
    element_actions.raise_missing(actor=cast.actor("secretary"), venue=venue, kind="flag")


COUNTED = [("secretary", "/venues/", 9), ("village_staff", "/venues/", 10)]


def more(cast: Cast, count: int) -> None:
    """So many more in two hamlets."""
    for n in range(count):
        factories.venue(cast, [HOME, NEIGHBOUR][n % 2], name=f"屋场{n}-{uuid4().hex[:4]}")


EXAMPLES: dict[str, list[Make]] = {
    "venues": [
        _plain(),
        _plain(query={"group": "due", "source": "idle", "place": HOME, "words": "罗"}),
        _plain(query={"group": "lacking"}),
    ],
    "export_venues": [_plain()],
    "open_venue": [_open(HOME), _open(FAR), _nowhere],
    "venue": [_venue, lambda cast: _of(closed(cast))],
    "venue_change": [_step(**FACTS)],
    "venue_add_room": [_step(name="厨房", tables="0", seats="0")],
    "venue_change_room": [_change_room],
    "venue_count": [_step(name="碗", count="120")],
    "venue_tick": [_step(kind="flag", there="yes", seen_on=TODAY, by="罗测春")],
    "venue_hang": [_hang],
    "venue_take_down": [_take_down],
    "venue_close": [_step(words="屋顶漏雨")],
    "venue_reopen": [_reopen],
    "venue_withdraw": [_step(words="写重了")],
    "venue_take_back": [_take_back],
    "raise_missing": [_missing],
}
PLAIN = {
    *(f"venues.{action}.{name}" for action in ("open_venue", "change_venue", "record_venues")
      for name in ("source", "since", "agreed_until", "rooms", "elements", "name")),
    "venues.add_room.name", "venues.change_room.name", "venues.count_thing.name",
    *(f"venues.{action}.venue" for action in (
        "change_venue", "close_venue", "reopen_venue", "withdraw_venue", "add_room", "change_room",
        "count_thing", "tick_element", "raise_missing", "hang_face", "take_face_down",
    )),
}  # fmt: skip
SENSITIVE = {
    "venues.tick_element.by": "names", "venues.open_venue.owner": "names",
    "venues.change_venue.owner": "names", "venues.record_venues.owner": "names",
}  # fmt: skip


def take_batches(cast: Cast) -> None:
    """What no address does of the examples above: rows of a sheet."""
    factories.record(cast, factories.row())
