"""Councils from a spreadsheet: what becomes of each row, and that the same file changes nothing."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genxu.core.errors import Denied, Invalid
from genxu.core.models import JournalEntry
from genxu.core.sheets.outcomes import Fate
from genxu.insight.counting import bring_up_to_date
from genxu.insight.queries import standing_of
from genxu.organisation.councils.models import Council, Group, Seat
from genxu.organisation.councils.queries import seats_of
from genxu.organisation.councils.seat_intake import SeatIntake
from tests.cast import CITY, FAR, HOME, NEIGHBOUR, TOWNSHIP, Cast

from .factories import FORMED, form, record, row

CHAIR = row("罗测春", duty="chair", groups=["deliberation"], leads="deliberation")
OTHERS = [row("罗测仁", groups=["health", "morals"], leads="health"), row("罗测义", duty="deputy")]
BOARD = [CHAIR, *OTHERS]


def fates(*rows: Any, **more: Any) -> list[str]:
    return [outcome.fate.value for outcome in SeatIntake.plan(rows, **more)]


def test_a_hamlet_without_a_council_gets_one(cast: Cast) -> None:
    assert fates(*BOARD) == ["new"] * 3
    record(cast, *BOARD, source="imports.import:7")
    council = Council.objects.get()
    assert (council.hamlet_id, council.formed_on) == (HOME, FORMED)
    assert [seat.name for seat in seats_of(council)] == ["罗测春", "罗测义", "罗测仁"]
    assert council.seats.get(name="罗测仁").groups == ["morals", "health"]
    entry = JournalEntry.objects.get(action="councils.record_councils")
    assert entry.detail["hamlets"] == [HOME]
    assert entry.detail["count"] == 3


def test_the_figures_follow(cast: Cast) -> None:
    record(cast, *BOARD, row("卢测枝", hamlet=FAR, duty="chair"))
    bring_up_to_date()
    assert standing_of(cast.hamlet(CITY))["organisation.councils"] == 2


def test_the_same_file_twice_changes_nothing(cast: Cast) -> None:
    record(cast, *BOARD)
    before = list(Seat.objects.values())
    assert fates(*BOARD) == ["same"] * 3
    record(cast, *BOARD)
    assert list(Seat.objects.values()) == before


def test_what_is_different_is_changed(cast: Cast) -> None:
    record(cast, *BOARD)
    changed = row("罗测仁", groups=["vices"])
    assert fates(changed) == ["changed"]
    record(cast, changed)
    assert Seat.objects.get(name="罗测仁").groups == ["vices"]
    assert Seat.objects.get(name="罗测仁").leads == ""


def test_two_change_places_in_one_file(cast: Cast) -> None:
    record(cast, *BOARD)
    swapped = [
        row("罗测春", groups=["health"], leads="health"),
        row("罗测仁", duty="chair", groups=["deliberation"], leads="deliberation"),
    ]
    assert fates(*swapped) == ["changed"] * 2
    record(cast, *swapped)
    assert Seat.objects.get(duty="chair").name == "罗测仁"
    assert Seat.objects.get(leads="health").name == "罗测春"


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no such hamlet": ({"hamlet": "421221104202777"}, "hamlet"),
    "a village": ({"hamlet": "421221104202"}, "hamlet"),
    "no name": ({"name": " "}, "name"),
    "no such duty": ({"duty": "king"}, "duty"),
    "no such group": ({"groups": ["x"]}, "groups"),
    "leads no such group": ({"leads": "x"}, "leads"),
    "formed tomorrow": ({"formed_on": FORMED.replace(year=2027)}, "formed_on"),
    "no council and no day": ({"hamlet": NEIGHBOUR, "formed_on": None}, "formed_on"),
    "no such household": ({"household_number": 99}, "household_number"),
    "a second chair": ({"duty": "chair"}, "duty"),
    "a second leader": ({"leads": "health"}, "leads"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_row_is_named_and_stops_the_batch(cast: Cast, kind: str) -> None:
    record(cast, *BOARD)
    changes, field = WRONG[kind]
    bad = row(**{"name": "罗测礼", **changes})
    fine = row("罗测信")
    good, found = SeatIntake.plan([fine, bad])
    assert good.fate == Fate.NEW
    assert set(found.problems) == {field}
    with pytest.raises(Invalid) as refused:
        record(cast, fine, bad)
    assert set(refused.value.fields) == {f"rows-1-{field}"}
    assert Seat.objects.count() == 3


def test_a_person_who_stands_twice_alike_is_one_and_unlike_is_refused(cast: Cast) -> None:
    assert fates(CHAIR, CHAIR) == ["new", "same"]
    record(cast, CHAIR, CHAIR)
    assert Seat.objects.count() == 1
    assert fates(row("罗测仁"), row("罗测仁", duty="deputy")) == ["new", "wrong"]


def test_of_two_chairs_in_a_file_each_is_told_of_the_other(cast: Cast) -> None:
    found = SeatIntake.plan([row("罗测春", duty="chair"), row("罗测仁", duty="chair")])
    assert [set(outcome.problems) for outcome in found] == [{"duty"}, {"duty"}]


def test_the_household_is_linked_by_its_number(cast: Cast) -> None:
    record(cast, row("罗测二", household_number=2))
    assert Seat.objects.get().household == cast.households()[1]
    record(cast, row("罗测二", groups=["health"]))
    assert Seat.objects.get().household == cast.households()[1]


def test_spaces_and_full_width_are_forgiven(cast: Cast) -> None:
    record(cast, row("罗测仁"))
    assert fates(row(" 罗测　仁 ")) == ["same"]


def test_another_day_of_forming_is_a_warning(cast: Cast) -> None:
    form(cast)
    (outcome,) = SeatIntake.plan([row("罗测信", formed_on=FORMED.replace(day=2))])
    assert outcome.fate == Fate.NEW
    assert set(outcome.warnings) == {"formed_on"}


def test_a_hamlet_of_another_township_is_refused_row_by_row(cast: Cast) -> None:
    place = cast.hamlet(TOWNSHIP)
    assert fates(CHAIR, row("卢测枝", hamlet=FAR), place=place) == ["new", "wrong"]
    with pytest.raises(Denied):
        record(cast, CHAIR, actor=cast.actor("far_township_staff"), place=place)
    record(cast, CHAIR, actor=cast.actor("township_staff"), place=place)


def test_rows_that_were_not_announced_are_refused(cast: Cast) -> None:
    with pytest.raises(Invalid):
        record(cast, CHAIR, count=2)
    with pytest.raises(Invalid):
        record(cast, CHAIR, hamlets=[FAR])


def test_more_rows_take_no_more_queries(cast: Cast) -> None:
    def count(rows: list[Any]) -> int:
        with CaptureQueriesContext(connection) as captured:
            SeatIntake.plan(rows)
        return len(captured)

    few = [row("罗测春"), row("罗测二", household_number=2)]
    many = [row(f"罗测{n}", household_number=2) for n in range(60)]
    assert count(many) == count(few) <= 4


NAMES = st.sampled_from(["甲", "乙", "丙"])
ROWS = st.builds(
    lambda name, duty, leads: row(name, duty=duty, leads=leads),
    NAMES, st.sampled_from(Seat.Duty.values), st.sampled_from(["", *Group.values[:2]]),
)  # fmt: skip


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(ROWS, min_size=1, max_size=5), st.lists(ROWS, min_size=1, max_size=5))
def test_what_is_planned_is_what_happens(cast: Cast, before: list[Any], rows: list[Any]) -> None:
    Council.objects.all().delete()
    for batch in (before, rows):
        planned = SeatIntake.plan(batch)
        good = all(outcome.fate != Fate.WRONG for outcome in planned)
        seated = Seat.objects.count()
        if good:
            record(cast, *batch)
            new = sum(outcome.fate == Fate.NEW for outcome in planned)
            assert Seat.objects.count() == seated + new
            assert {outcome.fate for outcome in SeatIntake.plan(batch)} == {Fate.SAME}
        else:
            with pytest.raises(Invalid):
                record(cast, *batch)
            assert Seat.objects.count() == seated
    assert Seat.objects.filter(duty="chair").count() <= 1
