"""A book as files: the official tables as .xlsx, its lines as CSV, its whole as beancount's text.

beancount (GPL-2.0-only) is no part of the program: only its format is written here, so that anybody
can check the books with a program that is not ours.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from genxu.core.money import exact_yuan
from genxu.core.sheets.writing import Book as Workbook
from genxu.core.sheets.writing import Out

from . import chart, queries
from .models import Book, Entry, Line

ROOTS = {"asset": "Assets", "cost": "Assets", "liability": "Liabilities", "equity": "Equity",
         "income": "Income", "expense": "Expenses"}  # fmt: skip


def _lines(book: Book, since: date, until: date) -> QuerySet[Line]:
    rows = Line.objects.filter(entry__book=book, entry__day__gte=since, entry__day__lte=until)
    rows = rows.select_related("entry__motion", "entry__reverses")
    return rows.order_by("entry__day", "entry_id", "pk")


def _sum(fen: int) -> Any:
    """Nothing where nothing stands."""
    return exact_yuan(fen) if fen else ""


def _row(line: Line) -> list[Any]:
    entry = line.entry
    return [
        entry.day, entry.number, entry.text, line.account, str(line.of),
        _sum(line.debit), _sum(line.credit),
        entry.who, entry.motion or "", entry.paper, entry.reason,
    ]  # fmt: skip


def _voucher_columns() -> list[Out[Any]]:
    titles = [(_("Day"), 12), (_("Voucher no."), 8), (_("Text"), 36), (_("Account no."), 9),
              (_("Ledger account"), 22), (_("Debit"), 14), (_("Credit"), 14), (_("Who"), 20),
              (_("Decision"), 30), (_("The slip"), 14), (_("Reason"), 24)]  # fmt: skip
    return [Out(title, "", width) for title, width in titles]


def _standing_columns() -> list[Out[Any]]:
    titles = [(_("Account no."), 9), (_("Ledger account"), 22), (_("Stood"), 16), (_("Debit"), 16),
              (_("Credit"), 16), (_("Stands"), 16)]  # fmt: skip
    return [Out(title, "", width) for title, width in titles]


def write_tables(file: "IO[bytes]", book: Book, since: date, until: date) -> None:
    """记账凭证, 科目余额表 and 明细账 of a span of days, each a sheet."""
    with Workbook(file) as workbook:
        workbook.start(_("Vouchers"), _voucher_columns())
        for line in _lines(book, since, until).iterator(2000):
            workbook.add(_row(line))
        workbook.start(_("Balances of accounts"), _standing_columns())
        for one in queries.turnovers(book, since, until):
            sums = (one.before, one.debit, one.credit, one.after)
            workbook.add([one.account.code, str(one.account), *map(exact_yuan, sums)])
        workbook.start(_("Accounts line by line"), _detail_columns())
        for row in _details(book, since, until):
            workbook.add(row)


def _detail_columns() -> list[Out[Any]]:
    titles = [(_("Account no."), 9), (_("Ledger account"), 22), (_("Day"), 12),
              (_("Voucher no."), 8), (_("Text"), 36), (_("Debit"), 14), (_("Credit"), 14),
              (_("Stands"), 16)]  # fmt: skip
    return [Out(title, "", width) for title, width in titles]


def _details(book: Book, since: date, until: date) -> Iterator[list[Any]]:
    """Each account with what stood on it, its lines, and what stands after each."""
    before = queries.sums_until(book, since - timedelta(days=1))
    rows = _lines(book, since, until).order_by("account", "entry__day", "entry_id", "pk")
    for code, lines in groupby(rows.iterator(2000), key=lambda line: line.account):
        account = chart.accounts()[code]
        left = account.balance(*before.get(code, (0, 0)))
        yield [code, str(account), since, "", _("Stood"), "", "", exact_yuan(left)]
        for line in lines:
            left += account.balance(line.debit, line.credit)
            sides = [_sum(line.debit), _sum(line.credit)]
            entry = line.entry
            yield [
                code,
                str(account),
                entry.day,
                entry.number,
                entry.text,
                *sides,
                exact_yuan(left),
            ]


def as_csv(book: Book, since: date, until: date) -> str:
    """The lines, one a row, with a mark of UTF-8 for Excel."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([str(column.header) for column in _voucher_columns()])
    for line in _lines(book, since, until).iterator(2000):
        writer.writerow([_safe(value) for value in _row(line)])
    return "\ufeff" + out.getvalue()


def _safe(value: Any) -> str:
    """A text that a spreadsheet would run as a formula is kept a text."""
    said = str(value)
    return f"'{said}" if said[:1] in ("=", "+", "-", "@") else said


def beancount_account(code: str) -> str:
    """Assets:102-BankDeposits: the number of the chart, and its English name."""
    account = chart.accounts()[code]
    name = "".join(word.capitalize() for word in account.en.replace("-", " ").split())
    return f"{ROOTS[account.kind]}:{code}-{name}"


def as_beancount(book: Book, until: date) -> str:
    """The whole book up to a day, with a balance of each account at its end for the checker."""
    written = [f'option "title" "{_quoted(book.name)}"', 'option "operating_currency" "CNY"', ""]
    entries = Entry.objects.filter(book=book, day__lte=until).order_by("day", "pk")
    standing = queries.sums_until(book, until)
    written += [f"{book.opened_on} open {beancount_account(code)} CNY" for code in sorted(standing)]
    for entry in entries.prefetch_related("lines").iterator(2000):
        written += ["", *_transaction(entry)]
    after = until + timedelta(days=1)
    written.append("")
    for code, (debit, credit) in sorted(standing.items()):
        sum_ = exact_yuan(debit - credit)
        written.append(f"{after} balance {beancount_account(code)} {sum_:.2f} CNY")
    return "\n".join([*written, ""])


def _transaction(entry: Entry) -> Iterator[str]:
    who = f'"{_quoted(entry.who)}" ' if entry.who else ""
    yield f'{entry.day} * {who}"{_quoted(entry.text)}"'
    yield f'  number: "{entry.day:%Y-%m}-{entry.number}"'
    if entry.reverses_id:
        yield f'  reverses: "{entry.reverses_id}"'
    for line in sorted(entry.lines.all(), key=lambda line: line.pk):
        yield f"  {beancount_account(line.account)}  {exact_yuan(line.debit - line.credit):.2f} CNY"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
