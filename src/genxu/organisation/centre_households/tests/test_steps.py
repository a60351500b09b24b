"""From nomination to renewal: each step from each state, who may, what comes with it."""

from datetime import date
from typing import Any

import pytest

from genxu.core import clock
from genxu.core.errors import Conflict, Denied, Invalid
from genxu.organisation.centre_households import actions, rules
from genxu.organisation.centre_households.models import CentreHousehold, Duty
from genxu.organisation.centre_households.workflow import STEPS, State
from genxu.people.actions import revoke_role
from genxu.people.models import Account, Grant, Household
from genxu.people.roles import Role
from tests.cast import FAR, HOME, NOW, OPERATOR, Cast, later
from tests.doing import who_may

from .factories import (
    appointed,
    fresh,
    holder,
    in_state,
    nominated,
    recommended,
    selected,
    take,
    with_phone,
)

TODAY = NOW.date()


# --- who may ------------------------------------------------------------------------------------

CANDIDATE_STEPS = {
    rules.select_candidate: {"secretary"},
    rules.pass_over_candidate: {"secretary"},
    rules.withdraw_candidacy: set(),
    rules.send_back_candidate: {"township_staff"},
    rules.appoint_centre_household: {"township_staff"},
    rules.correct_centre_household: {"township_staff"},
    rules.renew_term: {"township_staff"},
    rules.end_service: {"township_staff"},
    rules.resign_service: set(),
    rules.set_consent: set(),
    rules.erase_centre_household: {"secretary", "village_staff", "township_staff"},
}


@pytest.mark.parametrize("permission", CANDIDATE_STEPS, ids=lambda p: p.name)
def test_who_may(permission: Any, cast: Cast) -> None:
    one = nominated(cast.households()[0])
    assert who_may(cast, permission, centre_household=one) == CANDIDATE_STEPS[permission]


def test_where_the_hamlet_has_no_secretary_the_village_acts_for_the_branch(cast: Cast) -> None:
    revoke_role(actor=OPERATOR, account=cast.secretary, role=Role.SECRETARY, place=cast.home)
    one = nominated(cast.households()[0])
    for permission in (rules.select_candidate, rules.pass_over_candidate):
        assert who_may(cast, permission, centre_household=one) - OF_OLD == {"village_staff"}
    household = cast.households()[1]
    for permission in (rules.nominate_household, rules.recommend_candidate):
        assert who_may(cast, permission, household=household) - OF_OLD == {"village_staff"}


OF_OLD = {"secretary"}
"""The cast remembers its grants."""


def test_a_closed_account_is_no_secretary(cast: Cast) -> None:
    Account.objects.filter(pk=cast.secretary.pk).update(is_active=False)
    one = nominated(cast.households()[0])
    assert "village_staff" in who_may(cast, rules.select_candidate, centre_household=one)


@pytest.mark.parametrize("step", ["withdraw_candidacy", "resign_service", "set_consent"])
def test_what_only_the_household_itself_may(step: str, cast: Cast) -> None:
    mine, other, _third, _fourth = cast.households()
    one = nominated(mine)
    permission = getattr(rules, step)
    assert permission(holder(mine), centre_household=one)
    assert not permission(holder(other), centre_household=one)
    assert not permission(holder(cast.households(FAR)[0]), centre_household=one)


def test_its_own_account_may_what_its_link_may_and_another_may_not(cast: Cast) -> None:
    phone = cast.centre_household.phone
    one = appointed(cast, with_phone(cast.households()[0], phone))
    assert one.account == cast.centre_household
    for permission in (rules.resign_service, rules.set_consent):
        assert who_may(cast, permission, centre_household=one) == {"centre_household"}


def test_a_link_speaks_for_its_own_household_only(cast: Cast) -> None:
    mine, other, _third, _fourth = cast.households()
    with pytest.raises(Denied):
        actions.nominate_household(actor=holder(mine), household=other, person_name="罗测二")
    with pytest.raises(Denied):
        actions.recommend_candidate(
            actor=holder(mine), household=other, candidate=nominated(cast.households()[2])
        )


