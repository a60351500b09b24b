"""Councils and their seats: who may, what is refused, what is only hinted at."""

from datetime import date, timedelta
from typing import Any

import pytest

from genxu.core import clock
from genxu.core.errors import Conflict, Denied, Invalid, Missing
from genxu.core.notices import told
from genxu.organisation.councils import rules
from genxu.organisation.councils.actions import (
    change_seat,
    dissolve_council,
    form_council,
    leave_seat,
    renew_council,
    seat_member,
)
from genxu.organisation.councils.customs import hints, usual_end
from genxu.organisation.councils.figures import FIGURES
from genxu.organisation.councils.models import Council
from genxu.organisation.councils.notices import notices
from genxu.organisation.councils.queries import former_seats, groups_of, seats_of
from genxu.organisation.councils.seats import SeatFacts
from tests.cast import FAR, NEIGHBOUR, VILLAGE, Cast, later
from tests.doing import who_may

from .factories import FORMED, GROUPS, form, seat_of, usual_seats

STEERING = [
    rules.seat_member, rules.change_seat, rules.leave_seat, rules.renew_council,
    rules.dissolve_council,
]  # fmt: skip


def test_the_secretary_and_the_village_form_it(cast: Cast) -> None:
    assert who_may(cast, rules.form_council, hamlet=cast.home) == {"secretary", "village_staff"}
    assert not who_may(cast, rules.form_council, hamlet=cast.hamlet(VILLAGE))


@pytest.mark.parametrize("permission", STEERING, ids=lambda p: p.name)
def test_the_same_steer_it(cast: Cast, permission: Any) -> None:
    assert who_may(cast, permission, council=form(cast)) == {"secretary", "village_staff"}


def test_the_township_may_enter_many(cast: Cast) -> None:
    keepers = {"secretary", "village_staff", "township_staff"}
    assert who_may(cast, rules.record_councils, place=cast.home) == keepers


def test_a_council_has_its_chair_and_its_five_groups(cast: Cast) -> None:
    council = form(cast)
    seats = seats_of(council)
    assert [seat.duty for seat in seats][:2] == ["chair", "deputy"]
    groups = groups_of(seats)
    assert [group.key for group in groups] == list(GROUPS)
    assert all(group.leader in group.people for group in groups)
    assert all(len(group.others) == 1 for group in groups)
    assert not hints(council, seats)


def test_whoever_leads_a_group_works_in_it(cast: Cast) -> None:
    council = form(cast, seats=[SeatFacts("罗测春", "chair", (), leads="health")])
    assert seat_of(council).groups == ["health"]


def test_one_council_a_hamlet(cast: Cast) -> None:
    form(cast)
    with pytest.raises(Conflict):
        form(cast)
    form(cast, NEIGHBOUR)
    assert Council.objects.standing().count() == 2


TERMS: dict[str, tuple[dict[str, date], str]] = {
    "tomorrow": ({"formed_on": date(2026, 5, 14)}, "formed_on"),
    "long ago": ({"formed_on": date(1999, 1, 1)}, "formed_on"),
    "ends before": ({"term_ends_on": FORMED - timedelta(days=1)}, "term_ends_on"),
    "ends at once": ({"term_ends_on": FORMED}, "term_ends_on"),
    "for ever": ({"term_ends_on": date(2050, 1, 1)}, "term_ends_on"),
}


@pytest.mark.parametrize("kind", TERMS)
def test_a_term_that_cannot_be_is_refused(cast: Cast, kind: str) -> None:
    changes, field = TERMS[kind]
    with pytest.raises(Invalid) as refused:
        form(cast, **changes)  # type: ignore[arg-type]
    assert set(refused.value.fields) == {field}
    assert not Council.objects.exists()


SEATS: dict[str, tuple[SeatFacts, str]] = {
    "no name": (SeatFacts("  "), "name"),
    "an endless name": (SeatFacts("长" * 41), "name"),
    "unreadable": (SeatFacts("罗\x00测"), "name"),
    "seated twice": (SeatFacts("罗测兰"), "name"),
    "no such duty": (SeatFacts("罗测礼", "king"), "duty"),
    "a second chair": (SeatFacts("罗测礼", "chair"), "duty"),
    "no such group": (SeatFacts("罗测礼", groups=["dancing"]), "groups"),
    "leads no such group": (SeatFacts("罗测礼", leads="dancing"), "leads"),
    "a second leader": (SeatFacts("罗测礼", leads="health"), "leads"),
}


