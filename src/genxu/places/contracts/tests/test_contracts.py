"""The life of a contract: what is refused, what is only said, when its land counts."""

from datetime import date, timedelta
from typing import Any

import pytest

from genxu.core import clock
from genxu.core.errors import Conflict, Invalid
from genxu.insight.counting import bring_up_to_date, count_all, count_on
from genxu.insight.models import Standing
from genxu.places.contracts import actions
from genxu.places.contracts.hints import hints, needs_decision
from genxu.places.contracts.workflow import State
from tests.cast import FAR, HOME, NEIGHBOUR, VILLAGE, Cast, later

from .factories import decided, decision, drafted, in_state, land, over, paid, signed, terms

LAND = "places.land_in_cooperation"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"way": "gift"}, "way"),
        ({"object": " "}, "object"),
        ({"other": ""}, "other"),
        ({"area": None}, "area"),
        ({"area": 0}, "area"),
        ({"area": 10**8}, "area"),
        ({"until": date(2025, 12, 31)}, "until"),
        ({"until": date(2296, 1, 1)}, "until"),
        ({"since": date(1026, 1, 1)}, "since"),
        ({"steps": ()}, "steps"),
        ({"steps": ((2, 100),)}, "steps-0-from_year"),
        ({"steps": ((1, 100), (1, 200))}, "steps-1-from_year"),
        ({"steps": ((1, 100), (4, 200))}, "steps-1-from_year"),
        ({"first_due": None}, "first_due"),
        ({"first_due": date(2027, 1, 1)}, "first_due"),
        ({"way": "land_for_shares"}, "steps"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        drafted(cast, **wrong)
    assert field in refused.value.fields


def test_a_household_of_another_place_is_no_side(cast: Cast) -> None:
    far = cast.households(FAR)[0]
    with pytest.raises(Invalid) as refused:
        drafted(cast, terms=land(cast, household=far))
    assert "other" in refused.value.fields
    assert drafted(cast, VILLAGE, terms=land(cast, household=cast.households(NEIGHBOUR)[0]))


def test_a_small_short_lease_is_signed_without_a_meeting(cast: Cast) -> None:
    contract = drafted(cast)
    assert not needs_decision(contract)
    assert signed(cast, contract).state == State.SIGNED


@pytest.mark.parametrize(
    "large", [{"area": 50_00}, {"steps": ((1, 10_000_00),)}, {"until": date(2031, 1, 1)}]
)
def test_a_large_one_is_decided_first(cast: Cast, large: dict[str, Any]) -> None:
    contract = drafted(cast, **large)
    with pytest.raises(Conflict):
        actions.sign_contract(
            actor=cast.actor("bookkeeper"), contract=contract, signed_on=clock.today()
        )
    assert signed(cast, contract).motion is not None


def test_a_motion_of_another_place_or_that_did_not_carry_is_none(cast: Cast) -> None:
    contract = drafted(cast, terms=land(cast))
    for wrong in (
        {"hamlet": NEIGHBOUR},
        {"votes": (30, 20, 0)},
        {"body": "group_meeting", "basis": "households"},
    ):
        with pytest.raises(Invalid) as refused:
            actions.decide_contract(
                actor=cast.actor("bookkeeper"), contract=contract, motion=decision(cast, **wrong)
            )
        assert "motion" in refused.value.fields, wrong


def test_a_changed_draft_is_decided_anew(cast: Cast) -> None:
    contract = decided(cast, drafted(cast, terms=land(cast)))
    with pytest.raises(Conflict):
        actions.correct_contract(
            actor=cast.actor("bookkeeper"), contract=contract, terms=land(cast, area=20_00)
        )
    contract = actions.redraft_contract(
        actor=cast.actor("bookkeeper"), contract=contract, words="亩数变了"
    )
    assert (contract.state, contract.motion) == (State.DRAFTED, None)


def test_twenty_five_years_are_said_and_not_refused(cast: Cast) -> None:
    long = drafted(cast, until=date(2050, 12, 31))
    assert any("705" in one for one in hints(long))
    exactly = drafted(cast, until=date(2045, 12, 31))
    assert not any("705" in one for one in hints(exactly))
    assert signed(cast, long).state == State.SIGNED


def test_far_below_its_neighbours_is_said_with_their_number(cast: Cast) -> None:
    for n in range(5):
        signed(cast, object=f"{n}号地", steps=((1, (800 + n) * 10_00),))
        low = drafted(cast, object="便宜地", steps=((1, 400 * 10_00),))
        assert bool(hints(low)) == (n == 4)
    assert "802.00" in hints(low)[0]
    assert "5" in hints(low)[0]
    half = drafted(cast, object="一半", steps=((1, 401 * 10_00),))
    assert hints(half) == []
    other = drafted(cast, object="鱼塘", what="pond", steps=((1, 1),))
    assert hints(other) == []


def test_the_same_land_brought_in_twice_is_said(cast: Cast) -> None:
    signed(cast, terms=land(cast, area=8_50))
    again = drafted(cast, terms=land(cast, object="后坡"))
    assert "8.5" in hints(again)[0]
    after = drafted(cast, terms=land(cast, since=date(2029, 1, 1), until=date(2030, 1, 1)))
    assert hints(after) == []
    other = drafted(cast, terms=land(cast, household=cast.households()[1]))
    assert hints(other) == []


def test_a_contract_with_one_s_own_household_is_allowed_and_shown(cast: Cast) -> None:
    household = cast.households()[0]
    type(household).objects.filter(pk=household.pk).update(phone=cast.secretary.phone)
    household.refresh_from_db()
    contract = signed(cast, terms=land(cast, household=household))
    assert hints(contract)


def test_land_counts_from_its_first_day_to_its_last(cast: Cast) -> None:
    signed(cast, terms=land(cast, area=1_500_00, since=date(2026, 6, 1), until=date(2026, 7, 31)))
    signed(cast)  # let out: that is none
    drafted(cast, terms=land(cast))  # not signed: neither
    for day, mu in {
        date(2026, 5, 31): 0,
        date(2026, 6, 1): 1500,
        date(2026, 7, 31): 1500,
        date(2026, 8, 1): 0,
    }.items():
        assert count_on(HOME, day, [LAND]) == {LAND: mu}, day


def test_the_ready_figure_follows_though_nobody_acts(cast: Cast) -> None:
    begins, ends = date(2026, 6, 1), date(2026, 7, 31)
    signed(cast, drafted(cast, VILLAGE, terms=land(cast, area=5_00, since=begins, until=ends)))
    bring_up_to_date()
    for day in (begins, ends, ends + timedelta(days=1)):
        with later(days=(day - clock.today()).days):
            bring_up_to_date()
            kept = set(Standing.objects.exclude(value=0).values_list("place", "key", "value"))
            count_all()
            assert kept == set(Standing.objects.exclude(value=0).values_list(
                "place", "key", "value"))  # fmt: skip
            assert count_on(VILLAGE, day, [LAND]) == {LAND: 5 if day <= ends else 0}


def test_ended_early_its_land_counts_until_that_day(cast: Cast) -> None:
    contract = signed(cast, terms=land(cast))
    actions.end_early(
        actor=cast.actor("bookkeeper"), contract=contract, last_day=date(2026, 5, 1), how="agreed",
        words="收回自种",
    )  # fmt: skip
    assert count_on(HOME, date(2026, 5, 1), [LAND]) == {LAND: 10}
    assert count_on(HOME, date(2026, 5, 2), [LAND]) == {LAND: 0}


def test_a_renewal_names_the_old_one_and_begins_after_it(cast: Cast) -> None:
    old = signed(cast)
    actor = cast.actor("bookkeeper")
    with pytest.raises(Invalid) as refused:
        actions.renew_contract(actor=actor, contract=old, terms=terms())
    assert "since" in refused.value.fields
    later_on = terms(since=date(2029, 1, 1), until=date(2030, 12, 31), first_due=date(2029, 2, 1),
                     steps=((1, 1),))  # fmt: skip
    new = actions.renew_contract(actor=actor, contract=old, terms=later_on)
    assert (new.renews, new.state, new.place_id) == (old, State.DRAFTED, HOME)
    with pytest.raises(Conflict):
        actions.renew_contract(actor=actor, contract=old, terms=later_on)


def test_it_runs_out_on_its_day_and_not_before(cast: Cast) -> None:
    with pytest.raises(Conflict):
        actions.close_contract(actor=cast.actor("bookkeeper"), contract=signed(cast))
    contract = actions.close_contract(actor=cast.actor("bookkeeper"), contract=over(cast))
    assert contract.state == State.ENDED


def test_what_has_rents_in_the_books_is_not_withdrawn(cast: Cast) -> None:
    contract = paid(cast, signed(cast), 100)
    with pytest.raises(Conflict):
        actions.withdraw_contract(actor=cast.actor("bookkeeper"), contract=contract, words="错了")


def test_a_correction_taken_back_has_its_steps_of_rent_again(cast: Cast) -> None:
    from genxu.people.history_actions import take_back

    contract, actor = signed(cast), cast.actor("bookkeeper")
    before = (contract.steps_told, contract.next_due, contract.next_owed, contract.area)
    since = contract.version
    contract = actions.correct_contract(
        actor=actor, contract=contract, terms=terms(area=9_00, steps=((1, 5),)), words="写错了"
    )
    assert contract.steps_told == [(1, 5)]
    contract = take_back(actor=actor, row=contract, since=since)
    found = type(contract).objects.get(pk=contract.pk)
    assert (found.steps_told, found.next_due, found.next_owed, found.area) == before


def test_each_state_can_be_reached(cast: Cast) -> None:
    for state in State:
        assert in_state(cast, state).state == state