def test_what_the_branch_wrote_down_for_a_household_it_may_take_back(cast: Cast) -> None:
    mine = cast.households()[0]
    secretary = cast.actor("secretary")
    one = actions.nominate_household(actor=secretary, household=mine, person_name="罗测一")
    assert not one.by_self
    one = actions.withdraw_candidacy(actor=secretary, centre_household=one)
    assert one.state == State.WITHDRAWN
    again = nominated(mine)
    with pytest.raises(Denied):
        actions.withdraw_candidacy(actor=secretary, centre_household=again)


# --- from which state ---------------------------------------------------------------------------


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("step", STEPS)
def test_each_step_from_each_state(step: str, state: str, cast: Cast) -> None:
    one = in_state(cast, state, cast.households()[0])
    with later(days=3 * 365 - 10):  # a term can be renewed only near its end
        if state not in STEPS[step].sources:
            with pytest.raises(Conflict):
                take(cast, step, one)
            assert fresh(one).state == state
            return
        done = take(cast, step, one)
    assert fresh(one).state == done.state == (STEPS[step].target or state)
    last = one.steps.latest("pk")
    assert (last.step, last.from_state, last.to_state) == (step, state, done.state)


def test_two_who_decide_at_once_are_told(cast: Cast) -> None:
    one = nominated(cast.households()[0])
    version = one.version
    take(cast, "select", one)
    with pytest.raises(Conflict):  # from its state it could be passed over
        actions.pass_over_candidate.once(
            None, version, actor=cast.actor("secretary"), centre_household=one, words="不"
        )


# --- standing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.NOMINATED, State.SELECTED, State.APPOINTED])
def test_one_candidacy_or_service_a_household(state: str, cast: Cast) -> None:
    mine = cast.households()[0]
    in_state(cast, state, mine)
    with pytest.raises(Conflict):
        nominated(mine)


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.NOT_CHOSEN, State.LEFT])
def test_who_is_free_may_stand_again(state: str, cast: Cast) -> None:
    mine = cast.households()[0]
    in_state(cast, state, mine)
    assert nominated(mine).state == State.NOMINATED


def test_what_its_double_is_counts_for_the_kept_household(cast: Cast) -> None:
    mine, double, other, _fourth = cast.households()
    one = nominated(double)
    Household.objects.filter(pk=double.pk).update(merged_into=mine)
    with pytest.raises(Conflict):
        nominated(mine)
    with pytest.raises(Conflict):
        recommended(mine, one)
    recommended(other, one)
    take(cast, "select", fresh(one))
    assert take(cast, "appoint", fresh(one)).is_serving, "the kept household lives here"
    assert rules.set_consent(holder(mine), centre_household=fresh(one))


def test_a_household_that_moved_away_neither_stands_nor_recommends(cast: Cast) -> None:
    mine, other, _third, _fourth = cast.households()
    candidate = nominated(other)
    Household.objects.filter(pk=mine.pk).update(left_on=TODAY)
    with pytest.raises(Conflict):
        nominated(mine)
    with pytest.raises(Conflict):
        recommended(mine, candidate)


def test_a_candidate_that_moved_away_is_neither_selected_nor_appointed(cast: Cast) -> None:
    mine, other, _third, _fourth = cast.households()
    one, two = nominated(mine), selected(cast, other)
    Household.objects.filter(pk__in=[mine.pk, other.pk]).update(left_on=TODAY)
    with pytest.raises(Conflict):
        take(cast, "select", one)
    with pytest.raises(Conflict):
        take(cast, "appoint", two)