@pytest.mark.parametrize("kind", SEATS)
def test_a_seat_that_cannot_be_is_refused_in_every_action(cast: Cast, kind: str) -> None:
    facts, field = SEATS[kind]
    actor = cast.actor("secretary")
    with pytest.raises(Invalid) as refused:
        form(cast, seats=[*usual_seats(), facts])
    assert set(refused.value.fields) == {f"seats-5-{field}"}
    council = form(cast)
    with pytest.raises(Invalid) as refused:
        seat_member(actor=actor, council=council, facts=facts)
    assert set(refused.value.fields) == {field}
    one = council.seats.get(name="罗测十")
    with pytest.raises(Invalid) as refused:
        change_seat(actor=actor, council=council, seat=one, facts=facts)
    assert set(refused.value.fields) == {field}
    assert council.seats.count() == 5


def test_a_household_of_another_hamlet_gives_no_seat(cast: Cast) -> None:
    facts = SeatFacts("卢测甲", household=cast.households(FAR)[0])
    with pytest.raises(Invalid):
        seat_member(actor=cast.actor("secretary"), council=form(cast), facts=facts)


def test_a_council_without_anybody_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        form(cast, seats=[])
    assert set(refused.value.fields) == {"seats"}


def test_a_seat_is_given_changed_and_left(cast: Cast) -> None:
    council, actor = form(cast), cast.actor("secretary")
    seat = seat_member(actor=actor, council=council, facts=SeatFacts("罗测礼", groups=["morals"]))
    assert seat.since == clock.today()
    facts = SeatFacts("罗测礼", "deputy", ["health"], shown=True)
    seat = change_seat(actor=actor, council=council, seat=seat, facts=facts)
    assert (seat.duty, seat.groups, seat.shown) == ("deputy", ["health"], True)
    leave_seat(actor=actor, council=council, seat=seat)
    assert "罗测礼" not in [one.name for one in seats_of(council)]
    assert [one.name for one in former_seats(council)] == ["罗测礼"]
    council.refresh_from_db()
    assert council.version == 4


def test_a_seat_left_makes_room_for_the_next(cast: Cast) -> None:
    council, actor = form(cast), cast.actor("secretary")
    leave_seat(actor=actor, council=council, seat=seat_of(council))
    seat = seat_member(actor=actor, council=council, facts=SeatFacts("罗测春", "chair"))
    assert seat.is_chair


def test_a_seat_that_was_left_does_not_change(cast: Cast) -> None:
    council, actor = form(cast), cast.actor("secretary")
    seat = leave_seat(actor=actor, council=council, seat=seat_of(council))
    with pytest.raises(Missing):
        change_seat(actor=actor, council=council, seat=seat, facts=SeatFacts("罗测春"))


def test_a_page_that_is_out_of_date_changes_nothing(cast: Cast) -> None:
    council, actor = form(cast), cast.actor("secretary")
    seat_member.once(None, 1, actor=actor, council=council, facts=SeatFacts("罗测礼"))
    with pytest.raises(Conflict):
        seat_member.once(None, 1, actor=actor, council=council, facts=SeatFacts("罗测智"))


@pytest.mark.parametrize("part", ["township_staff", "far_secretary", "centre_household"])
def test_others_are_refused_by_the_action_itself(cast: Cast, part: str) -> None:
    council = form(cast)
    with pytest.raises(Denied):
        seat_member(actor=cast.actor(part), council=council, facts=SeatFacts("罗测礼"))
    with pytest.raises(Denied):
        form_council(
            actor=cast.actor(part), hamlet=cast.hamlet(NEIGHBOUR), formed_on=FORMED,
            term_ends_on=usual_end(FORMED), seats=usual_seats(),
        )  # fmt: skip


# --- terms -------------------------------------------------------------------------------------


def test_a_new_term_keeps_who_stays(cast: Cast) -> None:
    old, actor = form(cast), cast.actor("secretary")
    stay = seats_of(old)[:3]
    today = clock.today()
    new = renew_council(
        actor=actor, council=old, formed_on=today, term_ends_on=usual_end(today), stay=stay
    )
    old.refresh_from_db()
    assert (old.ended_on, new.formed_on, new.ended_on) == (today, today, None)
    assert {seat.name for seat in seats_of(new)} == {seat.name for seat in stay}
    assert len(seats_of(old)) == 5
    assert not old.seats.taken().exists()
    assert {seat.since for seat in seats_of(new)} == {today}


