"""志愿服务时长: two sides say them; nothing is counted that one alone says."""

from datetime import time, timedelta

import pytest

from genxu.core import clock
from genxu.core.errors import Conflict, Invalid
from genxu.insight.counting import count_on
from genxu.people.deeds import Doer, deeds_of
from genxu.people.own_access import holder_of as holder_of_household
from genxu.team.volunteers import actions, hours_actions, team_actions
from genxu.team.volunteers.models import Hours, minutes_of
from genxu.team.volunteers.own_access import holder_of
from tests.cast import HOME, NEIGHBOUR, Cast, later

from .factories import (
    facts,
    join,
    outing,
    visit,
    volunteer,
    vouch,
    vouched,
    work,
    write,
)

FIGURE = "team.volunteer_hours"


def counted() -> int:
    return count_on(HOME, clock.today(), [FIGURE])[FIGURE]


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "minutes"),
    [(time(8), time(10), 120), (time(8, 10), time(9, 5), 45), (time(8), time(8, 14), 0)],
)
def test_full_quarters_of_an_hour_are_counted(starts_at: time, ends_at: time, minutes: int) -> None:
    assert minutes_of(starts_at, ends_at) == minutes


def test_hours_count_when_another_one_has_vouched(cast: Cast) -> None:
    of, first, second = outing(cast), volunteer(cast), volunteer(cast, 1)
    join(second, of)
    hours = write(first, of)
    assert (hours.state, counted()) == ("said", 0)
    hours = vouch(hours, second)
    assert (hours.state, hours.vouched, counted()) == ("verified", 1, 2)


def test_hours_of_tomorrow_are_refused(cast: Cast) -> None:
    one = volunteer(cast)
    with pytest.raises(Invalid) as refused:
        write(one, day=clock.today() + timedelta(days=1))
    assert set(refused.value.fields) == {"day"}
    with pytest.raises(Invalid) as refused:
        write(one, starts_at=time(9), ends_at=time(11))  # it is ten o'clock
    assert set(refused.value.fields) == {"ends_at"}


def test_a_day_has_no_25_hours(cast: Cast) -> None:
    one, day = volunteer(cast), clock.today() - timedelta(days=1)
    write(one, day=day, starts_at=time(0), ends_at=time(12, 30))
    with pytest.raises(Invalid) as refused:
        write(one, day=day, starts_at=time(12), ends_at=time(23, 59))
    assert set(refused.value.fields) == {"starts_at"}
    with pytest.raises(Invalid):
        write(one, day=day, starts_at=time(13), ends_at=time(12))


def test_one_person_is_not_twice_at_one_hour_in_another_hamlet_either(cast: Cast) -> None:
    here = volunteer(cast)
    there = volunteer(cast, hamlet=NEIGHBOUR)
    assert here.pk != there.pk
    write(here)
    with pytest.raises(Invalid) as refused:
        write(there, starts_at=time(9), ends_at=time(9, 30))
    assert set(refused.value.fields) == {"starts_at"}
    write(there, starts_at=time(7), ends_at=time(8))


def test_nobody_vouches_for_himself(cast: Cast) -> None:
    one = volunteer(cast)
    hours = write(one)
    with pytest.raises(Conflict):
        vouch(hours, one)


def test_nobody_of_one_household_vouches_for_another(cast: Cast) -> None:
    household = cast.households()[0]
    of = outing(cast)
    one, wife = (volunteer(cast, n, household=household) for n in (0, 1))
    for each in (one, wife):
        join(each, of)
    with pytest.raises(Conflict):
        vouch(write(one, of), wife)


def test_whoever_wrote_it_down_does_not_vouch(cast: Cast) -> None:
    secretary = cast.actor("secretary")
    one = volunteer(cast)
    hours = hours_actions.write_hours(actor=secretary, volunteer=one, work=work())
    with pytest.raises(Conflict):
        hours_actions.vouch_hours(actor=secretary, hours=hours)
    hours = hours_actions.vouch_hours(actor=cast.actor("village_staff"), hours=hours)
    assert hours.counts


def test_the_secretary_s_own_hours_are_vouched_for_by_others(cast: Cast) -> None:
    of, secretary = outing(cast), cast.actor("secretary")
    actions.come_along(actor=secretary, outing=of)
    own = of.sign_ups.get().volunteer
    hours = write(own, of)
    with pytest.raises(Conflict):
        hours_actions.vouch_hours(actor=secretary, hours=hours)


def test_only_who_was_there_vouches(cast: Cast) -> None:
    of, one, stranger = outing(cast), volunteer(cast), volunteer(cast, 1)
    hours = write(one, of)
    with pytest.raises(Conflict):
        vouch(hours, stranger)
    join(stranger, of)
    assert vouch(hours, stranger).counts


def test_one_vouches_once(cast: Cast) -> None:
    hours = vouched(cast)
    with pytest.raises(Conflict):
        vouch(hours, hours.steps.get(step="vouch").volunteer)


def test_an_outing_that_was_called_off_gives_no_hours(cast: Cast) -> None:
    of, one = outing(cast), volunteer(cast)
    team_actions.call_off_outing(actor=cast.actor("secretary"), outing=of, words="涨水")
    with pytest.raises(Conflict):
        write(one, of)


def test_hours_lie_on_the_day_of_the_outing(cast: Cast) -> None:
    of, one = outing(cast), volunteer(cast)
    with pytest.raises(Invalid) as refused:
        write(one, of, day=clock.today() - timedelta(days=1))
    assert set(refused.value.fields) == {"day"}


