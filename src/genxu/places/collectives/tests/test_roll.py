"""The roll of members by the law: who becomes one, who never ceases to be one."""

from datetime import date

import pytest

from genxu.core.errors import Conflict, Invalid
from genxu.places.collectives.law import Never
from genxu.places.collectives.models import Membership
from genxu.places.collectives.roll_actions import (
    correct_membership,
    leave_roll,
    move_membership,
    stay_on_roll,
    withdraw_membership,
)
from genxu.places.collectives.shares import held_of
from tests.cast import FAR, NEIGHBOUR, Cast

from . import factories as made

TODAY = date(2026, 5, 13)


def leave(cast: Cast, one: Membership, lost: str, **changes: object) -> Membership:
    values = {"actor": cast.actor("bookkeeper"), "membership": one, "until": TODAY, "lost": lost}
    return leave_roll(**values | changes)  # type: ignore[arg-type]


def on_roll(day: date) -> set[str]:
    return set(Membership.objects.on_day(day).values_list("name", flat=True))


def test_whoever_is_born_is_a_member_from_that_day(cast: Cast) -> None:
    collective = made.settled(cast)
    born = date(2025, 3, 1)
    made.enter(cast, collective, name="罗测宝", birth_year=2025, since=born, gained="birth")
    assert "罗测宝" in on_roll(born)
    assert "罗测宝" not in on_roll(date(2025, 2, 28))


@pytest.mark.parametrize("never", Never.values)
def test_nobody_ceases_to_be_a_member_for_that(cast: Cast, never: str) -> None:
    one = made.enter(cast, made.found(cast))
    with pytest.raises(Invalid) as refused:
        leave(cast, one, never)
    assert "18" in str(refused.value.fields["lost"]) or "十八" in str(refused.value.fields["lost"])
    assert "罗测一" in on_roll(TODAY)


def test_a_bride_keeps_hers_until_she_has_another(cast: Cast) -> None:
    one = made.enter(cast, made.found(cast), name="罗测芳", birth_year=2000)
    with made.refused("words"):
        leave(cast, one, "another", married=True, declared=True)
    with made.refused("declared"):
        leave(cast, one, "another", married=True, words="港东村经济合作社")
    gone = leave(cast, one, "another", married=True, declared=True, words="港东村经济合作社")
    assert gone.after_marriage
    assert "罗测芳" not in on_roll(TODAY)
    assert "罗测芳" in on_roll(date(2026, 5, 12))


def test_who_came_by_marriage_and_leaves_within_a_year_is_asked_about_unasked(cast: Cast) -> None:
    one = made.enter(cast, made.found(cast), name="罗测媳", gained="marriage",
                     since=date(2025, 10, 1))  # fmt: skip
    with made.refused("declared"):
        leave(cast, one, "own_wish")
    assert not leave(cast, one, "death").after_marriage


def test_nobody_stands_on_the_roll_twice(cast: Cast) -> None:
    collective = made.settled(cast)
    with pytest.raises(Invalid) as refused:
        made.enter(cast, collective, name="罗测一", birth_year=1962)
    assert set(refused.value.fields) == {"name"}
    with pytest.raises(Invalid) as refused:
        made.enter(cast, collective, name="罗测一", birth_year=1999)
    assert set(refused.value.fields) == {"apart"}
    made.enter(cast, collective, name="罗测一", birth_year=1999, apart=True)


def test_who_left_may_come_back_and_the_time_between_stays_free(cast: Cast) -> None:
    collective = made.found(cast)
    one = made.enter(cast, collective)
    leave(cast, one, "own_wish", until=date(2022, 1, 1))
    with pytest.raises(Invalid):
        made.enter(cast, collective, since=date(2021, 1, 1))
    made.enter(cast, collective, since=date(2024, 1, 1))
    assert on_roll(date(2023, 1, 1)) == set()
    with pytest.raises(Conflict):
        stay_on_roll(actor=cast.actor("bookkeeper"), membership=one, words="弄错了")


@pytest.mark.parametrize(("changes", "field"), [
    ({"name": "  "}, "name"), ({"birth_year": 2030}, "birth_year"),
    ({"birth_year": 1700}, "birth_year"),
    ({"since": date(2027, 1, 1)}, "since"), ({"since": date(2018, 1, 1)}, "since"),
    ({"birth_year": 2024}, "since"), ({"gained": "luck"}, "gained"),
])  # fmt: skip
def test_what_cannot_be_is_told_at_its_field(
    cast: Cast, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        made.enter(cast, made.found(cast), **changes)
    assert field in refused.value.fields


def test_a_household_of_another_place_has_no_members_here(cast: Cast) -> None:
    collective = made.found(cast)
    for place in (NEIGHBOUR, FAR):
        with made.refused("household"):
            made.enter(cast, collective, cast.households(place)[0])


def test_the_meeting_takes_somebody_in_only_by_its_decision(cast: Cast) -> None:
    collective = made.found(cast)
    with made.refused("motion"):
        made.enter(cast, collective, gained="decision")
    with made.refused("motion"):
        made.enter(cast, collective, gained="decision", motion=made.decided(cast, "plain"))
    lost = made.decided(cast, "membership", votes=50)
    with made.refused("motion"):
        made.enter(cast, collective, gained="decision", motion=lost)
    one = made.enter(cast, collective, gained="decision", motion=made.decided(cast, "membership"))
    assert one.motion is not None


def test_what_was_entered_wrongly_is_put_right_and_stays_readable(cast: Cast) -> None:
    one = made.enter(cast, made.found(cast), name="罗测以")
    one = correct_membership(actor=cast.actor("secretary"), membership=one,
                             entry=made.entry(birth_year=1971), words="写错了字")  # fmt: skip
    assert (one.name, one.birth_year) == ("罗测一", 1971)
    assert one.history()[-1].replaced == {"name": "罗测以", "birth_year": 1970}
    one = withdraw_membership(actor=cast.actor("secretary"), membership=one, words="不是这湾的")
    assert on_roll(TODAY) == set()
    assert one.history()[-1].words == "不是这湾的"


def test_shares_in_her_name_go_with_her_to_another_household(cast: Cast) -> None:
    collective = made.quantified(cast)
    one = Membership.objects.get(name="罗测小")
    first, second = cast.households()[:2]
    move_membership(actor=cast.actor("bookkeeper"), membership=one, household=second, day=TODAY)
    assert (one.pk, "member") not in held_of(collective, first.pk)
    assert held_of(collective, second.pk)[one.pk, "member"] == 100
    with pytest.raises(Conflict):
        withdraw_membership(actor=cast.actor("bookkeeper"), membership=one, words="写错了")
