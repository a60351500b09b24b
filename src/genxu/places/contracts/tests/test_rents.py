"""Rents: in the books at once, a part stays owed, too much is said, taken back it is owed again."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genxu.core.calendar import years_on
from genxu.core.errors import Conflict, Invalid
from genxu.places.contracts import rent_actions
from genxu.places.contracts.models import Contract
from genxu.places.contracts.notices import notices
from genxu.places.contracts.schedule import dues, first_owed, wrong_steps, yearly_in
from genxu.places.ledger import chart, queries
from genxu.places.ledger.actions import reverse_entry
from genxu.places.ledger.models import Entry
from genxu.places.ledger.tests.factories import came_in, opened
from tests.cast import Cast, Enter, later
from tests.doing import page_text

from .factories import FIRST_DUE, YEARLY, land, paid, signed, taken_back

DAY = date(2026, 5, 13)


def test_a_rent_stands_in_the_books_of_the_collective(cast: Cast) -> None:
    contract = paid(cast, signed(cast), 2_000_00)
    book = opened(cast)
    assert queries.balances(book, DAY) == {chart.BANK: 2_000_00, chart.OPERATING: 2_000_00}
    entry = Entry.objects.get()
    assert entry.origin == f"contracts.contract:{contract.pk}"
    assert (entry.who, entry.is_person) == ("红土果业公司", False)


def test_a_part_stays_owed_and_the_next_year_follows(cast: Cast) -> None:
    contract = signed(cast)
    assert (contract.next_due, contract.next_owed) == (FIRST_DUE, YEARLY)
    contract = paid(cast, contract, 2_000_00)
    assert (contract.next_due, contract.next_owed) == (FIRST_DUE, YEARLY - 2_000_00)
    contract = paid(cast, contract, YEARLY - 2_000_00)
    assert (contract.next_due, contract.next_owed) == (years_on(FIRST_DUE, 1), YEARLY)


def test_what_is_paid_beyond_is_said(cast: Cast, enter: Enter) -> None:
    contract = signed(cast)
    opened(cast)
    sent = {"version": contract.version, "year": "1", "amount": "6,000.50", "day": "2026-05-13",
            "account": "101"}  # fmt: skip
    answer = enter("bookkeeper").post(f"/contracts/{contract.pk}/note-rent/", sent, follow=True)
    assert "0.50" in page_text(answer)
    assert contract.schedule[0].over == 50


def test_a_rent_is_said_to_be_owed_from_its_day_on(cast: Cast, enter: Enter) -> None:
    page = page_text(enter("bookkeeper").get(f"/contracts/{signed(cast).pk}/"))
    assert (page.count("还欠6,000.00元"), page.count("还没到日子")) == (1, 2)


def test_taken_back_it_is_owed_again_and_the_books_say_why(cast: Cast) -> None:
    contract = taken_back(cast, paid(cast, signed(cast)))
    assert (contract.next_due, contract.next_owed) == (FIRST_DUE, YEARLY)
    assert not any(queries.balances(opened(cast), DAY).values())
    assert Entry.objects.get(kind=Entry.Kind.REVERSAL).reason == "记到别人头上了"
    with pytest.raises(Invalid):
        taken_back(cast, contract)


def test_in_the_books_alone_it_is_not_taken_back(cast: Cast) -> None:
    paid(cast, signed(cast))
    with pytest.raises(Conflict):
        reverse_entry(
            actor=cast.actor("bookkeeper"), entry=Entry.objects.get(), reason="错了", day=DAY
        )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount": 0}, "amount"),
        ({"amount": -5}, "amount"),
        ({"year": 4}, "year"),
        ({"year": 0}, "year"),
        ({"account": "501"}, "account"),
        ({"day": date(2026, 5, 14)}, "day"),
        ({"day": date(2025, 12, 31)}, "day"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    contract = signed(cast)
    with pytest.raises(Invalid) as refused:
        paid(cast, contract, **wrong)
    assert field in refused.value.fields


def test_without_a_book_no_rent_is_noted(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        rent_actions.note_rent(
            actor=cast.actor("bookkeeper"), contract=signed(cast), year=1, amount=5, day=DAY
        )
    assert "account" in refused.value.fields


def test_land_for_shares_has_no_rent(cast: Cast) -> None:
    with pytest.raises(Conflict):
        paid(cast, signed(cast, terms=land(cast)))


def test_what_we_lease_is_paid_and_never_beyond_what_is_there(cast: Cast) -> None:
    contract = signed(cast, way="lease_in")
    with pytest.raises(Invalid) as refused:
        paid(cast, contract)
    assert "amount" in refused.value.fields
    came_in(cast, YEARLY, day=date(2026, 2, 1))
    paid(cast, contract)
    assert queries.balances(opened(cast), DAY)[chart.BANK] == 0
    assert queries.balances(opened(cast), DAY)["511"] == YEARLY


def test_what_comes_due_is_noticed_sixty_days_before(cast: Cast) -> None:
    contract = paid(cast, signed(cast))
    actor, due = cast.actor("bookkeeper"), years_on(FIRST_DUE, 1)
    for before, n in ((61, 0), (60, 1), (0, 1)):
        with later(days=(due - DAY).days - before):
            (rents, _ends) = notices(actor)
            counted = rents.rows.count()
            assert counted == n, before
    with later(days=(due - DAY).days + 1):
        assert Contract.objects.get(pk=contract.pk).is_owed


def test_the_list_and_the_paper_of_what_is_due(cast: Cast, enter: Enter) -> None:
    signed(cast)
    client = enter("bookkeeper")
    assert client.get("/contracts/?group=due").context["page"].paginator.count == 1
    answer = client.get("/contracts/due/print/")
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]


# --- properties ----------------------------------------------------------------------------------

days = st.dates(date(2000, 1, 1), date(2040, 12, 31))
ladders = st.lists(st.tuples(st.integers(1, 30), st.integers(0, 10**9)), min_size=1, max_size=5)


@given(days, st.integers(0, 30 * 366), ladders, st.dictionaries(st.integers(1, 40),
       st.integers(1, 10**9), max_size=6))  # fmt: skip
def test_no_fen_that_was_paid_is_lost(first: date, span: int, steps: Any, paid: Any) -> None:
    """All that was paid stands in the schedule, also for years after an early end."""
    ordered = sorted(dict([(1, 5), *steps]).items())
    found = dues(first, first + timedelta(days=span), ordered, paid)
    assert sum(one.paid for one in found) == sum(paid.values())
    assert [one.year for one in found] == sorted({one.year for one in found})
    assert all(one.owed - one.over == one.fen - one.paid for one in found)
    oldest = first_owed(found)
    assert (oldest is None) == all(one.paid >= one.fen for one in found)


@given(ladders, st.integers(1, 30))
def test_each_year_has_the_rent_of_the_last_step_before(steps: Any, year: int) -> None:
    ordered = sorted(dict([(1, 5), *steps]).items())
    assert not wrong_steps(ordered, 30)
    begun = [fen for since, fen in ordered if since <= year]
    assert yearly_in(ordered, year) == begun[-1]


def test_a_first_rent_on_29_february_comes_back_to_it(cast: Cast) -> None:
    found = dues(date(2024, 2, 29), date(2028, 12, 31), [(1, 5)], {})
    assert [one.day.isoformat() for one in found] == [
        "2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29",
    ]  # fmt: skip