def test_any_adult_of_the_household_with_some_duties(cast: Cast) -> None:
    one = nominated(cast.households()[0], name=" 罗测丽 ", duties=["errands", "policy"])
    assert one.person_name == "罗测丽"
    assert one.duties == ["policy", "errands"], "in the order of the list"
    assert nominated(cast.households()[1]).duties == Duty.values, "none named: all of them"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("person_name", {"name": "  "}),
        ("person_name", {"name": "长" * 41}),
        ("statement", {"statement": "字" * 201}),
        ("duties", {"duties": ["singing"]}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(field: str, values: Any, cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        nominated(cast.households()[0], **values)
    assert list(refused.value.fields) == [field]
    assert not CentreHousehold.objects.exists()


def test_consent_is_the_persons_own(cast: Cast) -> None:
    mine, other, _third, _fourth = cast.households()
    assert nominated(mine, shown=True, phone_shown=True).shown
    written_down = actions.nominate_household(
        actor=cast.actor("secretary"), household=other, person_name="罗测二", shown=True,
        phone_shown=True,
    )  # fmt: skip
    assert not written_down.shown
    assert not written_down.phone_shown


def test_consent_can_be_given_later_and_taken_back_at_any_time(cast: Cast) -> None:
    mine = cast.households()[0]
    one = appointed(cast, mine)
    for shown in (True, False):
        actions.set_consent(
            actor=holder(mine), centre_household=one, shown=shown, phone_shown=not shown
        )
        assert (fresh(one).shown, fresh(one).phone_shown) == (shown, not shown)


# --- appointing ---------------------------------------------------------------------------------


def test_an_appointment_brings_number_term_account_and_role(cast: Cast) -> None:
    one = appointed(cast, with_phone(cast.households()[0]))
    assert one.certificate == "42122110420260001"
    assert (one.appointed_on, one.term_ends_on) == (TODAY, date(2029, 5, 13))
    account = Account.objects.get(phone="13800000001")
    assert (one.account, account.name) == (account, "罗测兰")
    assert not account.has_usable_password()
    assert Grant.objects.filter(
        account=account, role=Role.CENTRE_HOUSEHOLD, place=HOME
    ).count() == 1  # fmt: skip


def test_without_a_phone_there_is_no_account_and_it_can_come_later(cast: Cast) -> None:
    mine = cast.households()[0]
    one = appointed(cast, mine)
    assert one.account is None
    with_phone(mine)
    corrected = take(cast, "correct", one)
    assert corrected.account is not None
    assert (corrected.person_name, corrected.duties) == ("罗测梅", ["policy"])
    assert corrected.account.actor().holds([Role.CENTRE_HOUSEHOLD], HOME)


def test_a_term_of_the_leap_day_ends_on_the_28th(cast: Cast) -> None:
    with clock.at(NOW.replace(year=2028, month=2, day=29)):
        one = appointed(cast, cast.households()[0])
    assert one.term_ends_on == date(2031, 2, 28)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("years", {"years": 0}),
        ("years", {"years": 11}),
        ("appointed_on", {"appointed_on": date(2026, 5, 14)}),
        ("appointed_on", {"appointed_on": date(1999, 12, 31)}),
    ],
)
def test_a_term_that_makes_no_sense(field: str, values: Any, cast: Cast) -> None:
    one = selected(cast, cast.households()[0])
    with pytest.raises(Invalid) as refused:
        actions.appoint_centre_household(
            actor=cast.actor("township_staff"), centre_household=one, **values
        )
    assert list(refused.value.fields) == [field]
    assert fresh(one).certificate == ""


def test_a_term_is_renewed_near_its_end_and_goes_on_behind_it(cast: Cast) -> None:
    one = appointed(cast, cast.households()[0])
    with later(days=3 * 365 - 91), pytest.raises(Conflict):
        take(cast, "renew", one)
    with later(days=3 * 365 - 89):
        renewed = take(cast, "renew", one)
    assert (renewed.term_ends_on, renewed.certificate) == (date(2032, 5, 13), one.certificate)


def test_a_term_long_over_is_renewed_from_today(cast: Cast) -> None:
    one = appointed(cast, cast.households()[0])
    with later(days=7 * 365):
        renewed = take(cast, "renew", one)
        assert renewed.term_ends_on == clock.today().replace(year=clock.today().year + 3)
