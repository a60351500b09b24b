"""Entering households: what is planned happens, the same rows twice change nothing."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genxu.core import clock
from genxu.core.errors import Denied, Invalid
from genxu.core.models import JournalEntry
from genxu.core.sheets.outcomes import Fate
from genxu.people import household_actions
from genxu.people.household_intake import HouseholdIntake
from genxu.people.models import HeadCountChange, Household
from genxu.people.rows import HouseholdRow
from tests.cast import FAR, HOME, NEIGHBOUR, TOWNSHIP, VILLAGE, Cast

from .factories import enter_rows, household, living, merged, moved, population, row

Facts = list[tuple[Any, ...]]


def facts() -> Facts:
    """All that the register knows."""
    fields = ("hamlet_id", "number", "head_name", "initials", "phone", "head_count", "version")
    return list(Household.objects.order_by("hamlet", "number").values_list(*fields))


def fates(*rows: HouseholdRow) -> list[Fate]:
    return [outcome.fate for outcome in HouseholdIntake.plan(rows)]


# --- what is a known household ------------------------------------------------------------------


def test_without_a_number_it_gets_the_next_one(cast: Cast) -> None:
    enter_rows(row(), row(head_name="𠮷测六"))
    assert (household(5).head_name, household(6).head_name) == ("罗测五", "𠮷测六")
    assert household(6).initials == "jcl"


def test_the_next_number_lies_behind_those_that_the_rows_name(cast: Cast) -> None:
    enter_rows(row(), row(9, "罗测九"), row(head_name="罗测六"))
    numbers = dict(Household.objects.filter(hamlet=HOME).values_list("head_name", "number"))
    assert (numbers["罗测九"], numbers["罗测五"], numbers["罗测六"]) == (9, 10, 11)


def test_a_number_is_never_given_again(cast: Cast) -> None:
    moved(cast, 4)
    merged(cast, 1, 3)
    enter_rows(row())
    assert household(5).head_name == "罗测五"


@pytest.mark.parametrize(
    ("one", "fate"),
    [
        (row(1, "罗测一", head_count=1), Fate.SAME),
        (row(1, "罗测一", head_count=2), Fate.CHANGED),
        (row(1, "罗测一", head_count=1, phone="13800000000"), Fate.CHANGED),
        (row(None, "罗测一", head_count=1), Fate.SAME),
        (row(None, "罗测一", head_count=2), Fate.CHANGED),
        (row(None, "罗测一", head_count=1, phone="13800000000"), Fate.NEW),
        (row(7, "罗测一", head_count=1), Fate.NEW),
        (row(None, "罗测一", head_count=1, hamlet=NEIGHBOUR), Fate.NEW),
        (row(1, "　罗 测\t一 ", head_count=1), Fate.SAME),
    ],
)
def test_what_becomes_of_a_row(cast: Cast, one: HouseholdRow, fate: Fate) -> None:
    assert fates(one) == [fate]
    before = facts()
    enter_rows(one)
    assert (facts() == before) == (fate is Fate.SAME)
    assert population(one.hamlet) == living(one.hamlet)


def test_the_same_name_under_another_number_is_asked_about(cast: Cast) -> None:
    (outcome,) = HouseholdIntake.plan([row(7, "罗测一")])
    assert "1" in str(outcome.warnings["head_name"])


def test_without_a_phone_the_known_one_stays(cast: Cast) -> None:
    enter_rows(row(1, "罗测一", phone="13800000000", head_count=1))
    assert fates(row(1, "罗测一", head_count=1)) == [Fate.SAME]
    enter_rows(row(1, "罗测一", head_count=5))
    assert household(1).phone == "13800000000"


def test_full_width_and_spread_out_writing_is_the_same(cast: Cast) -> None:
    enter_rows(row(None, "罗 测　五", phone="１３８-0000 0000"))
    assert household(5).phone == "13800000000"
    assert fates(row(None, "罗测五", phone="+86 138 0000 0000")) == [Fate.SAME]


def test_latin_names_keep_their_spaces(cast: Cast) -> None:
    enter_rows(row(None, " John  Li "))
    assert household(5).head_name == "John Li"
    assert household(5).initials == "johnli"


def test_a_surname_is_read_as_a_surname(cast: Cast) -> None:
    enter_rows(row(None, "曾单仇"), row(None, "买买提·阿不都"))
    assert household(5).initials == "zdc"
    assert household(6).initials == "mmtabd"


# --- what is wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [("head_name", ""), ("head_name", "　"), ("head_name", "长" * 41), ("head_name", "罗\x00测"),
     ("phone", "12"), ("phone", "0715-8880000"), ("head_count", 0), ("head_count", -1),
     ("head_count", 100), ("number", 0), ("number", 10_000), ("number", -3),
     ("hamlet", VILLAGE), ("hamlet", "421221104202999"), ("hamlet", "")],
)  # fmt: skip
def test_what_is_wrong_is_named_at_its_field(cast: Cast, field: str, value: Any) -> None:
    one = row()._replace(**{field: value})
    (outcome,) = HouseholdIntake.plan([one])
    assert outcome.fate is Fate.WRONG
    assert set(outcome.problems) == {field}
    with pytest.raises(Invalid) as refused:
        enter_rows(one)
    assert set(refused.value.fields) == {field}


def test_of_many_rows_the_wrong_one_is_named_and_none_is_written(cast: Cast) -> None:
    before = facts()
    with pytest.raises(Invalid) as refused:
        enter_rows(row(), row(head_name=""), row(head_name="罗测六"))
    assert set(refused.value.fields) == {"rows-1-head_name"}
    assert facts() == before


def test_a_row_of_another_place_is_wrong(cast: Cast) -> None:
    rows = [row(), row(hamlet=FAR)]
    fates = [o.fate for o in HouseholdIntake.plan(rows, cast.hamlet(TOWNSHIP))]
    assert fates == [Fate.NEW, Fate.WRONG]
    with pytest.raises(Invalid):
        enter_rows(*rows, place=TOWNSHIP)
    enter_rows(*rows, place="4212")


@pytest.mark.parametrize(
    ("part", "place", "may"),
    [("secretary", HOME, True), ("village_staff", VILLAGE, True),
     ("township_staff", TOWNSHIP, True), ("secretary", VILLAGE, False),
     ("far_secretary", HOME, False), ("county_staff", HOME, False), ("city_staff", HOME, False),
     ("centre_household", HOME, False), ("auditor", HOME, False), ("without_role", HOME, False)],
)  # fmt: skip
def test_those_who_keep_the_register_enter(cast: Cast, part: str, place: str, may: bool) -> None:
    if may:
        enter_rows(row(), actor=cast.actor(part), place=place)
        assert household(5).head_name == "罗测五"
    else:
        with pytest.raises(Denied):
            enter_rows(row(), actor=cast.actor(part), place=place)


def test_what_the_journal_notes_must_be_true(cast: Cast) -> None:
    for changes in ({"count": 2}, {"hamlets": [NEIGHBOUR]}, {"hamlets": []}):
        with pytest.raises(Invalid):
            enter_rows(row(), **changes)


def test_the_journal_names_the_hamlets_and_no_person(cast: Cast) -> None:
    enter_rows(row(), row(hamlet=NEIGHBOUR), source="imports.import:7")
    entry = JournalEntry.objects.latest("pk")
    assert entry.action == "people.register_households"
    assert entry.detail == {"count": 2, "hamlets": [HOME, NEIGHBOUR], "source": "imports.import:7"}


# --- twice in one batch -------------------------------------------------------------------------


def test_twice_alike_is_entered_once(cast: Cast) -> None:
    assert fates(row(), row()) == [Fate.NEW, Fate.SAME]
    assert fates(row(8), row(8)) == [Fate.NEW, Fate.SAME]
    enter_rows(row(), row(), row(9, "罗测九"), row(9, "罗测九"))
    assert Household.objects.filter(hamlet=HOME).count() == 6


@pytest.mark.parametrize("number", [None, 1, 8])
def test_twice_and_not_alike_is_wrong(cast: Cast, number: int | None) -> None:
    first, second = row(number, "罗测一", head_count=1), row(number, "罗测一", head_count=2)
    assert fates(first, second)[1] is Fate.WRONG
    assert fates(second, first)[1] is Fate.WRONG


# --- households that are gone -------------------------------------------------------------------


def test_who_moved_away_or_is_a_double_stays_so(cast: Cast) -> None:
    moved(cast, 4)
    merged(cast, 1, 3)
    before = facts()
    same = [row(4, "罗测四", head_count=4), row(3, "罗测三", head_count=3)]
    assert fates(*same) == [Fate.SAME, Fate.SAME]
    enter_rows(*same)
    assert facts() == before
    for one in same:
        (outcome,) = HouseholdIntake.plan([one._replace(head_count=7)])
        assert outcome.fate is Fate.WRONG
        assert set(outcome.problems) == {"number"}


def test_an_erased_name_does_not_come_back_with_a_spreadsheet(cast: Cast) -> None:
    household_actions.erase_household(actor=cast.actor("secretary"), household=household(2))
    enter_rows(row(2, "罗测二", phone="13800000000", head_count=2))
    assert (household(2).head_name, household(2).phone) == ("", "")


# --- many ---------------------------------------------------------------------------------------


def counted(rows: list[HouseholdRow]) -> int:
    with CaptureQueriesContext(connection) as queries:
        enter_rows(*rows)
    return len(queries)


def test_the_queries_do_not_grow_with_the_rows(cast: Cast) -> None:
    def some(start: int, n: int) -> list[HouseholdRow]:
        return [row(start + i, f"罗测{chr(0x4E00 + i)}", head_count=1 + i % 9) for i in range(n)]

    few, many = some(100, 3), some(200, 300)
    assert counted(few) == counted(many)
    changed = [[r._replace(head_count=50) for r in rows] for rows in (few, many)]
    assert counted(changed[0]) == counted(changed[1])


def test_a_change_of_the_count_is_dated(cast: Cast) -> None:
    enter_rows(row(1, "罗测一", head_count=4))
    last = HeadCountChange.objects.filter(household=household(1)).latest("pk")
    assert (last.change, last.day, last.hamlet_id) == (3, clock.today(), HOME)
    assert household(1).version == 2


NAMES = st.sampled_from(["罗测一"] * 3 + ["罗测五"] * 3 + ["罗测二", ""])
ROWS = st.builds(
    HouseholdRow,
    hamlet=st.sampled_from([HOME] * 6 + [NEIGHBOUR, "421221104202999"]),
    number=st.none() | st.integers(0, 7),
    head_name=NAMES,
    phone=st.sampled_from(["", "", "13800000000"]),
    head_count=st.sampled_from([1, 1, 2, 3, 0]),
)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(batches=st.lists(st.lists(ROWS, max_size=6), max_size=4))
def test_plan_and_action_agree(cast: Cast, batches: list[list[HouseholdRow]]) -> None:
    """Whatever comes: what was planned happens, a second time nothing does, the people are those
    who live there."""
    with transaction.atomic():
        for rows in batches:
            outcomes = zip(rows, HouseholdIntake.plan(rows), strict=True)
            sound = [one for one, outcome in outcomes if outcome.fate is not Fate.WRONG]
            before = facts()
            if len(sound) < len(rows):
                with pytest.raises(Invalid):
                    enter_rows(*rows)
                assert facts() == before
            _enter_as_planned(sound, before)
        transaction.set_rollback(True)


def _enter_as_planned(rows: list[HouseholdRow], before: Facts) -> None:
    planned = fates(*rows)
    assert Fate.WRONG not in planned, "a wrong row left out makes no other one wrong"
    enter_rows(*rows)
    after = facts()
    assert len(after) == len(before) + planned.count(Fate.NEW)
    assert len(set(before) & set(after)) == len(before) - planned.count(Fate.CHANGED)
    assert set(fates(*rows)) <= {Fate.SAME}
    enter_rows(*rows)
    assert facts() == after
    for hamlet in (HOME, NEIGHBOUR):
        assert population(hamlet) == living(hamlet)
