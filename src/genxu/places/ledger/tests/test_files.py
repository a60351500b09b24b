"""What goes out of a book and comes in: tables, CSV, beancount's text, the bank's list."""

import csv
import io
import re
from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from genxu.core.errors import Conflict, Invalid
from genxu.places.ledger import actions, bank_actions, exports, queries
from genxu.places.ledger.bank_actions import BankRow
from genxu.places.ledger.models import BankLine, Book
from tests.cast import Cast, Enter

from .examples import bank_line
from .factories import DAY, OPENED, came_in, opened, went_out


@pytest.fixture
def book(cast: Cast) -> Book:
    came_in(cast, 123_450, text='收到"果园"租金', day=date(2026, 2, 3))
    came_in(cast, 7, who="")
    entry = went_out(cast, 450)
    actions.reverse_entry(actor=cast.actor("bookkeeper"), entry=entry, reason="记错", day=DAY)
    return opened(cast)


def test_the_official_tables(book: Book) -> None:
    file = io.BytesIO()
    exports.write_tables(file, book, OPENED, DAY)
    read = CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue()))
    vouchers, standings, details = (read.get_sheet_by_index(n).to_python() for n in range(3))
    assert read.sheet_names == ["记账凭证", "科目余额表", "明细账"]
    assert len(vouchers) == 1 + 8
    assert sum(float(row[5] or 0) for row in vouchers[1:]) == 1234.57 + 9
    assert [row[0] for row in standings[1:]] == ["102", "501", "514"]
    assert standings[1][5] == 1234.57
    last = [row for row in details if row[0] == "102"][-1]
    assert last[7] == 1234.57


def test_the_lines_as_csv_run_no_formula(cast: Cast, book: Book) -> None:
    came_in(cast, 5, text="=1+1")
    text = exports.as_csv(book, OPENED, DAY)
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 1 + 10
    assert "'=1+1" in [row[2] for row in rows]


TRANSACTION = re.compile(r'^\d{4}-\d\d-\d\d \* (?:"(?:[^"\\]|\\.)*" )?"(?:[^"\\]|\\.)*"$')
POSTING = re.compile(r"^  (\S+)  (-?\d+\.\d\d) CNY$")


def test_beancounts_text_balances_read_by_itself(book: Book) -> None:
    """A reading of our own of its grammar; see docs/operations.md for the stock checker."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    running, opened_accounts, told = Decimal(0), set(), {}
    for line in exports.as_beancount(book, DAY).splitlines():
        if found := POSTING.match(line):
            sums[found[1]] += Decimal(found[2])
            running += Decimal(found[2])
            assert found[1] in opened_accounts
        elif " open " in line:
            opened_accounts.add(line.split()[2])
        elif " balance " in line:
            told[line.split()[2]] = Decimal(line.split()[3])
        elif " * " in line:
            assert running == 0
            assert TRANSACTION.match(line), line
    assert told == sums
    assert all(re.fullmatch(r"(Assets|Income|Expenses):\d{3}-[A-Za-z]+", one) for one in sums)


def test_opening_balances_from_a_spreadsheet_are_shown_before_they_are_kept(
    cast: Cast, enter: Enter
) -> None:
    book, client = opened(cast), enter("bookkeeper")
    text = (
        "某村科目余额表\n科目编号,科目名称,借方余额,贷方余额\n101,库存现金,500.00,\n"
        "102001,农行,4500,\n301,资本,,5000\n113,,,\n"
    )
    file = SimpleUploadedFile("ye.csv", text.encode("gb18030"))
    shown = client.post(f"/books/{book.pk}/opening/", {"file": file})
    assert shown.status_code == 200
    assert not book.entries.exists()
    rows = shown.context["form"].sets["legs"]
    sent = {name: value for form in rows.forms for name, value in _sent(form).items()}
    sent |= {"legs-TOTAL_FORMS": len(rows.forms), "legs-INITIAL_FORMS": 0, "version": book.version}
    assert client.post(f"/books/{book.pk}/opening/", sent).status_code == 302
    assert queries.balances(book, OPENED) == {"101": 50_000, "102": 450_000, "301": 500_000}


def _sent(form: object) -> dict[str, str]:
    return {bound.html_name: bound.value() or "" for bound in form}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("科目编号,借方余额\n999,5\n", "999"),
        ("甲,乙\n1,2\n", "科目编号"),
        ("科目编号,借方余额\n101,0.005\n", "第 2 行"),
        ("科目编号,借方余额\n101,-5\n", "第 2 行"),
    ],
)
def test_a_spreadsheet_that_makes_no_sense_says_where(
    cast: Cast, enter: Enter, text: str, said: str
) -> None:
    book = opened(cast)
    file = SimpleUploadedFile("ye.csv", text.encode())
    shown = enter("bookkeeper").post(f"/books/{book.pk}/opening/", {"file": file})
    assert shown.status_code == 422
    assert said in shown.content.decode()


def test_the_bank_s_list_is_not_taken_in_twice(cast: Cast, enter: Enter) -> None:
    book, client = opened(cast), enter("bookkeeper")
    text = (
        "账户交易明细\n交易日期,摘要,收入金额,支出金额,对方户名,流水号\n"
        "20260506,租金,500.00,,红土果业公司,A1\n2026/5/6,手续费,,1.5,,A2\n"
    )
    for _n in range(2):
        file = SimpleUploadedFile("bank.csv", text.encode())
        answer = client.post(f"/books/{book.pk}/bank/", {"file": file, "version": _version(book)})
        assert answer.status_code == 302, answer.content.decode()[-3000:]
    assert sorted(book.bank_lines.values_list("amount", flat=True)) == [-150, 50_000]
    assert "手续费" in client.get(f"/books/{book.pk}/").content.decode()


def test_two_alike_in_one_list_are_two(cast: Cast) -> None:
    book, rows = opened(cast), [BankRow(DAY, 5, text="转账")] * 2
    for _n in range(2):
        bank_actions.take_bank_lines(actor=cast.actor("bookkeeper"), book=book, rows=rows, count=2)
    assert book.bank_lines.count() == 2


def _version(book: Book) -> int:
    return Book.objects.get(pk=book.pk).version


def test_a_line_of_the_bank_is_booked_once(cast: Cast) -> None:
    line, actor = bank_line(cast), cast.actor("bookkeeper")
    booked = bank_actions.book_bank_line(actor=actor, line=line, account="501", text="收到租金")
    assert booked.entry is not None
    assert (booked.entry.day, booked.entry.amount) == (DAY, 50_000)
    assert queries.balances(line.book, DAY) == {"102": 50_000, "501": 50_000}
    for again in (
        lambda: bank_actions.book_bank_line(actor=actor, line=line, account="501", text="再来"),
        lambda: bank_actions.leave_bank_line(actor=actor, line=line, reason="再来"),
    ):
        with pytest.raises(Conflict):
            again()
    assert not queries.bank_lines_waiting(actor, line.book).exists()


@pytest.mark.parametrize(
    "row",
    [BankRow(DAY), BankRow(DAY, 5, 5), BankRow(DAY, -5), BankRow(date(2026, 5, 14), 5),
     BankRow(date(2025, 5, 14), 5), BankRow(DAY, 10**12)],
)  # fmt: skip
def test_a_list_of_the_bank_is_taken_in_whole_or_not_at_all(cast: Cast, row: BankRow) -> None:
    with pytest.raises(Invalid):
        bank_actions.take_bank_lines(
            actor=cast.actor("bookkeeper"), book=opened(cast), rows=[BankRow(DAY, 5), row], count=2
        )
    assert not BankLine.objects.exists()
