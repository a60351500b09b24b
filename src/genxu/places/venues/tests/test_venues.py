"""Places: what is refused, the six elements, the wall, rows of a sheet, figures."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from genxu.core import clock
from genxu.core.errors import Conflict, Denied, Invalid
from genxu.insight.counting import count_on
from genxu.institutions.matters.models import Matter
from genxu.organisation.branches import member_actions
from genxu.places.venues import actions, element_actions
from genxu.places.venues.models import Element, Face, Room, Venue
from genxu.places.venues.workflow import State
from genxu.team.members.tests.factories import on_roll, plain
from tests.cast import HOME, NEIGHBOUR, Cast, Enter
from tests.doing import page_text

from . import factories

TODAY = date(2026, 5, 13)


def refused(take: Any, error: type[Exception] = Invalid) -> Any:
    with pytest.raises(error) as told, transaction.atomic():
        take()
    return getattr(told.value, "fields", None) or str(told.value.message)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("name", {"name": " "}),
        ("name", {"name": "屋" * 41}),
        ("source", {"source": "bought"}),
        ("since", {"since": date(2027, 1, 1)}),
        ("owner", {"source": "old_house"}),
        ("agreed_until", {"owner": "罗测一", "agreed_until": date(2020, 1, 1)}),
        ("agreed_until", {"owner": "罗测一", "agreed_until": date(2126, 1, 1)}),
        ("owner", {"agreed_until": date(2027, 1, 1)}),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    cast: Cast, field: str, changes: dict[str, Any]
) -> None:
    assert field in refused(lambda: factories.venue(cast, **{"name": "新屋场"} | changes))


def test_one_name_once_in_a_hamlet_until_it_was_a_mistake(cast: Cast) -> None:
    first = factories.venue(cast)
    factories.venue(cast, NEIGHBOUR)
    secretary = cast.actor("secretary")
    again = {"actor": secretary, "hamlet": cast.home, "facts": factories.facts()}
    assert "name" in refused(lambda: actions.open_venue(**again))
    actions.withdraw_venue(actor=secretary, venue=first, words="写重了")
    actions.open_venue(**again)
    assert count_on(HOME, TODAY, ["places.venues"])["places.venues"] == 1


def test_without_rooms_it_is_one_hall_and_rooms_have_one_name(cast: Cast) -> None:
    venue = factories.venue(cast, rooms="")
    keep = {"actor": cast.actor("secretary"), "venue": venue}
    assert Room.objects.filter(venue=venue).count() == 1
    actions.add_room(**keep, name="厨房")
    assert "name" in refused(lambda: actions.add_room(**keep, name="厨房"))
    assert "tables" in refused(lambda: actions.add_room(**keep, name="东屋", tables=-1))
    elsewhere = factories.room(factories.venue(cast, NEIGHBOUR))
    assert "room" in refused(lambda: actions.change_room(**keep, room=elsewhere, tables=3))


def test_the_figure_follows_closing_and_opening_on_their_days(cast: Cast) -> None:
    venue, secretary = factories.venue(cast), cast.actor("secretary")
    count = lambda day: count_on(HOME, day, ["places.venues"])["places.venues"]  # noqa: E731
    with clock.at(clock.now() + timedelta(days=10)):
        venue = actions.close_venue(actor=secretary, venue=venue, words="漏雨")
    with clock.at(clock.now() + timedelta(days=20)):
        actions.reopen_venue(actor=secretary, venue=venue)
        days = [date(2021, 6, 30), date(2021, 7, 1), TODAY + timedelta(days=9),
                TODAY + timedelta(days=10), TODAY + timedelta(days=20)]  # fmt: skip
        assert [count(day) for day in days] == [0, 1, 1, 0, 1]


def test_an_agreement_that_ends_soon_is_told(cast: Cast, enter: Enter) -> None:
    factories.venue(cast, owner="罗测一", agreed_until=TODAY + timedelta(days=61))
    assert "group=due" not in page_text(enter("secretary").get("/home/"))
    factories.venue(cast, name="东头", owner="罗测二", agreed_until=TODAY + timedelta(days=60))
    assert "/venues/?group=due" in page_text(enter("secretary").get("/home/"))


# --- the six elements ----------------------------------------------------------------------------


def test_what_is_missing_becomes_one_matter(cast: Cast) -> None:
    secretary, venue = cast.actor("secretary"), factories.venue(cast)
    raise_flag = {"actor": secretary, "venue": venue, "kind": "flag"}
    before = Matter.objects.count()
    element_actions.raise_missing(**raise_flag)
    refused(lambda: element_actions.raise_missing(**raise_flag), Conflict)
    assert Matter.objects.count() == before + 1
    element_actions.tick_element(**raise_flag, there=True, seen_on=TODAY, by="罗测春")
    refused(lambda: element_actions.raise_missing(**raise_flag), Conflict)
    assert Element.objects.get().seen_on == TODAY
    tomorrow = TODAY + timedelta(days=1)
    told = refused(lambda: element_actions.tick_element(
        **raise_flag, there=True, seen_on=tomorrow, by="罗测春"))  # fmt: skip
    assert "seen_on" in told


# --- the members' wall ---------------------------------------------------------------------------


def test_only_who_agreed_hangs_there_and_he_takes_himself_down(cast: Cast) -> None:
    member, other = on_roll(cast), plain(cast)
    venue = factories.venue(cast)
    own = factories.face(cast, venue, member)
    another = factories.face(cast, venue, other)
    down = {"actor": cast.actor("member"), "venue": venue}
    refused(lambda: element_actions.take_face_down(**down, face=another))
    element_actions.take_face_down(**down, face=own)
    refused(lambda: element_actions.take_face_down(**down, face=another), Denied)
    assert Face.objects.get() == another


def test_who_leaves_the_roll_is_off_the_wall(cast: Cast) -> None:
    member, venue = plain(cast), factories.venue(cast)
    factories.face(cast, venue, member)
    member_actions.remove_member(
        actor=cast.actor("township_staff"), organisation=member.organisation, member=member
    )
    assert not Face.objects.exists()


def test_nobody_on_the_wall_is_named_to_others(cast: Cast, enter: Enter, client: Client) -> None:
    venue = factories.venue(cast)
    face = factories.face(cast, venue, plain(cast))
    assert face.member.name in page_text(enter("secretary").get(f"/venues/{venue.pk}/"))
    for reader, path in (
        (enter("centre_household"), f"/venues/{venue.pk}/"),
        (enter("member"), f"/venues/{venue.pk}/"),
        (client, f"/places/{HOME}/"),
        (client, f"/places/{HOME}/venues/{venue.pk}/"),
    ):
        answer = reader.get(path)
        assert answer.status_code == 200
        assert face.member.name not in page_text(answer), path


# --- rows of a sheet -----------------------------------------------------------------------------


def test_rows_make_places_and_add_to_those_known(cast: Cast) -> None:
    known = factories.venue(cast)
    factories.record(
        cast,
        factories.row("新屋场", rooms=("大厅", "厨房"), elements=("flag", "sign")),
        factories.row(known.name, source="improved", rooms=("书屋",), owner="罗测一"),
        factories.row("东头"),
    )
    assert Venue.objects.count() == 3
    assert {one.name for one in known.rooms.all()} == {"大厅", "放映室", "书屋"}
    assert Venue.objects.get(pk=known.pk).owner == "罗测一"
    new = Venue.objects.get(name="新屋场")
    assert [one.kind for one in new.elements.order_by("pk")] == ["sign", "flag"]
    assert new.steps.count() == 1
    assert new.state == State.OPEN
    assert Venue.objects.get(name="东头").rooms.count() == 1


def test_a_row_that_stands_twice_and_not_alike_is_refused(cast: Cast) -> None:
    told = refused(lambda: factories.record(cast, factories.row(), factories.row(owner="罗测一")))
    assert "rows-1-name" in told


def test_merging_hamlets_with_places_of_one_name_says_so_first(cast: Cast) -> None:
    from genxu.hamlets.actions import merge_hamlets
    from tests.cast import OPERATOR

    factories.venue(cast)
    other = factories.venue(cast, NEIGHBOUR)
    merge = {"actor": OPERATOR, "hamlet": cast.hamlet(NEIGHBOUR), "heir": cast.home}
    assert "罗家洲党员群众活动中心" in str(refused(lambda: merge_hamlets(**merge), Conflict))
    facts = factories.facts(name="港边屋场")
    actions.change_venue(actor=cast.actor("neighbour_secretary"), venue=other, facts=facts)
    merge_hamlets(**merge)
    assert Venue.objects.filter(hamlet=HOME).count() == 2
