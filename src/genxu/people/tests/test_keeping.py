"""Correcting, moving away, merging, erasing: what is allowed, and that the people add up."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genxu.core import clock
from genxu.core.access import Permission
from genxu.core.errors import Conflict, Denied, Invalid, Refusal
from genxu.core.models import JournalEntry
from genxu.insight.counting import bring_up_to_date, count_on
from genxu.insight.models import Standing
from genxu.people import household_actions, rules, slip_actions
from genxu.people.models import Household, HouseholdLink, HouseholdNeed, ToldApart
from genxu.people.own_access import holder_of
from genxu.people.roles import Role
from tests.cast import FAR, HOME, NEIGHBOUR, OPERATOR, PARTS, VILLAGE, Cast, later

from .factories import enter_rows, household, living, merged, moved, population, row, with_code

KEEPERS_OF_HOME = {"secretary", "village_staff", "township_staff"}


def correct(cast: Cast, one: Household, **changes: Any) -> Household:
    values = {"head_name": one.head_name, "phone": one.phone, "head_count": one.head_count}
    return household_actions.correct_household(
        actor=cast.actor("secretary"), household=one, **values | changes
    )


# --- who may ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("permission", "target", "may"),
    [(rules.correct_household, "household", KEEPERS_OF_HOME),
     (rules.merge_households, "keep", KEEPERS_OF_HOME),
     (rules.undo_merge, "household", KEEPERS_OF_HOME),
     (rules.tell_apart, "household", KEEPERS_OF_HOME),
     (rules.move_away, "household", KEEPERS_OF_HOME),
     (rules.come_back, "household", KEEPERS_OF_HOME),
     (rules.erase_household, "household", KEEPERS_OF_HOME),
     (rules.renew_link, "household", KEEPERS_OF_HOME),
     (rules.issue_links, "hamlet", KEEPERS_OF_HOME),
     (rules.see_slips, "place", KEEPERS_OF_HOME),
     (rules.see_needs, "place", KEEPERS_OF_HOME),
     (rules.set_needs, "household", {"secretary", "village_staff"}),
     (rules.correct_own_record, "household", set()),
     (rules.ask_erasure, "household", set())],
    ids=lambda one: getattr(one, "name", ""),
)  # fmt: skip
def test_each_power_lies_with_the_keepers(
    cast: Cast, permission: Permission, target: str, may: set[str]
) -> None:
    thing = cast.home if target in ("hamlet", "place") else household()
    allowed = {p for p in cast.accounts if permission(cast.actor(p), **{target: thing})}
    assert allowed == may


ACTS: dict[str, Callable[[Any, Household], Any]] = {
    "correct": lambda actor, one: household_actions.correct_household(
        actor=actor, household=one, head_name="罗测新", phone="", head_count=2
    ),
    "move": lambda actor, one: household_actions.move_away(
        actor=actor, household=one, on=clock.today()
    ),
    "merge": lambda actor, one: household_actions.merge_households(
        actor=actor, keep=one, double=household(2)
    ),
    "apart": lambda actor, one: household_actions.tell_apart(
        actor=actor, household=one, other=household(2)
    ),
    "erase": lambda actor, one: household_actions.erase_household(actor=actor, household=one),
    "needs": lambda actor, one: household_actions.set_needs(
        actor=actor, household=one, kinds=["illness"], agreed=True
    ),
    "link": lambda actor, one: slip_actions.renew_link(actor=actor, household=one),
    "links": lambda actor, one: slip_actions.issue_links(actor=actor, hamlet=one.hamlet),
}


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize(
    "part", ["far_secretary", "county_staff", "city_staff", "centre_household", "auditor"]
)
def test_nobody_else_writes(cast: Cast, name: str, part: str) -> None:
    with pytest.raises(Denied):
        ACTS[name](cast.actor(part), household())


def test_slips_are_made_for_a_hamlet_only(cast: Cast) -> None:
    with pytest.raises(Denied):
        slip_actions.issue_links(actor=OPERATOR, hamlet=cast.hamlet(VILLAGE))


# --- correcting ---------------------------------------------------------------------------------


def test_correcting_changes_what_is_found_and_counted(cast: Cast) -> None:
    one = correct(
        cast, household(), head_name=" 周　小芳", phone="138 0000 0000", head_count=6, who="same"
    )
    assert (one.head_name, one.initials, one.phone, one.head_count, one.version) == (
        "周小芳", "zxf", "13800000000", 6, 2,
    )  # fmt: skip
    assert population() == living()


@pytest.mark.parametrize(
    ("field", "value"),
    [("head_name", " "), ("head_name", "长" * 41), ("phone", "12"), ("head_count", 0),
     ("head_count", 100)],
)  # fmt: skip
def test_what_is_wrong_is_named(cast: Cast, field: str, value: Any) -> None:
    with pytest.raises(Invalid) as refused:
        correct(cast, household(), **{field: value})
    assert set(refused.value.fields) == {field}


def test_two_at_once_are_told(cast: Cast) -> None:
    seen = household()
    correct(cast, household(), head_count=5)
    with pytest.raises(Conflict):
        household_actions.correct_household.once(
            None, seen.version, actor=cast.actor("secretary"), household=household(),
            head_name="罗测一", phone="", head_count=6,
        )  # fmt: skip
    assert household().head_count == 5


def test_the_journal_keeps_no_name(cast: Cast) -> None:
    correct(cast, household(), head_name="周小芳", phone="13800000000", who="same")
    entry = JournalEntry.objects.latest("pk")
    assert (entry.action, entry.place) == ("people.correct_household", HOME)
    assert entry.detail == {"who": "same"}


# --- moving away --------------------------------------------------------------------------------


def test_who_moved_away_is_not_counted_and_keeps_the_number(cast: Cast) -> None:
    one = moved(cast, 4)
    assert not one.lives_here
    assert population() == living() == 1 + 2 + 3
    enter_rows(row())
    assert household(5).head_name == "罗测五"
    household_actions.come_back(actor=cast.actor("secretary"), household=one)
    assert household(4).lives_here
    assert population() == living() == 1 + 2 + 3 + 4 + 3


def test_nobody_has_left_before_being_counted(cast: Cast) -> None:
    """The sum is never below nothing on any day."""
    one = correct(cast, household(4), head_count=9)
    moved(cast, 4, on=clock.today() - timedelta(days=300))
    people = 0
    for change in one.changes.order_by("day", "pk"):
        people += change.change
        assert people >= 0
    assert one.changes.latest("day", "pk").day == clock.today()
    assert household(4).left_on == clock.today() - timedelta(days=300)


@pytest.mark.parametrize("days", [1, 400, -40 * 366])
def test_the_day_must_make_sense(cast: Cast, days: int) -> None:
    with pytest.raises(Invalid) as refused:
        moved(cast, on=clock.today() + timedelta(days=days))
    assert set(refused.value.fields) == {"on"}


# --- merging ------------------------------------------------------------------------------------


def test_a_double_is_neither_listed_nor_counted_and_comes_back(cast: Cast) -> None:
    double = merged(cast, 1, 4)
    assert double.merged_into == household(1)
    assert population() == living() == 1 + 2 + 3
    household_actions.undo_merge(actor=cast.actor("secretary"), household=double)
    assert population() == living() == 1 + 2 + 3 + 4


def test_a_double_may_have_doubles_of_its_own(cast: Cast) -> None:
    merged(cast, 3, 4)
    merged(cast, 2, 3)
    assert population() == living() == 1 + 2
    household_actions.undo_merge(actor=cast.actor("secretary"), household=household(3))
    assert population() == living() == 1 + 2 + 3


def test_only_two_of_one_hamlet_merge(cast: Cast) -> None:
    actor = cast.actor("village_staff")
    for double in (household(1), household(1, NEIGHBOUR)):
        with pytest.raises(Invalid) as refused:
            household_actions.merge_households(actor=actor, keep=household(1), double=double)
        assert set(refused.value.fields) == {"double"}


@pytest.mark.parametrize("gone", [moved, lambda cast, number: merged(cast, 1, number)])
def test_who_is_gone_neither_merges_nor_is_corrected(cast: Cast, gone: Any) -> None:
    gone(cast, 4)
    with pytest.raises(Conflict):
        merged(cast, 2, 4)
    with pytest.raises(Conflict):
        merged(cast, 4, 2)
    with pytest.raises(Conflict):
        correct(cast, household(4), head_count=5)
    with pytest.raises(Conflict):
        moved(cast, 4)


def test_only_what_was_done_is_undone(cast: Cast) -> None:
    actor = cast.actor("secretary")
    with pytest.raises(Conflict):
        household_actions.come_back(actor=actor, household=household())
    with pytest.raises(Conflict):
        household_actions.undo_merge(actor=actor, household=household())


def test_told_apart_once(cast: Cast) -> None:
    actor = cast.actor("secretary")
    for one, other in ((1, 2), (2, 1)):
        household_actions.tell_apart(actor=actor, household=household(one), other=household(other))
    assert ToldApart.objects.count() == 1
    for other in (household(1), household(1, NEIGHBOUR)):
        with pytest.raises(Invalid):
            household_actions.tell_apart(actor=actor, household=household(1), other=other)


# --- erasing ------------------------------------------------------------------------------------


def test_erasing_leaves_the_count_only(cast: Cast) -> None:
    link = with_code(2)
    actor = cast.actor("secretary")
    household_actions.set_needs(actor=actor, household=household(2), kinds=["illness"], agreed=True)
    merged(cast, 2, 3)
    before = population()
    household_actions.erase_household(actor=actor, household=household(2))
    for number in (2, 3):
        one = household(number)
        assert (one.head_name, one.initials, one.phone) == ("", "", "")
        assert one.is_erased
    assert not HouseholdNeed.objects.exists()
    assert not HouseholdLink.objects.filter(pk=link.pk).exists()
    assert population() == before == living()


def test_what_is_erased_stays_erased(cast: Cast) -> None:
    actor = cast.actor("secretary")
    one = household_actions.erase_household(actor=actor, household=household(2))
    for act in ("erase", "correct", "needs", "link"):
        with pytest.raises(Conflict):
            ACTS[act](actor, one)
    slip_actions.issue_links(actor=actor, hamlet=cast.home)
    assert not HouseholdLink.objects.filter(household=one).exists()


def test_a_double_is_erased_with_the_one_that_was_kept(cast: Cast) -> None:
    double = merged(cast, 1, 2)
    with pytest.raises(Conflict):
        household_actions.erase_household(actor=cast.actor("secretary"), household=double)


# --- needs --------------------------------------------------------------------------------------


def test_needs_are_replaced_and_the_journal_does_not_say_which(cast: Cast) -> None:
    actor, one = cast.actor("village_staff"), household()
    household_actions.set_needs(
        actor=actor, household=one, kinds=["illness", "hardship"], agreed=True
    )
    household_actions.set_needs(
        actor=actor, household=one, kinds=["hardship", "disability"], agreed=True
    )
    kinds = one.needs.order_by("kind").values_list("kind", flat=True)
    assert list(kinds) == ["disability", "hardship"]
    assert JournalEntry.objects.latest("pk").detail == {}
    household_actions.set_needs(actor=actor, household=one, kinds=[], agreed=False)
    assert not one.needs.exists()


def test_needs_want_the_household_s_consent(cast: Cast) -> None:
    actor = cast.actor("secretary")
    with pytest.raises(Invalid) as refused:
        household_actions.set_needs(
            actor=actor, household=household(), kinds=["illness"], agreed=False
        )
    assert set(refused.value.fields) == {"agreed"}
    with pytest.raises(Invalid):
        household_actions.set_needs(
            actor=actor, household=household(), kinds=["debts"], agreed=True
        )


# --- the household itself -----------------------------------------------------------------------


def test_a_household_corrects_itself_and_nobody_else(cast: Cast) -> None:
    one, other = household(1), household(2)
    holder = holder_of(one)
    household_actions.correct_own_record(
        actor=holder, household=one, phone="13800000000", head_count=5
    )
    assert (household(1).phone, household(1).head_count) == ("13800000000", 5)
    household_actions.correct_own_record(actor=holder, household=one, phone="", head_count=4)
    assert household(1).phone == "13800000000"
    with pytest.raises(Denied):
        household_actions.correct_own_record(actor=holder, household=other, phone="", head_count=5)
    with pytest.raises(Denied):
        household_actions.ask_erasure(actor=holder, household=other)
    with pytest.raises(Denied):
        correct_as(holder, one)


def correct_as(actor: Any, one: Household) -> Household:
    return household_actions.correct_household(
        actor=actor, household=one, head_name="冒名", phone="", head_count=1
    )


def test_a_household_asks_to_be_erased_and_takes_it_back(cast: Cast) -> None:
    holder = holder_of(household())
    household_actions.ask_erasure(actor=holder, household=household())
    assert household().erasure_asked_on == clock.today()
    household_actions.ask_erasure(actor=holder, household=household(), wanted=False)
    assert household().erasure_asked_on is None


# --- the people add up --------------------------------------------------------------------------

NUMBERS = st.integers(1, 6)
TRIES = st.one_of(
    st.tuples(st.just("enter"), NUMBERS | st.none(), st.integers(1, 5)),
    st.tuples(st.just("correct"), NUMBERS, st.integers(1, 5)),
    st.tuples(st.just("merge"), NUMBERS, NUMBERS),
    st.tuples(st.just("undo"), NUMBERS, st.just(0)),
    st.tuples(st.just("move"), NUMBERS, st.integers(0, 500)),
    st.tuples(st.just("back"), NUMBERS, st.just(0)),
    st.tuples(st.just("erase"), NUMBERS, st.just(0)),
)


def attempt(cast: Cast, name: str, number: int | None, n: int) -> None:
    actor = cast.actor("secretary")
    if name == "enter":
        enter_rows(row(number, f"罗测{number}", head_count=n))
        return
    assert number is not None
    one = Household.objects.filter(hamlet=HOME, number=number).first()
    if one is None:
        return
    if name == "correct":
        correct(cast, one, head_count=n)
    elif name == "merge":
        double = Household.objects.filter(hamlet=HOME, number=n).first()
        if double:
            household_actions.merge_households(actor=actor, keep=one, double=double)
    elif name == "undo":
        household_actions.undo_merge(actor=actor, household=one)
    elif name == "move":
        household_actions.move_away(
            actor=actor, household=one, on=clock.today() - timedelta(days=n)
        )
    elif name == "back":
        household_actions.come_back(actor=actor, household=one)
    else:
        household_actions.erase_household(actor=actor, household=one)


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(walk=st.lists(TRIES, min_size=3, max_size=14))
def test_the_people_are_those_who_live_there(cast: Cast, walk: list[Any]) -> None:
    """After any sequence of acts, and the ready figure agrees with the one counted anew."""
    with transaction.atomic():
        for days, (name, number, n) in enumerate(walk):
            with later(days=days):
                try:
                    with transaction.atomic():
                        attempt(cast, name, number, n)
                except Refusal:
                    pass
                assert population() == living()
        with later(days=len(walk)):
            bring_up_to_date()
            ready = Standing.objects.filter(place=HOME, key="people.population")
            counted = count_on(HOME, clock.today())["people.population"]
            assert counted == living() == sum(ready.values_list("value", flat=True))
        transaction.set_rollback(True)


def test_the_parts_know_each_other(cast: Cast) -> None:
    """The sets above name parts of the cast that keep the register of HOME."""
    keepers = {Role.SECRETARY, Role.VILLAGE_STAFF, Role.TOWNSHIP_STAFF}
    own = {part for part, (_n, role, place) in PARTS.items()
           if role in keepers and HOME.startswith(place)}  # fmt: skip
    assert own == KEEPERS_OF_HOME
    assert not FAR.startswith(VILLAGE)