def test_a_duty_turn_is_no_volunteering(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from genxu.team.volunteers import work as of_work

    turns = [lambda **asked: asked["name"] == "罗测风"]
    monkeypatch.setattr(of_work, "declared", lambda *_room: turns)
    one = volunteer(cast)
    with pytest.raises(Conflict):
        write(one)
    of = outing(cast)
    join(one, of)
    assert write(one, of).pk


def test_what_is_written_a_week_later_says_so(cast: Cast) -> None:
    one, day = volunteer(cast), clock.today()
    with later(days=7):
        assert not write(one, day=day).is_late
    with later(days=9):
        assert write(one, day=day, starts_at=time(11), ends_at=time(12)).is_late


def test_a_correction_keeps_both_versions_and_loses_the_voucher(cast: Cast) -> None:
    hours = vouched(cast)
    one, of = hours.volunteer, hours.outing
    given = {"actor": holder_of(one), "hours": hours}
    with pytest.raises(Invalid):
        hours_actions.correct_hours(**given, work=work(of, ends_at=time(9)), words=" ")
    hours = hours_actions.correct_hours(**given, work=work(of, ends_at=time(9)), words="我走得早")
    assert (hours.state, hours.vouched, hours.minutes, counted()) == ("said", 0, 60, 0)
    told = hours.steps.get(step="correct")
    assert told.replaced["ends_at"].startswith("10:00")
    assert "10:00" in told.about
    second = hours.steps.get(step="vouch").volunteer
    assert vouch(hours, second).vouched == 1


def test_what_is_withdrawn_counts_nowhere_and_is_free_again(cast: Cast) -> None:
    hours = vouched(cast)
    one = hours.volunteer
    hours = hours_actions.withdraw_hours(actor=holder_of(one), hours=hours, words="记错了人")
    assert (hours.state, counted()) == ("withdrawn", 0)
    assert write(one).pk


def test_the_household_that_was_visited_vouches_or_says_no(cast: Cast) -> None:
    of = visit(cast)
    one = volunteer(cast)
    actions.take_visit(actor=holder_of(one), volunteer=one, visit=of)
    hours = write(one, of.outing, visit=of)
    other = cast.households()[1]
    with pytest.raises(Conflict):
        hours_actions.vouch_hours(actor=holder_of_household(other), hours=hours, household=other)
    own = {"actor": holder_of_household(of.household), "household": of.household}
    hours = hours_actions.vouch_hours(hours=hours, **own)
    assert hours.counts
    hours = hours_actions.deny_hours(hours=hours, **own)
    assert (hours.state, counted()) == ("denied", 0)


def test_who_was_there_is_named_when_it_is_noted_who_came(cast: Cast) -> None:
    of = outing(cast)
    people = [volunteer(cast, n) for n in range(3)]
    for one in people:
        join(one, of)
    team_actions.hold_outing(
        actor=cast.actor("secretary"), outing=of, head_count=5, came=people[:2],
        starts_at=time(8), ends_at=time(9, 30),
    )  # fmt: skip
    assert [one.minutes for one in Hours.objects.order_by("pk")] == [90, 90]
    assert counted() == 0
    first, second = Hours.objects.order_by("pk")
    vouch(first, people[1])
    vouch(second, people[2])
    assert counted() == 3


def test_who_is_named_twice_at_one_hour_is_told_by_name(cast: Cast) -> None:
    one = volunteer(cast)
    write(one, starts_at=time(9), ends_at=time(9, 30))
    of = outing(cast)
    join(one, of)
    with pytest.raises(Invalid) as refused:
        team_actions.hold_outing(
            actor=cast.actor("secretary"), outing=of, head_count=1, came=[one],
            starts_at=time(8), ends_at=time(10),
        )  # fmt: skip
    assert "罗测风" in str(refused.value.fields["came"])


def test_a_certificate_lists_only_what_was_vouched_for(cast: Cast) -> None:
    hours = vouched(cast)
    one = hours.volunteer
    write(one, starts_at=time(6), ends_at=time(7))
    today = clock.today()
    given = {"actor": holder_of(one), "volunteer": one}
    paper = hours_actions.make_certificate(**given, since=today, until=today)
    assert (paper.minutes, [line["vouched"] for line in paper.lines]) == (120, [1])
    day = today - timedelta(days=1)
    with pytest.raises(Invalid):
        hours_actions.make_certificate(**given, since=day, until=day)


def test_figures_count_full_hours_of_all_together(cast: Cast) -> None:
    second = volunteer(cast, 1)
    of = outing(cast, facts(starts_at=time(6), ends_at=time(10)))
    join(second, of)
    for n, minute in enumerate((30, 45), 1):
        one = volunteer(cast, n if n != 1 else 0)
        vouch(write(one, of, starts_at=time(8), ends_at=time(8, minute)), second)
    assert counted() == 1


def test_a_member_s_verified_hours_are_among_what_he_did(cast: Cast) -> None:
    hours = vouched(cast)
    account = cast.member
    hours.volunteer.account = account
    hours.volunteer.save()
    day = clock.today()
    found = deeds_of(Doer(0, account.pk), day, day)
    assert [one.key for one in found] == [f"volunteers.{hours.pk}"]
    hours_actions.withdraw_hours(actor=holder_of(hours.volunteer), hours=hours, words="记错了")
    assert deeds_of(Doer(0, account.pk), day, day) == []
