"""The register of shares: as of any day it is the sum of what was entered, in any order."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genxu.core.errors import Conflict, Invalid
from genxu.places.collectives.actions import change_charter, withdraw_charter
from genxu.places.collectives.models import Membership, ShareChange
from genxu.places.collectives.queries import register_on
from genxu.places.collectives.roll import Standing, wrong_beside
from genxu.places.collectives.roll_actions import leave_roll
from genxu.places.collectives.share_actions import (
    follow_member,
    pass_on_shares,
    quantify_members,
    take_shares,
    withdraw_change,
)
from genxu.places.collectives.shares import due_to_follow, lowest
from tests.cast import Cast

from . import factories as made

TODAY = date(2026, 5, 13)


def held(cast: Cast, day: date = TODAY) -> list[tuple[int, str, str, int]]:
    collective = made.fresh(ShareChange.objects.all()[0].collective)
    return [(h.number, name, kind, many) for h, name, kind, many in register_on(collective, day)]


def test_the_register_has_each_share_in_the_order_of_the_doors(cast: Cast) -> None:
    made.quantified(cast)
    members = [(1, "罗测一", "member", 100), (1, "罗测小", "member", 100),
               (2, "罗测二", "member", 100), (2, "罗测梅", "member", 100)]  # fmt: skip
    assert held(cast, made.FOUNDED) == members
    assert held(cast) == [(1, "罗测一", "land", 500), *members]
    assert held(cast, made.FOUNDED - timedelta(days=1)) == []


def test_the_register_takes_two_queries(cast: Cast, django_assert_num_queries: object) -> None:
    collective = made.quantified(cast)
    with django_assert_num_queries(2):  # type: ignore[operator]
        register_on(collective, TODAY)


def test_a_quantifying_that_does_not_come_out_is_refused_with_the_difference(cast: Cast) -> None:
    collective = made.settled(cast, whole=500)
    with pytest.raises(Invalid) as refused:
        quantify_members(actor=cast.actor("bookkeeper"), collective=collective, day=made.FOUNDED)
    assert "1" in str(refused.value.fields["quantity"])
    assert not ShareChange.objects.exists()
    made.enter(cast, collective, cast.households()[2], name="罗测三")
    quantify_members(actor=cast.actor("bookkeeper"), collective=collective, day=made.FOUNDED)
    with pytest.raises(Invalid):
        made.give(cast, collective)
    with pytest.raises(Conflict):
        quantify_members(actor=cast.actor("bookkeeper"), collective=collective, day=made.FOUNDED)


def test_a_share_of_nothing_is_none(cast: Cast) -> None:
    collective = made.quantified(cast)
    for quantity in (0, -100):
        with made.refused("quantity"):
            made.give(cast, collective, quantity=quantity)
    with made.refused("area"):
        made.give(cast, collective, area=None)
    with made.refused("kind"):
        made.give(cast, collective, kind="other", area=None)


def test_nothing_is_passed_on_that_is_not_there_on_any_day(cast: Cast) -> None:
    collective = made.quantified(cast)
    first, second = cast.households()[:2]
    about = {"actor": cast.actor("bookkeeper"), "household": first, "holding": (None, "land")}
    with made.refused("quantity"):
        pass_on_shares(**about, collective=collective, to=second, quantity=501, day=TODAY)
    with made.refused("quantity"):
        pass_on_shares(
            **about, collective=collective, to=second, quantity=100, day=date(2019, 12, 1)
        )
    got = pass_on_shares(**about, collective=collective, to=second, quantity=300, day=TODAY)
    assert (2, "罗测二", "land", 300) in held(cast)
    with pytest.raises(Conflict):
        withdraw_change(actor=cast.actor("bookkeeper"), words="错了",
                        change=ShareChange.objects.get(reason="brought"))  # fmt: skip
    withdraw_change(actor=cast.actor("bookkeeper"), change=got, words="记错了户")
    assert (1, "罗测一", "land", 500) in held(cast)
    take_shares(**about, collective=collective, quantity=500, day=TODAY)
    assert not [one for one in held(cast) if one[2] == "land"]


def test_leaving_gives_no_part_of_what_belongs_to_all(cast: Cast) -> None:
    collective = made.quantified(cast)
    one = Membership.objects.get(name="罗测一")
    with made.refused("holding"):
        take_shares(actor=cast.actor("bookkeeper"), collective=collective, day=TODAY, quantity=100,
                    household=one.household, holding=(one.pk, "member"))  # fmt: skip


def test_a_share_for_who_is_no_member_takes_three_quarters(cast: Cast) -> None:
    collective = made.quantified(cast)
    stranger = cast.households()[3]
    with made.refused("motion"):
        made.give(cast, collective, household=stranger)
    with made.refused("motion"):
        made.give(cast, collective, household=stranger,
                  motion=made.decided(cast, "non_member_share", votes=70))  # fmt: skip
    with made.refused("motion"):
        made.give(cast, collective, household=stranger, motion=made.decided(cast, "shares"))
    made.give(cast, collective, household=stranger, motion=made.decided(cast, "non_member_share"))
    assert (4, "罗测四", "land", 500) in held(cast)


def test_under_a_static_charter_nobody_who_came_later_gets_a_member_share(cast: Cast) -> None:
    collective = made.quantified(cast)
    baby = made.enter(cast, collective, name="罗测宝", birth_year=2025, since=date(2025, 1, 1),
                      gained="birth")  # fmt: skip
    assert due_to_follow(collective, TODAY) == []
    with made.refused("member"):
        made.give(cast, collective, kind="member", area=None, quantity=100, member=baby,
                  day=date(2025, 1, 1))  # fmt: skip


def test_a_static_charter_has_no_other_door(cast: Cast) -> None:
    """Neither quantifying once more nor a sheet gives a share to who came later."""
    collective = made.quantified(cast)
    missed = made.enter(cast, collective, cast.households()[2], name="罗测三")
    baby = made.enter(cast, collective, name="罗测宝", birth_year=2025, since=date(2025, 1, 1),
                      gained="birth")  # fmt: skip
    quantify = {"actor": cast.actor("bookkeeper"), "collective": collective, "day": TODAY}
    quantify_members(**quantify)
    assert missed.shares.exists()
    assert not baby.shares.exists()
    with pytest.raises(Conflict, match="2019-08-01"):
        quantify_members(**quantify)
    late = made.share_row(name="罗测宝", day=date(2025, 1, 1))
    with made.refused("name"):
        made.record(cast, late)
    assert not baby.shares.exists()


def test_under_a_charter_that_follows_births_and_deaths_are_proposed_not_booked(cast: Cast) -> None:
    collective = made.quantified(cast, follows=True)
    baby = made.enter(cast, collective, name="罗测宝", birth_year=2025, since=date(2025, 1, 1),
                      gained="birth")  # fmt: skip
    dead = Membership.objects.get(name="罗测二")
    leave_roll(
        actor=cast.actor("bookkeeper"), membership=dead, until=date(2025, 6, 1), lost="death"
    )
    assert [(one.name, change) for one, change in due_to_follow(collective, TODAY)] == [
        ("罗测二", -100), ("罗测宝", 100),
    ]  # fmt: skip
    for one in (baby, dead):
        follow_member(actor=cast.actor("bookkeeper"), collective=collective, member=one)
    names = [name for _n, name, kind, _many in held(cast) if kind == "member"]
    assert names == ["罗测一", "罗测小", "罗测宝", "罗测梅"]
    with pytest.raises(Conflict):
        follow_member(actor=cast.actor("bookkeeper"), collective=collective, member=baby)


def test_what_the_charter_said_on_each_day_stays_known(cast: Cast) -> None:
    collective = made.found(cast)
    motion = made.decided(cast, "charter")
    steer = {"actor": cast.actor("secretary"), "collective": collective}
    with made.refused("motion"):
        change_charter(**steer, since=date(2024, 1, 1), choices=made.choices(reserve_rate=300),
                       motion=made.decided(cast, "shares"))  # fmt: skip
    change_charter(**steer, since=date(2024, 1, 1), choices=made.choices(reserve_rate=305),
                   motion=motion)  # fmt: skip
    assert collective.reserve_rate_on(date(2023, 12, 31)) == 200
    assert collective.reserve_rate_on(date(2024, 1, 1)) == 305
    with pytest.raises(Invalid):
        collective.reserve_rate_on(date(2018, 1, 1))
    withdraw_charter(**steer)
    assert collective.reserve_rate_on(TODAY) == 200
    with pytest.raises(Conflict):
        withdraw_charter(**steer)


DAYS = st.dates(date(2020, 1, 1), date(2020, 3, 1))
CHANGES = st.lists(st.tuples(DAYS, st.integers(-300, 300)), max_size=8)


@given(CHANGES, st.randoms())
def test_whatever_the_order_of_typing_a_holding_is_the_replay_of_its_days(
    changes: list[tuple[date, int]], dice: object
) -> None:
    mixed = list(changes)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    days = sorted({day for day, _change in changes})
    replayed = [sum(change for day, change in changes if day <= until) for until in days]
    assert lowest(mixed) == min([0, *replayed])


PEOPLE = st.tuples(st.sampled_from([1, 2]), st.sampled_from(["罗一", "罗二"]),
                   st.sampled_from([1970, 1980]), DAYS, st.none() | DAYS)  # fmt: skip


@given(st.lists(PEOPLE, max_size=10))
def test_a_roll_never_has_one_person_twice(
    people: list[tuple[int, str, int, date, date | None]],
) -> None:
    taken: list[Standing] = []
    for home, name, born, since, until in people:
        if until is not None and until <= since:
            continue
        new = Standing(home, name, born, since, until)
        if not wrong_beside(new, True, taken):
            taken.append(new)
    for who in {(one.household, one.name, one.birth_year) for one in taken}:
        times = sorted(
            (one.since, one.until or date.max) for one in taken
            if (one.household, one.name, one.birth_year) == who
        )  # fmt: skip
        assert all(before[1] <= after[0] for before, after in pairwise(times))
