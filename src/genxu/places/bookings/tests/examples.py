"""How the pages of bookings are opened: rows of the matrix; what the laws want to know."""

from typing import Any
from uuid import uuid4

from genxu.people.tests.factories import with_code
from genxu.places.bookings.actions import plan_of
from genxu.places.bookings.free import free_days
from genxu.places.bookings.models import Booking
from genxu.places.bookings.workflow import State
from genxu.places.venues.models import Venue
from genxu.places.venues.tests.factories import room, venue
from tests.addresses import Example, Make
from tests.cast import HOME, Cast

from . import factories

TODAY = "2026-05-13"


def _sent(**told: Any) -> dict[str, Any]:
    return {"client_id": str(uuid4()), **told}


def _plain(**values: Any) -> Make:
    return lambda cast: Example(**values)


def _asked_for(place: Venue, **changes: Any) -> dict[str, Any]:
    """The form of a booking as the page sends it."""
    return _sent(**{
        "purpose": "meeting", "rooms": [room(place).pk], "begins_on": "2026-05-21",
        "begins_at": "19:00", "ends_at": "01:00", "ends_on": "2026-05-22", "who": "",
        "title": "", "every": "", "until": "", "talk": "", "outing": "",
    } | changes)  # fmt: skip


def _of(booking: Booking, **values: Any) -> Example:
    return Example({"pk": booking.pk}, HOME, {"booking": booking}, **values)


def _of_venue(cast: Cast, **values: Any) -> Example:
    factories.booked(cast)
    place = venue(cast)
    return Example({"pk": place.pk}, HOME, {"venue": place}, **values)


def _book(cast: Cast) -> Example:
    sent = _asked_for(venue(cast), who="罗测一（1号）", every="weekly", until="2026-06-30")
    return _of_venue(cast, sent=sent)


def _in(state: str) -> Make:
    return lambda cast: _of(factories.in_state(cast, state))


def _asked(cast: Cast) -> Example:
    return _of(factories.asked(cast))


def _step(state: str, **told: Any) -> Make:
    def make(cast: Cast) -> Example:
        one = factories.in_state(cast, state)
        return _of(one, sent=_sent(version=one.version, **told))

    return make


def _over(**told: Any) -> Make:
    def make(cast: Cast) -> Example:
        one = factories.over(cast)
        return _of(one, sent=_sent(version=one.version, **told))

    return make


def _change(cast: Cast) -> Example:
    one = factories.booked(cast)
    sent = {**_asked_for(one.venue, who="罗测一"), "version": one.version, "words": "改期"}
    return _of(one, sent=sent)


def _yes(cast: Cast) -> Example:
    one = factories.asked(cast)
    at = free_days(plan_of(one), one.pk)[0].begins_at.isoformat()
    return _of(one, sent=_sent(version=one.version, begins_at=at, heard_by="罗测春"))


def _no(cast: Cast) -> Example:
    one = factories.asked(cast)
    return _of(one, sent=_sent(version=one.version, heard_by="罗测春"))


def _hand_over(cast: Cast) -> Example:
    one = factories.booked(cast)
    thing = factories.thing(cast, one.venue)
    return _of(one, sent=_sent(version=one.version, day=TODAY, **{f"thing_{thing.pk}": "4"}))


def _hand_back(cast: Cast) -> Example:
    one = factories.handed(cast, factories.booked(cast))
    thing = one.handed.get().thing_id
    sent = _sent(version=one.version, day=TODAY, words="", **{f"thing_{thing}": "5"})
    return _of(one, sent=sent)


def _slip(cast: Cast) -> Example:
    return _of(factories.handed(cast, factories.booked(cast)))


def _take_back(cast: Cast) -> Example:
    one = factories.held(cast, factories.over(cast))
    sent = _sent(version=one.version, since=one.version - 1)
    return Example({"pk": one.pk}, HOME, {"row": one}, get=False, sent=sent)


def _public(cast: Cast) -> Example:
    factories.booked(cast)
    return Example({"code": HOME, "pk": venue(cast).pk}, HOME)


def _feed(cast: Cast) -> Example:
    factories.booked(cast)
    place = venue(cast)
    return Example({"code": HOME, "pk": place.pk, "room": room(place).pk}, HOME)


