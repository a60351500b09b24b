"""Neighbours' recommendations: one a household, changeable until the branch has selected."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genxu.core.errors import Conflict, Refusal
from genxu.core.tests.test_actions import at_once
from genxu.organisation.centre_households import actions
from genxu.organisation.centre_households.models import CentreHousehold, Recommendation
from genxu.organisation.centre_households.workflow import State
from tests.cast import NEIGHBOUR, Cast

from .factories import holder, in_state, nominated, recommended


def by_voice(cast: Cast, household: Any, candidate: CentreHousehold) -> Recommendation:
    return actions.recommend_candidate(
        actor=cast.actor("secretary"), household=household, candidate=candidate
    )


def test_one_at_a_time_and_it_may_think_again(cast: Cast) -> None:
    one, two, mine, _fourth = cast.households()
    first, second = nominated(one), nominated(two)
    recommended(mine, first)
    recommended(mine, second)
    assert [r.candidate for r in Recommendation.objects.all()] == [second]
    actions.take_back_recommendation(actor=holder(mine), household=mine)
    assert not Recommendation.objects.exists()
    actions.take_back_recommendation(actor=holder(mine), household=mine)  # nothing to take back


def test_the_same_tap_twice_is_one_recommendation(cast: Cast) -> None:
    one, mine, _third, _fourth = cast.households()
    candidate = nominated(one)
    recommended(mine, candidate)
    recommended(mine, candidate)
    assert candidate.recommendations.count() == 1


def test_recommending_oneself_is_no_recommendation(cast: Cast) -> None:
    mine = cast.households()[0]
    candidate = nominated(mine)
    with pytest.raises(Conflict, match="自己家"):
        recommended(mine, candidate)
    with pytest.raises(Conflict, match="自己家"):
        by_voice(cast, mine, candidate)


def test_only_in_ones_own_hamlet(cast: Cast) -> None:
    candidate = nominated(cast.households(NEIGHBOUR)[0])
    with pytest.raises(Conflict, match="别的湾"):
        recommended(cast.households()[0], candidate)


@pytest.mark.parametrize("state", [state for state in State if state != State.NOMINATED])
def test_who_is_decided_on_is_not_recommended_any_more(state: str, cast: Cast) -> None:
    one, mine, _third, _fourth = cast.households()
    candidate = in_state(cast, state, one)
    with pytest.raises(Conflict):
        recommended(mine, candidate)


@pytest.mark.parametrize("step", ["select", "pass_over", "withdraw"])
def test_with_the_decision_it_is_settled_and_one_is_free_for_another(step: str, cast: Cast) -> None:
    one, two, mine, _fourth = cast.households()
    candidate, other = nominated(one), nominated(two)
    recommended(mine, candidate)
    if step == "withdraw":
        actions.withdraw_candidacy(actor=holder(one), centre_household=candidate)
    else:
        action = {"select": actions.select_candidate, "pass_over": actions.pass_over_candidate}
        actor = cast.actor("secretary")
        action[step](actor=actor, centre_household=candidate, words="定了")
    assert candidate.recommendations.get().settled
    actions.take_back_recommendation(actor=holder(mine), household=mine)
    assert candidate.recommendations.count() == 1, "what is settled stays"
    recommended(mine, other)
    assert other.recommendations.count() == 1


def test_the_secretary_writes_down_what_was_said(cast: Cast) -> None:
    one, mine, _third, _fourth = cast.households()
    row = by_voice(cast, mine, nominated(one))
    assert row.by_voice
    recommended(mine, row.candidate)
    assert not Recommendation.objects.get().by_voice, "its own word goes before"


def test_hearsay_does_not_overwrite_a_households_own_word(cast: Cast) -> None:
    one, two, mine, _fourth = cast.households()
    first, second = nominated(one), nominated(two)
    recommended(mine, first)
    with pytest.raises(Conflict):
        by_voice(cast, mine, second)
    with pytest.raises(Conflict):
        actions.take_back_recommendation(actor=cast.actor("secretary"), household=mine)
    assert Recommendation.objects.get().candidate == first


tries = st.lists(
    st.tuples(
        st.sampled_from(["recommend", "recommend", "recommend", "say", "take_back", "select",
                         "pass_over", "send_back", "withdraw", "nominate"]),
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    max_size=20,
)  # fmt: skip


def attempt(cast: Cast, name: str, first: int, second: int) -> None:
    mine, theirs = cast.households()[first], cast.households()[second]
    candidate = CentreHousehold.objects.filter(household=theirs).order_by("-pk").first()
    try:
        with transaction.atomic():
            if name == "nominate" or candidate is None:
                nominated(theirs)
            elif name == "recommend":
                recommended(mine, candidate)
            elif name == "say":
                by_voice(cast, mine, candidate)
            elif name == "take_back":
                actions.take_back_recommendation(actor=holder(mine), household=mine)
            elif name == "withdraw":
                actions.withdraw_candidacy(actor=holder(theirs), centre_household=candidate)
            else:
                action, part = {
                    "select": (actions.select_candidate, "secretary"),
                    "pass_over": (actions.pass_over_candidate, "secretary"),
                    "send_back": (actions.send_back_candidate, "township_staff"),
                }[name]
                action(actor=cast.actor(part), centre_household=candidate, words="好")
    except Refusal:
        pass


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(tries)
def test_whatever_is_tried_each_household_has_one_open_word(cast: Cast, tries: list[Any]) -> None:
    with transaction.atomic():
        for name, first, second in tries:
            attempt(cast, name, first, second)
            waiting = Recommendation.objects.filter(settled=False)
            speakers = list(waiting.values_list("household", flat=True))
            assert len(set(speakers)) == len(speakers)
            for row in Recommendation.objects.select_related("candidate"):
                assert row.household_id != row.candidate.household_id
                assert row.hamlet_id == row.candidate.hamlet_id
                if not row.settled:
                    assert row.candidate.state == State.NOMINATED
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_taps_at_once_are_one_word(cast: Cast) -> None:
    one, two, mine, _fourth = cast.households()
    candidates = [nominated(one), nominated(two)] * 2
    found = at_once(4, lambda: actions.recommend_candidate(
        actor=holder(mine), household=mine, candidate=candidates.pop()
    ))  # fmt: skip
    assert not [one for one in found if isinstance(one, BaseException)]
    assert Recommendation.objects.filter(household=mine).count() == 1


@pytest.mark.django_db(transaction=True)
def test_selected_while_being_recommended(cast: Cast) -> None:
    one, mine, other, _fourth = cast.households()
    candidate = nominated(one)
    secretary = cast.actor("secretary")
    work: list[Any] = [
        lambda: recommended(mine, candidate),
        lambda: recommended(other, candidate),
        lambda: actions.select_candidate(actor=secretary, centre_household=candidate),
    ]
    found = at_once(3, lambda: work.pop()())
    wrong = [e for e in found if isinstance(e, BaseException) and not isinstance(e, Conflict)]
    assert wrong == []
    assert not Recommendation.objects.filter(settled=False).exists()
