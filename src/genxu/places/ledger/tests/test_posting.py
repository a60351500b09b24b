"""What is written in a book: it balances, it stays, and nothing is spent twice."""

from datetime import date

import pytest
from django.db import Error, connection, transaction

from genxu.core.bulk import insert_rows
from genxu.core.errors import Conflict, Invalid
from genxu.people.accounts import close_for_good
from genxu.people.actions import revoke_role
from genxu.places.ledger import actions, bank_actions, chart, queries
from genxu.places.ledger.models import SERIALS, Book, Entry, Line, MonthSum
from genxu.places.ledger.posting import ENTRY, Leg
from tests.cast import FAR, OPERATOR, VILLAGE, Cast, Enter, later
from tests.doing import page_text

from .examples import bank_line
from .factories import DAY, came_in, legs, opened, went_out


def test_a_balance_of_any_day_is_that_of_the_lines_up_to_it(cast: Cast) -> None:
    book = opened(cast)
    came_in(cast, 100_000, day=date(2026, 2, 10))
    went_out(cast, 30_000, day=date(2026, 4, 3))
    came_in(cast, 500, day=date(2026, 4, 3))
    expected = {date(2026, 2, 9): 0, date(2026, 2, 10): 100_000, date(2026, 4, 2): 100_000,
                date(2026, 4, 3): 70_500, date(2026, 5, 13): 70_500}  # fmt: skip
    found = {day: queries.balance_of(book, chart.BANK, day) for day in expected}
    assert found == expected
    assert queries.balances(book, DAY) == {"102": 70_500, "501": 100_500, "514": 30_000}


