"""The bank's list: each row pays the household that it names, and no other sum."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from genxu.core import clock
from genxu.core.errors import Invalid
from genxu.places.distributions.models import Distribution
from genxu.places.distributions.payment_intake import PaidRow, PaymentIntake, record_payments
from genxu.places.distributions.workflow import State
from genxu.places.ledger.models import Entry
from tests.cast import HOME, NEIGHBOUR, NOW, Cast, later

from . import factories

TODAY = NOW.date()


def taken(cast: Cast, rows: Sequence[PaidRow]) -> None:
    hamlets = {row.hamlet for row in rows}
    record_payments(
        actor=cast.actor("bookkeeper"), place=cast.home, rows=rows, count=len(rows),
        hamlets=sorted(hamlets),
    )  # fmt: skip


def rows_of(one: Distribution) -> list[PaidRow]:
    return [PaidRow(HOME, row.household.number, row.sum, TODAY) for row in factories.portions(one)]


def test_a_list_pays_each_household_by_an_entry_of_its_own(cast: Cast) -> None:
    one = factories.booked(cast)
    before = Entry.objects.count()
    taken(cast, rows_of(one))
    one.refresh_from_db()
    assert one.state == State.DONE
    assert {portion.way for portion in factories.portions(one)} == {"bank"}
    assert Entry.objects.count() == before + 4


def test_the_same_list_once_more_pays_nothing(cast: Cast) -> None:
    one = factories.booked(cast)
    rows = rows_of(one)
    taken(cast, rows[:2])
    before = Entry.objects.count()
    assert {str(outcome.fate) for outcome in PaymentIntake.plan(rows[:2])} == {"same"}
    taken(cast, rows[:2])
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("field", "row"),
    [
        ("sum", PaidRow(HOME, 1, 7, TODAY)),
        ("number", PaidRow(HOME, 99, 7, TODAY)),
        ("number", PaidRow(NEIGHBOUR, 1, 7, TODAY)),
        ("day", PaidRow(HOME, 1, 7, date(2026, 5, 14))),
        ("number", PaidRow(HOME, 1, 7, TODAY, year=2019)),
    ],
)
def test_a_row_that_is_not_the_plan_s_is_refused(cast: Cast, field: str, row: PaidRow) -> None:
    factories.booked(cast)
    (outcome,) = PaymentIntake.plan([row])
    assert set(outcome.problems) == {field}


def test_a_list_is_taken_whole_or_not_at_all(cast: Cast) -> None:
    one = factories.booked(cast)
    rows = [*rows_of(one)[:2], PaidRow(HOME, 3, 1, TODAY)]
    with pytest.raises(Invalid):
        taken(cast, rows)
    assert not any(portion.is_paid for portion in factories.portions(one))


def test_a_day_before_it_was_booked_is_told(cast: Cast) -> None:
    one = factories.booked(cast)
    early = PaidRow(HOME, 1, factories.portions(one)[0].sum, date(2026, 5, 1))
    (outcome,) = PaymentIntake.plan([early])
    assert set(outcome.problems) == {"day"}
    assert clock.today() == TODAY


def test_a_list_that_is_dated_anew_does_not_pay_the_next_year_s_part(cast: Cast) -> None:
    factories.kept_book(cast, year=2024)
    first = factories.booked(cast, year=2024, as_of=date(2024, 12, 31))
    factories.kept_book(cast)
    rows = rows_of(first)
    taken(cast, rows)
    with later(days=20):
        second = factories.booked(cast)
        assert [row.sum for row in rows_of(second)] == [row.sum for row in rows]
        again = [replace(row, day=clock.today()) for row in rows]
        assert {tuple(one.problems) for one in PaymentIntake.plan(again)} == {("year",)}
        with pytest.raises(Invalid):
            taken(cast, again)
        assert not any(portion.is_paid for portion in factories.portions(second))
        taken(cast, [replace(row, year=second.year) for row in again])
        assert all(portion.is_paid for portion in factories.portions(second))


def test_where_two_years_owe_the_same_sum_the_row_says_of_which(cast: Cast) -> None:
    factories.kept_book(cast, year=2024)
    rows = rows_of(factories.booked(cast, year=2024, as_of=date(2024, 12, 31)))
    factories.kept_book(cast)
    with later(days=20):
        factories.booked(cast)
        rows = [replace(row, day=clock.today()) for row in rows]
        assert {tuple(one.problems) for one in PaymentIntake.plan(rows)} == {("year",)}
        dated = [replace(row, year=2025) for row in rows]
        assert {str(one.fate) for one in PaymentIntake.plan(dated)} == {"new"}