def test_a_new_term_does_not_begin_before_the_old_one(cast: Cast) -> None:
    day = FORMED - timedelta(days=1)
    with pytest.raises(Invalid):
        renew_council(
            actor=cast.actor("secretary"), council=form(cast), formed_on=day,
            term_ends_on=usual_end(day), stay=[],
        )  # fmt: skip


def test_what_ended_stays_as_it_was(cast: Cast) -> None:
    council, actor = form(cast), cast.actor("secretary")
    with pytest.raises(Invalid):
        dissolve_council(actor=actor, council=council, ending=" ")
    council = dissolve_council(actor=actor, council=council, ending="湾子合并")
    assert not council.is_standing
    with pytest.raises(Conflict):
        seat_member(actor=actor, council=council, facts=SeatFacts("罗测礼"))
    with pytest.raises(Conflict):
        dissolve_council(actor=actor, council=council, ending="再来一次")
    form(cast)


def test_the_figure_counts_those_standing_on_a_day(cast: Cast) -> None:
    (figure,) = FIGURES
    assert figure.key == "organisation.councils"
    assert figure.standing
    form(cast)
    old = form(cast, NEIGHBOUR)
    today = clock.today()
    renew_council(
        actor=cast.actor("neighbour_secretary"), council=old, formed_on=today,
        term_ends_on=usual_end(today), stay=[],
    )  # fmt: skip
    days = (FORMED - timedelta(days=1), FORMED, today - timedelta(days=1), today)
    assert [figure.standing(day).count() for day in days] == [0, 2, 2, 2]


def test_terms_that_end_are_told_in_time(cast: Cast) -> None:
    form(cast)
    assert told(notices(cast.actor("secretary"))) == []
    end = usual_end(FORMED)
    with clock.at(clock.now() + (end - clock.today()) - timedelta(days=90)):
        assert [one.urgent for one in told(notices(cast.actor("secretary")))] == [False]
        assert told(notices(cast.actor("far_secretary"))) == []
        assert told(notices(cast.actor("county_staff"))) == []
    with clock.at(clock.now() + (end - clock.today()) - timedelta(days=91)):
        assert told(notices(cast.actor("secretary"))) == []
    with clock.at(clock.now() + (end - clock.today()) + timedelta(days=1)):
        assert [one.urgent for one in told(notices(cast.actor("township_staff")))] == [True]


# --- custom is hinted at, not forced -----------------------------------------------------------


@pytest.mark.parametrize("size", [1, 4, 5, 7, 8])
def test_an_unusual_size_is_a_hint(cast: Cast, size: int) -> None:
    seats = [SeatFacts(f"罗测{n}", "chair" if n == 0 else "member") for n in range(size)]
    council = form(cast, seats=seats)
    assert any(str(size) in hint and "5" in hint for hint in hints(council, seats_of(council))) == (
        not 5 <= size <= 7
    )


def test_an_unusual_term_is_a_hint(cast: Cast) -> None:
    council = form(cast, term_ends_on=date(2027, 5, 1))
    assert len(hints(council, seats_of(council))) == 1


def test_the_chair_is_encouraged_to_be_the_secretary_not_forced(cast: Cast) -> None:
    seats = usual_seats()
    seats[0] = SeatFacts("罗测仁义", "chair", [GROUPS[0]], leads=GROUPS[0])
    council = form(cast, seats=seats)
    (hint,) = hints(council, seats_of(council))
    assert cast.secretary.name in hint


def test_no_chair_and_groups_without_a_leader_are_hints(cast: Cast) -> None:
    council = form(cast, seats=[SeatFacts(f"罗测{n}") for n in range(5)])
    assert len(hints(council, seats_of(council))) == 2


def test_the_leap_day_has_an_end_too() -> None:
    assert usual_end(date(2024, 2, 29)) == date(2029, 2, 28)


def test_a_change_of_the_seat_at_the_same_moment_is_seen(cast: Cast) -> None:
    council, actor = form(cast), cast.actor("secretary")
    seat = seat_of(council, "member")
    with later(minutes=1):
        leave_seat(actor=actor, council=council, seat=seat)
        with pytest.raises(Missing):
            leave_seat(actor=actor, council=council, seat=seat)