def test_the_vouchers_of_a_month_are_numbered_from_one(cast: Cast) -> None:
    days = [date(2026, 2, 10), date(2026, 3, 1), date(2026, 2, 20), date(2026, 2, 1)]
    entries = [came_in(cast, day=day) for day in days]
    assert [entry.number for entry in entries] == [1, 1, 2, 3]
    assert len({entry.pk for entry in entries}) == 4


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"legs": [Leg("102", debit=5), Leg("501", credit=6)]}, "legs"),
        ({"legs": [Leg("102", debit=5, credit=5), Leg("501", credit=5)]}, "legs"),
        ({"legs": [Leg("102", debit=0), Leg("501", credit=0)]}, "legs"),
        ({"legs": [Leg("102", debit=-5), Leg("501", credit=-5)]}, "legs"),
        ({"legs": [Leg("999", debit=5), Leg("501", credit=5)]}, "legs"),
        ({"legs": [Leg("102", debit=5), Leg("201", credit=5)]}, "legs"),
        ({"legs": []}, "legs"),
        ({"day": date(2026, 5, 14)}, "day"),
        ({"day": date(2025, 12, 31)}, "day"),
        ({"text": "  "}, "text"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(cast: Cast, wrong: dict, field: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(Invalid) as refused:
        came_in(cast, **wrong)
    assert list(refused.value.fields) == [field]
    assert not Entry.objects.exists()


def test_nothing_is_paid_that_is_not_there(cast: Cast) -> None:
    came_in(cast, 10_000)
    went_out(cast, 6_000)
    with pytest.raises(Invalid, match=r"short|差"):
        went_out(cast, 4_001)
    went_out(cast, 4_000)
    assert queries.money_on(opened(cast), DAY) == 0


def test_what_is_typed_late_does_not_take_what_was_spent_since(cast: Cast) -> None:
    came_in(cast, 10_000, day=date(2026, 3, 1))
    went_out(cast, 9_000, day=date(2026, 4, 1))
    with pytest.raises(Invalid):
        went_out(cast, 2_000, day=date(2026, 3, 15))
    with pytest.raises(Invalid):
        went_out(cast, 500, day=date(2026, 2, 28))
    assert went_out(cast, 1_000, day=date(2026, 3, 15)).number == 2


def test_an_entry_is_taken_back_by_its_mirror_once(cast: Cast) -> None:
    entry = came_in(cast, 10_000)
    bookkeeper = cast.actor("bookkeeper")
    back = actions.reverse_entry(actor=bookkeeper, entry=entry, reason="记了两遍", day=DAY)
    assert queries.money_on(opened(cast), DAY) == 0
    assert back.reverses == entry
    with pytest.raises(Conflict):
        actions.reverse_entry(actor=bookkeeper, entry=entry, reason="再来", day=DAY)
    with pytest.raises(Conflict):
        actions.reverse_entry(actor=bookkeeper, entry=back, reason="再来", day=DAY)


def test_income_that_was_spent_is_not_taken_back(cast: Cast) -> None:
    entry = came_in(cast, 10_000)
    went_out(cast, 1)
    with pytest.raises(Invalid):
        actions.reverse_entry(actor=cast.actor("bookkeeper"), entry=entry, reason="没收到", day=DAY)


def test_a_shut_month_takes_nothing_more(cast: Cast) -> None:
    book, bookkeeper = opened(cast), cast.actor("bookkeeper")
    entry = came_in(cast, day=date(2026, 1, 9))
    with pytest.raises(Conflict):
        actions.close_month(actor=bookkeeper, book=book, month=date(2026, 2, 1))
    actions.close_month(actor=bookkeeper, book=book, month=date(2026, 1, 1))
    with pytest.raises(Invalid) as refused:
        came_in(cast, day=date(2026, 1, 31))
    assert list(refused.value.fields) == ["day"]
    mended = actions.reverse_entry(actor=bookkeeper, entry=entry, reason="记错了", day=DAY)
    assert mended.day == DAY
    for month in (2, 3, 4):
        actions.close_month(actor=bookkeeper, book=book, month=date(2026, month, 1))
    with pytest.raises(Conflict):
        actions.close_month(actor=bookkeeper, book=book, month=date(2026, 5, 1))


def test_a_year_is_closed_to_the_distribution_of_income(cast: Cast) -> None:
    book, bookkeeper = opened(cast), cast.actor("bookkeeper")
    came_in(cast, 123_000_00)
    went_out(cast, 23_000_00)
    with pytest.raises(Conflict):
        actions.close_year(actor=bookkeeper, book=book, year=2026)
    with later(days=300):
        entry = actions.close_year(actor=bookkeeper, book=book, year=2026)
        assert entry.day == date(2026, 12, 31)
        stands = {code: fen for code, fen in queries.balances(book, entry.day).items() if fen}
        with pytest.raises(Conflict):
            actions.close_year(actor=bookkeeper, book=book, year=2026)
    assert stands == {"102": 100_000_00, "322": 100_000_00}


def test_what_is_shut_is_named_with_its_month_and_its_year(cast: Cast, enter: Enter) -> None:
    entry = came_in(cast)
    assert entry.called == "2026-05 记字 1 号"
    with later(days=300):
        client = enter("bookkeeper")
        month = client.get(f"/books/{entry.book_id}/close-month/")
        year = client.get(f"/books/{entry.book_id}/close-year/")
    assert "给2026年1月结账" in page_text(month)
    assert "结转2026年" in page_text(year)
    assert [one.account.code for one in year.context["standings"]] == ["501"]


def test_the_years_are_closed_in_their_order_and_counted_once(cast: Cast) -> None:
    book, bookkeeper = opened(cast), cast.actor("bookkeeper")
    Book.objects.filter(pk=book.pk).update(opened_on=date(2024, 1, 1))
    book.refresh_from_db()
    for year, fen in ((2024, 50_000), (2025, 100_000)):
        came_in(cast, fen, book=book, day=date(year, 6, 1))
    for wrong in (2025, 2026, 2023, 0, -5, 99_999):
        with pytest.raises(Conflict):
            actions.close_year(actor=bookkeeper, book=book, year=wrong)
    actions.close_year(actor=bookkeeper, book=book, year=2024)
    entry = actions.close_year(actor=bookkeeper, book=book, year=2025)
    assert queries.balance_of(book, "322", entry.day) == 150_000
    with pytest.raises(Invalid):
        actions.reverse_entry(actor=bookkeeper, entry=entry, reason="再算", day=DAY)
    actions.reverse_entry(actor=bookkeeper, entry=entry, reason="再算", day=entry.day)
    actions.close_year(actor=bookkeeper, book=book, year=2025)
    assert sum(line.change for line in queries.income_lines()) == 150_000  # type: ignore[attr-defined]


def test_a_loan_has_no_door(cast: Cast) -> None:
    for account in chart.LOANS:
        with pytest.raises(Invalid):
            came_in(cast, legs=legs("102", account, 5))
        line = bank_line(cast)
        with pytest.raises(Invalid):
            bank_actions.book_bank_line(
                actor=cast.actor("bookkeeper"), line=line, account=account, text="借来的"
            )


def test_days_beyond_all_bounds_are_told(cast: Cast, enter: Enter) -> None:
    came_in(cast)
    book, client = opened(cast), enter("bookkeeper")
    for path in ("accounts/102/", "balances/", "export/xlsx/", "export/csv/", "export/beancount/"):
        for asked in ({"since": "0001-01-01"}, {"until": "9999-12-31"}, {"since": "2026-02-30"}):
            assert client.get(f"/books/{book.pk}/{path}", asked).status_code == 422, (path, asked)
    for step, sent in (("close-month", {"month": "9999-12-31"}), ("close-year", {"year": "99999"})):
        told = client.post(f"/books/{book.pk}/{step}/", {**sent, "version": book.version})
        assert told.status_code in (302, 409), step


def test_the_lines_of_an_account_are_turned_page_by_page(cast: Cast, enter: Enter) -> None:
    for _n in range(51):
        came_in(cast, 100)
    client, book = enter("supervisor"), opened(cast)
    first = client.get(f"/books/{book.pk}/accounts/102/")
    second = client.get(f"/books/{book.pk}/accounts/102/", {"page": "2"})
    assert [len(one.context["page"]) for one in (first, second)] == [50, 1]
    assert second.context["page"][0].left == 5_100


def test_opening_balances_come_in_once(cast: Cast) -> None:
    book, bookkeeper = opened(cast), cast.actor("bookkeeper")
    stood = [Leg("101", debit=500), Leg("151", debit=4500), Leg("301", credit=5000)]
    entry = actions.note_opening(actor=bookkeeper, book=book, legs=stood)
    assert (entry.day, entry.kind) == (book.opened_on, "opening")
    with pytest.raises(Conflict):
        actions.note_opening(actor=bookkeeper, book=book, legs=stood)
    actions.reverse_entry(actor=bookkeeper, entry=entry, reason="抄错了", day=DAY)
    assert actions.note_opening(actor=bookkeeper, book=book, legs=stood).number == 2


def test_a_book_is_closed_when_nothing_stands_on_it(cast: Cast) -> None:
    book, bookkeeper = opened(cast), cast.actor("bookkeeper")
    entry = came_in(cast)
    with pytest.raises(Conflict):
        actions.close_book(actor=bookkeeper, book=book)
    actions.reverse_entry(actor=bookkeeper, entry=entry, reason="记错了", day=DAY)
    actions.close_book(actor=bookkeeper, book=book)
    with pytest.raises(Conflict):
        came_in(cast, book=book)
    assert opened(cast).pk != book.pk  # a new one may be opened


def test_the_database_keeps_the_books_whatever_the_program_does(cast: Cast) -> None:
    book = opened(cast)
    entry = came_in(cast)
    actions.close_month(actor=cast.actor("bookkeeper"), book=book, month=date(2026, 1, 1))
    line = Line.objects.filter(entry=entry).values_list("pk", flat=True)[0]
    base = book.pk * SERIALS

    def insert(serial: int, day: str, *sides: tuple[int, int], amount: int = 5) -> None:
        lines = [(base + serial, "102", debit, credit) for debit, credit in sides]
        insert_rows(Line, ("entry", "account", "debit", "credit"), lines)
        row = (base + serial, book.pk, date.fromisoformat(day), 99, "plain", "x", "", False, amount,
               None, "", "", None, "", None, entry.booked_at)  # fmt: skip
        insert_rows(Entry, ENTRY, [row])

    insert(900, "2026-03-03", (5, 0), (0, 5))
    refused = {
        "unbalanced": lambda: insert(901, "2026-03-03", (5, 0), (0, 4)),
        "no lines": lambda: insert(902, "2026-03-03"),
        "another amount": lambda: insert(903, "2026-03-03", (5, 0), (0, 5), amount=6),
        "both sides": lambda: insert(904, "2026-03-03", (5, 5), (5, 5), amount=10),
        "below nothing": lambda: insert(905, "2026-03-03", (-5, 0), (0, -5), amount=-5),
        "a shut month": lambda: insert(906, "2026-01-31", (5, 0), (0, 5)),
        "one more line": lambda: Line.objects.create(entry=entry, account="102", debit=1),
        "a changed line": lambda: Line.objects.filter(pk=line).update(debit=1),
        "a deleted line": lambda: Line.objects.filter(pk=line).delete(),
        "a changed entry": lambda: Entry.objects.filter(pk=entry.pk).update(text="y"),
        "a deleted entry": lambda: _delete(entry.pk),
        "a number of another book": lambda: insert(SERIALS, "2026-03-03", (5, 0), (0, 5)),
    }
    taken = []
    for name, tamper in refused.items():
        try:
            with transaction.atomic():
                tamper()
            taken.append(name)
        except (Error, connection.Database.Error):  # rows in bulk go past Django
            pass
    assert not taken


def _delete(pk: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_entry WHERE id = %s", [pk])


def test_the_sums_of_the_months_are_those_of_the_lines(cast: Cast) -> None:
    came_in(cast, 700, day=date(2026, 2, 1))
    came_in(cast, 50, day=date(2026, 2, 28))
    went_out(cast, 20, day=date(2026, 3, 1))
    rows = MonthSum.objects.all()
    kept = {(row.account, row.month.month): (row.debit, row.credit) for row in rows}
    assert kept == {("102", 2): (750, 0), ("501", 2): (0, 750), ("102", 3): (0, 20),
                    ("514", 3): (20, 0)}  # fmt: skip


def test_an_account_that_goes_leaves_its_entries(cast: Cast) -> None:
    """The journal keeps its number; the name goes with the account."""
    entry = came_in(cast)
    assert entry.booker == cast.bookkeeper.name
    revoke_role(actor=OPERATOR, account=cast.bookkeeper, role="bookkeeper",
                place=cast.hamlet(VILLAGE))  # fmt: skip
    close_for_good(cast.bookkeeper)
    entry.refresh_from_db()
    assert entry.booker == ""
    assert entry.booked_by


def test_another_village_does_not_write_here(cast: Cast) -> None:
    from genxu.core.errors import Denied

    book = opened(cast)
    with pytest.raises(Denied):
        actions.post_entry(
            actor=cast.actor("far_bookkeeper"), book=book, day=DAY, text="x",
            legs=legs("102", "501", 5),
        )  # fmt: skip
    assert opened(cast, code=FAR, part="far_bookkeeper").place_id == FAR
