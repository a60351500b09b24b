"""Contracts out of a spreadsheet: what becomes of each row; two who come together follow."""

from datetime import date
from functools import partial
from typing import Any

import pytest

from genxu.core.sheets.values import Unreadable
from genxu.core.tests.following import follow
from genxu.places.contracts.contract_intake import ContractIntake, record_contracts
from genxu.places.contracts.models import Contract
from genxu.places.contracts.rows import ContractRow, mu_cell, steps_cell, steps_said
from genxu.places.contracts.workflow import State
from genxu.places.ledger.tests.factories import opened
from genxu.regions.batches import hamlets_of
from tests.cast import FAR, Cast

from .examples import row
from .factories import FIRST_DUE, YEARLY, paid, signed


def take(cast: Cast, *rows: ContractRow) -> Any:
    return record_contracts(
        actor=cast.actor("bookkeeper"), place=cast.home, rows=rows, count=len(rows),
        hamlets=hamlets_of(rows),
    )  # fmt: skip


def fates(cast: Cast, *rows: ContractRow) -> list[str]:
    return [str(one.fate) for one in ContractIntake.plan(rows, cast.home)]


def test_each_row_has_its_fate(cast: Cast) -> None:
    number = cast.households()[0].number
    land = row(way="land_for_shares", object="老屋后坡地", other="", company=False, steps=(),
               first_due=None, household_number=number)  # fmt: skip
    rows = [
        row(), row(), row(area=9_00), land, row(object="又一块", household_number=999),
        row(hamlet=FAR), row(object="坏的", until=date(2020, 1, 1)), row(object="坏", steps=()),
    ]  # fmt: skip
    found = fates(cast, *rows)
    assert found == ["new", "same", "wrong", "new", "wrong", "wrong", "wrong", "wrong"]
    take(cast, rows[0], land)
    assert fates(cast, rows[0], land, row(area=9_00)) == ["same", "same", "wrong"]
    one, other = Contract.objects.order_by("pk")
    assert (one.state, one.next_due, one.next_owed) == (State.SIGNED, FIRST_DUE, YEARLY)
    assert (other.household, other.other, other.is_person) == (cast.households()[0], "", True)
    assert [taken.step for taken in one.history()] == ["enter"]
    assert paid(cast, one).schedule[0].owed == 0


@pytest.mark.parametrize(
    ("cell", "steps"),
    [
        (12000.0, ((1, 12_000_00),)),
        ("1.2万", ((1, 12_000_00),)),
        ("第1年起10000；第4年起12000.50", ((1, 10_000_00), (4, 12_000_50))),
        ("１年起１００；3年起200", ((1, 100_00), (3, 200_00))),
        ("", ()),
    ],
)
def test_steps_of_rent_are_read_as_they_are_written(cell: Any, steps: Any) -> None:
    assert steps_cell(cell) == steps
    if steps:
        assert steps_cell(steps_said(steps)) == steps


@pytest.mark.parametrize("cell", ["很多", "0.005", "10000；12000", "-5"])
def test_what_is_no_rent_is_said(cell: str) -> None:
    with pytest.raises(Unreadable):
        steps_cell(cell)


def test_mu_are_read_as_they_are_written(cast: Cast) -> None:
    cells = [12.5, "12.5亩", "1,500", "１２", "", 3.0]
    assert [mu_cell(one) for one in cells] == [12_50, 12_50, 1_500_00, 12_00, None, 3_00]
    for wrong in ("很大", "1.234", "-3"):
        with pytest.raises(Unreadable):
            mu_cell(wrong)


@pytest.mark.django_db(transaction=True)
def test_two_who_enter_the_same_follow_each_other(cast: Cast) -> None:
    follow(partial(take, cast, row()), partial(take, cast, row()))
    assert Contract.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_rents_of_one_contract_follow_each_other(cast: Cast) -> None:
    contract = signed(cast)
    opened(cast)
    follow(partial(paid, cast, contract, 2_000_00), partial(paid, cast, contract, 4_000_00))
    assert Contract.objects.get().schedule[0].owed == 0
    assert Contract.objects.get().next_owed == YEARLY
