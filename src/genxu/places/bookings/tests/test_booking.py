"""Booking: what is refused, what stands, what everybody may read."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from genxu.core import clock
from genxu.core.errors import Conflict, Invalid
from genxu.core.lunar import lunar_of
from genxu.insight.counting import bring_up_to_date, count_on
from genxu.insight.models import Standing
from genxu.people.own_access import holder_of
from genxu.places.bookings import actions, keeping_actions
from genxu.places.bookings.hours import span
from genxu.places.bookings.models import Booking, Plea, Use
from genxu.places.bookings.plans import Plan, Series, Who, moment
from genxu.places.bookings.workflow import State
from genxu.places.venues.actions import change_room, close_venue
from genxu.places.venues.tests.factories import room, venue
from tests.cast import HOME, NEIGHBOUR, Cast, Enter
from tests.doing import hold, page_text

from . import factories
from .factories import DAY, at, booked, plan


def refused(take: Any, error: type[Exception] = Invalid) -> Any:
    with pytest.raises(error) as told, transaction.atomic():
        take()
    return getattr(told.value, "fields", None) or str(told.value.message)  # type: ignore[attr-defined]


def test_a_time_is_told_with_its_year_where_it_is_another_one() -> None:
    eve = date(2025, 12, 31)
    assert span(at(10), at(14)).startswith("5月20日")
    assert span(at(10, day=eve), at(14, day=eve)).startswith("2025年12月31日")
    assert span(at(22, day=eve), at(26, day=eve)).endswith(" – 2026年1月1日 02:00")


# --- one room, one hour --------------------------------------------------------------------------


def test_a_taken_hour_is_told_with_its_kind_and_what_is_free_next(cast: Cast) -> None:
    booked(cast)
    told = refused(lambda: booked(cast, begins=13, ends=15, purpose="meeting"))["begins_at"]
    assert "10:00–14:00" in told
    assert "14:00–16:00" in told
    assert "四月初四" in told
    assert "罗测一" not in told


def test_the_end_belongs_to_the_next_one(cast: Cast) -> None:
    booked(cast)
    booked(cast, begins=14, ends=16)
    booked(cast, begins=9, ends=10)
    booked(cast, rooms=(1,))
    assert Use.objects.standing().count() == 4


@pytest.mark.parametrize("change", [{"begins_at": at(13)}, {"begins_at": at(9), "ends_at": at(15)}])
def test_the_database_itself_lets_no_two_stand(cast: Cast, change: dict[str, Any]) -> None:
    """From any door: a row that is written past all actions."""
    use = booked(cast).uses.get()
    other = booked(cast, begins=14, ends=16)
    told = {"begins_at": at(11), "ends_at": at(12), **change}
    told["ends_at"] = max(told["ends_at"], told["begins_at"] + timedelta(hours=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Use.objects.filter(booking=other).update(**told)
    with pytest.raises(IntegrityError), transaction.atomic():
        Use.objects.create(hamlet_id=HOME, booking=other, room_id=use.room_id, **told)
    Use.objects.filter(booking=other).update(stands=False)
    Use.objects.filter(booking=other).update(**told)
    with pytest.raises(IntegrityError), transaction.atomic():
        Use.objects.filter(booking=other).update(stands=True)


def test_what_is_no_time_is_refused(cast: Cast) -> None:
    place = venue(cast)

    def take(begins: Any, ends: Any, **more: Any) -> Any:
        asked = Plan([room(place)], begins, ends, "meeting", **more)
        return lambda: actions.book_venue(
            actor=cast.actor("secretary"), venue=place, plan=asked, who=Who()
        )

    assert "ends_at" in refused(take(at(14), at(10)))
    assert "ends_at" in refused(take(at(14), at(14)))
    assert "7" in refused(take(at(14), at(14) + timedelta(days=40)))["ends_at"]
    assert "begins_at" in refused(take(at(8, day=date(2036, 1, 1)), at(9, day=date(2036, 1, 1))))
    assert "title" in refused(take(at(8), at(9), is_public=True))
    take(at(22), at(22) + timedelta(days=7))()


def test_a_room_of_another_place_is_refused(cast: Cast) -> None:
    home, other = venue(cast), venue(cast, NEIGHBOUR)
    asked = plan(other)
    who, actor = Who(None, "罗测九"), cast.actor("secretary")
    told = refused(lambda: actions.book_venue(actor=actor, venue=home, plan=asked, who=who))
    assert "rooms" in told


def test_a_day_that_there_is_not_is_told_and_nothing_typed_is_lost(
    cast: Cast, enter: Enter
) -> None:
    place = venue(cast)
    sent = {"purpose": "meeting", "rooms": [room(place).pk], "begins_on": "2027-02-29",
            "begins_at": "19:00", "ends_at": "21:00", "who": "罗测一",
            "title": "说说塘的事"}  # fmt: skip
    answer = enter("secretary").post(f"/venues/{place.pk}/book/", sent)
    assert answer.status_code == 422
    assert "说说塘的事" in page_text(answer)
    assert not Booking.objects.exists()


def test_over_midnight_both_days_show_it(cast: Cast, client: Client) -> None:
    booked(cast, begins=20, ends=26)
    text = page_text(client.get(f"/places/{HOME}/venues/{venue(cast).pk}/?month=2026-05"))
    assert "20:00–24:00" in text
    assert "00:00–02:00" in text


# --- a series ------------------------------------------------------------------------------------


def weekly(until: date, *, anyway: bool = False) -> Series:
    return Series("weekly", until, anyway)


def test_a_series_says_which_dates_clash_and_with_what(cast: Cast) -> None:
    booked(cast, day=DAY + timedelta(days=7))
    until = DAY + timedelta(days=21)
    told = refused(lambda: booked(cast, purpose="reading", series=weekly(until)))["anyway"]
    assert "5月27日" in told
    assert "罗测一" not in told
    assert told.count("10:00") == 1
    first = booked(cast, purpose="reading", series=weekly(until, anyway=True))
    assert Booking.objects.filter(series=first.pk).count() == 3


def test_a_month_without_the_day_is_named(cast: Cast) -> None:
    day = date(2026, 5, 31)
    series = Series("monthly", date(2026, 8, 31))
    told = refused(lambda: booked(cast, day=day, purpose="film", series=series))["anyway"]
    assert "6" in told
    booked(cast, day=day, purpose="film", series=Series("monthly", date(2026, 8, 31), True))
    days = Booking.objects.filter(purpose="film").order_by("begins_on")
    assert [one.begins_on.month for one in days] == [5, 7, 8]


def test_a_year_at_a_time(cast: Cast) -> None:
    assert "until" in refused(lambda: booked(cast, series=weekly(date(2027, 12, 1))))
    assert "until" in refused(lambda: booked(cast, series=Series("weekly")))


# --- a funeral asks ------------------------------------------------------------------------------


def test_a_funeral_waits_for_the_yes_and_takes_the_room_with_it(cast: Cast) -> None:
    wedding = factories.asked(cast)
    funeral = Booking.objects.get(state=State.WAITING)
    assert Use.objects.standing().get().booking == wedding
    holder = holder_of(factories.household_of(wedding))
    there = moment(DAY + timedelta(days=1), at(10).astimezone().timetz().replace(tzinfo=None))
    keeping_actions.say_yes(actor=holder, booking=wedding, begins_at=there)
    funeral.refresh_from_db()
    wedding.refresh_from_db()
    assert funeral.state == State.BOOKED
    assert wedding.begins_on == DAY + timedelta(days=1)
    assert Use.objects.standing().count() == 2
    assert Plea.objects.get().answer == Plea.Answer.YES
    assert Plea.objects.get().heard_by == ""


def test_with_a_no_it_stays_and_the_funeral_goes_elsewhere(cast: Cast) -> None:
    wedding = factories.asked(cast)
    keeping_actions.note_no(actor=cast.actor("secretary"), booking=wedding, heard_by="罗测春")
    funeral = Booking.objects.get(state=State.WAITING)
    elsewhere = plan(venue(cast), rooms=(1,), purpose="funeral")
    actions.change_booking(actor=cast.actor("secretary"), booking=funeral, plan=elsewhere,
                           who=Who(None, "罗测九"))  # fmt: skip
    assert {one.state for one in Booking.objects.all()} == {State.BOOKED}


def test_it_does_not_move_to_where_the_funeral_would_be(cast: Cast) -> None:
    wedding = factories.asked(cast)
    heard = {"actor": cast.actor("secretary"), "booking": wedding, "heard_by": "罗测春"}
    told = refused(lambda: keeping_actions.note_yes(**heard, begins_at=at(12)))
    assert "begins_at" in told


def test_when_the_wedding_is_withdrawn_the_funeral_stands(cast: Cast) -> None:
    wedding = factories.asked(cast)
    actions.withdraw_own(actor=holder_of(factories.household_of(wedding)), booking=wedding)
    assert Booking.objects.get(purpose="funeral").state == State.BOOKED
    assert Plea.objects.get().answer == Plea.Answer.OVER


def test_nobody_else_asks_and_not_everything_is_asked(cast: Cast) -> None:
    booked(cast)
    assert "asks" in refused(lambda: booked(cast, asks=True))
    assert "asks" in refused(lambda: booked(cast, purpose="funeral", who=Who(None, "罗测九")))
    booked(cast, begins=20, ends=22, purpose="closed", who=Who())
    assert "asks" in refused(lambda: factories.funeral(cast, begins=19, ends=21))
    factories.funeral(cast)
    other = venue(cast)
    told = refused(
        lambda: booked(cast, place=other, purpose="closed", part="centre_household", day=DAY)
    )
    assert "purpose" in told


# --- by one's own code ---------------------------------------------------------------------------


def test_a_household_books_for_itself_and_for_a_time_to_come(cast: Cast) -> None:
    one = factories.booked_own(cast)
    assert (one.own, one.household_id) == (True, cast.households()[1].pk)
    yesterday = clock.today() - timedelta(days=1)
    assert "begins_at" in refused(lambda: factories.booked_own(cast, day=yesterday))
    assert "purpose" in refused(lambda: factories.booked_own(cast, purpose="closed", begins=15,
                                                             ends=16))  # fmt: skip
    for n in range(actions.MOST_OWN - 1):
        factories.booked_own(cast, begins=14 + n, ends=15 + n)
    refused(lambda: factories.booked_own(cast, rooms=(1,)), Conflict)


def test_another_household_neither_sees_nor_withdraws_it(cast: Cast) -> None:
    from genxu.people.tests.factories import with_code

    one = factories.booked_own(cast)
    browser = hold(Client(), with_code(1).code)
    own = cast.households()[0].pk
    assert browser.post(f"/my/household/{own}/bookings/{one.pk}/withdraw/").status_code == 404
    assert browser.get(f"/my/household/{own}/").status_code == 200


# --- over ----------------------------------------------------------------------------------------


def test_an_honest_zero_and_what_did_not_take_place(cast: Cast) -> None:
    held = factories.held(cast, factories.over(cast))
    assert (held.state, held.head_count) == (State.HELD, 0)
    refused(lambda: factories.held(cast, booked(cast)), Conflict)
    other = factories.over(cast, begins=16, ends=18)
    keeping_actions.note_not_held(actor=cast.actor("secretary"), booking=other)
    assert count_on(HOME, clock.today(), ["places.bookings"])["places.bookings"] == 1
    booked(cast, begins=16, ends=18, day=other.begins_on)


def test_things_are_handed_over_once_and_what_is_missing_is_noted(cast: Cast) -> None:
    one, other = factories.over(cast), booked(cast, rooms=(1,))
    handed = factories.handed(cast, one, 6)
    told = refused(lambda: factories.handed(cast, other, 6))
    assert "4" in next(iter(told.values()))
    refused(lambda: actions.withdraw_booking(actor=cast.actor("secretary"), booking=handed),
            Conflict)  # fmt: skip
    key = handed.handed.get().thing_id
    back = {"actor": cast.actor("secretary"), "booking": handed, "day": clock.today()}
    assert refused(lambda: keeping_actions.hand_back(**back, counts={key: 7}))
    returned = keeping_actions.hand_back(**back, counts={key: 5})
    assert returned.handed.get().lacking == 1
    keeping_actions.hand_back(**back, counts={key: 6})
    assert handed.handed.get().lacking == 0


def test_a_place_on_which_somebody_counts_is_not_closed(cast: Cast) -> None:
    one = booked(cast)
    close = {"actor": cast.actor("secretary"), "venue": one.venue}
    refused(lambda: close_venue(**close, words="漏雨"), Conflict)
    refused(lambda: change_room(**close, room=room(one.venue), gone=True), Conflict)
    change_room(**close, room=room(one.venue, 1), gone=True)
    actions.withdraw_booking(actor=cast.actor("secretary"), booking=one)
    one.venue.refresh_from_db()
    close_venue(actor=cast.actor("secretary"), venue=one.venue, words="漏雨")
    refused(lambda: booked(cast), Conflict)


# --- what everybody reads ------------------------------------------------------------------------


def test_the_public_month_and_its_calendar_name_nobody(cast: Cast, client: Client) -> None:
    factories.booked_own(cast)
    booked(cast, begins=19, ends=21, purpose="show", title="文艺汇演", is_public=True, who=Who())
    booked(cast, begins=15, ends=16, purpose="meeting", title="罗家分家的事", who=Who())
    factories.funeral(cast, begins=16, ends=17)
    place = venue(cast)
    pages = [f"/places/{HOME}/", f"/places/{HOME}/venues/{place.pk}/",
             f"/places/{HOME}/venues/{place.pk}/{room(place).pk}.ics"]  # fmt: skip
    for path in pages:
        text = page_text(client.get(path))
        assert "文艺汇演" in text, path
        assert "白事" in text, path
        assert not [word for word in ("罗测", "分家") if word in text], path


def test_what_waits_is_told_to_the_household_and_to_the_secretary(cast: Cast, enter: Enter) -> None:
    from genxu.people.tests.factories import with_code

    factories.asked(cast)
    home = page_text(enter("secretary").get("/home/"))
    assert "/bookings/?group=asked" in home
    own = cast.households()[1].pk
    text = page_text(hold(Client(), with_code(2).code).get(f"/my/household/{own}/"))
    assert f"/my/household/{own}/bookings/" in text
    assert "/yes/" in text


def test_the_lunar_date() -> None:
    """Spring Festivals, a leap month, the last day of a year."""
    assert lunar_of(date(2026, 2, 17)) == "正月初一"
    assert lunar_of(date(2025, 1, 29)) == "正月初一"
    assert lunar_of(date(2025, 7, 25)) == "闰六月初一"
    assert lunar_of(date(2026, 2, 16)) == "腊月廿九"
    assert lunar_of(date(1850, 1, 1)) == ""


def test_the_figure_follows_the_day_though_nobody_does_anything(cast: Cast) -> None:
    booked(cast)
    bring_up_to_date()
    keys = {"place": HOME, "key": "places.bookings"}
    assert not Standing.objects.filter(**keys, value__gt=0).exists()
    with clock.at(at(9)):
        bring_up_to_date()
        assert Standing.objects.get(**keys).value == 1


def test_a_household_that_has_moved_away_keeps_its_booking_when_it_is_changed(
    cast: Cast, enter: Enter
) -> None:
    from genxu.people.household_actions import move_away

    one = booked(cast)
    household = factories.household_of(one)
    move_away(actor=cast.actor("secretary"), household=household, on=clock.today())
    sent = {"purpose": "wedding", "rooms": [room(one.venue).pk], "begins_on": "2026-05-21",
            "begins_at": "10:00", "ends_at": "14:00", "who": household.label,
            "version": one.version}  # fmt: skip
    assert enter("secretary").post(f"/bookings/{one.pk}/change/", sent).status_code == 302
    one.refresh_from_db()
    assert (one.household_id, one.begins_on) == (household.pk, date(2026, 5, 21))