# --- on the page of the second household, by its code ---------------------------------------------


def _own(sent: dict[str, Any], *, get: bool = True, **kwargs: Any) -> Example:
    code = with_code(2).code
    pk = kwargs.pop("pk")
    return Example({"pk": pk, **kwargs}, get=get, sent=sent, codes=(code,))


def _own_book(cast: Cast) -> Example:
    place = venue(cast)
    sent = _asked_for(place, purpose="wedding")
    return _own(sent, pk=cast.households()[1].pk, venue=place.pk)


def _own_change(cast: Cast) -> Example:
    one = factories.booked_own(cast)
    sent = {**_asked_for(one.venue, purpose="wedding"), "version": one.version}
    return _own(sent, pk=cast.households()[1].pk, key=one.pk)


def _own_yes(cast: Cast) -> Example:
    one = factories.asked(cast)
    at = free_days(plan_of(one), one.pk)[0].begins_at.isoformat()
    sent = _sent(version=one.version, begins_at=at)
    return _own(sent, pk=cast.households()[1].pk, key=one.pk)


def _own_no(cast: Cast) -> Example:
    one = factories.asked(cast)
    return _own({}, get=False, pk=cast.households()[1].pk, key=one.pk)


def _own_withdraw(cast: Cast) -> Example:
    one = factories.booked_own(cast)
    return _own({}, get=False, pk=cast.households()[1].pk, key=one.pk)


def populate(cast: Cast) -> None:
    """Something in each of its tables."""
    one = factories.asked(cast)
    factories.handed(cast, one)


COUNTED = [("secretary", "/bookings/", 10), ("village_staff", "/bookings/", 11)]


def more(cast: Cast, count: int) -> None:
    """So many more, one after the other."""
    first = Booking.objects.count()
    for n in range(count):
        hours = divmod(first + n, 20)
        factories.booked(cast, begins=hours[1], ends=hours[1] + 1, rooms=(hours[0] % 2,),
                         day=factories.DAY.replace(day=21 + hours[0] // 2))  # fmt: skip


EXAMPLES: dict[str, list[Make]] = {
    "bookings": [
        _plain(),
        _plain(query={"group": "coming", "purpose": "wedding", "place": HOME, "words": "罗"}),
        _plain(query={"group": "asked", "since": TODAY}),
        _plain(query={"group": "out"}),
    ],
    "venue_month": [_of_venue],
    "month_sheet": [_of_venue],
    "book_venue": [_book],
    "booking": [*(_in(state) for state in State), _asked, _slip],
    "booking_slip": [_slip],
    "booking_change": [_change],
    "booking_make_way": [_yes],
    "booking_keep": [_no],
    "booking_hand_over": [_hand_over],
    "booking_hand_back": [_hand_back],
    "booking_hold": [_over(head_count="0")],
    "booking_correct_count": [_step(State.HELD, head_count="28", words="数漏了")],
    "booking_not_held": [_over(words="落雨")],
    "booking_withdraw": [_step(State.BOOKED, words="改在家里办")],
    "booking_take_back": [_take_back],
    "public_venue": [_public],
    "room_dates": [_feed],
    "own_book": [_own_book],
    "own_change_booking": [_own_change],
    "own_make_way": [_own_yes],
    "own_booking_no": [_own_no],
    "own_booking_withdraw": [_own_withdraw],
}
PLANNED = ("book_venue", "book_own", "change_booking", "change_own")
PLAIN = {
    *(f"bookings.{action}.{name}" for action in PLANNED
      for name in ("begins_at", "ends_at", "purpose", "is_public", "asks", "title")),
    *(f"bookings.book_venue.{name}" for name in ("every", "until", "anyway", "venue")),
    "bookings.book_own.venue",
    "bookings.note_yes.begins_at", "bookings.say_yes.begins_at",
    "bookings.hand_over.counts", "bookings.hand_back.counts",
}  # fmt: skip
SENSITIVE = {f"bookings.{action}.heard_by": "names" for action in ("note_yes", "note_no")}


def take_batches(cast: Cast) -> None:
    """All is done by the addresses above."""
