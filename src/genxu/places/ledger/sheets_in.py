"""Tables that the pages of a book read: opening balances, the list of a bank."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from genxu.core.errors import Invalid
from genxu.core.money import yuan_cell
from genxu.core.sheets.kinds import Column
from genxu.core.sheets.table import FIELD, read_table
from genxu.core.sheets.values import Unreadable, day, text, words

from . import chart
from .bank_actions import BankRow
from .models import NAME_LIMIT, PAPER_LIMIT, TEXT_LIMIT

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


def _account(cell: Any) -> str:
    """By its number (with or without those of its parts: 102001 is 102) or by its name."""
    said = text(cell)
    if said[:3] in chart.accounts():
        return said[:3]
    for one in chart.accounts().values():
        if said in (one.zh, one.en):
            return one.code
    raise Unreadable(_("There is no account %s.") % said)


OPENING = (
    Column("account", "科目编号", _account, required=True, aliases="科目 科目代码 编号 科目名称"),
    Column("debit", "借方余额", yuan_cell(0), aliases="借方 期初借方 借方金额 期初余额借方"),
    Column("credit", "贷方余额", yuan_cell(0), aliases="贷方 期初贷方 贷方金额 期初余额贷方"),
)
BANK = (
    Column("day", "交易日期", day, required=True, aliases="日期 记账日期 入账日期 交易时间"),
    Column("came_in", "收入", yuan_cell(0), aliases="收入金额 贷方发生额 贷方金额 存入 转入金额"),
    Column("went_out", "支出", yuan_cell(0), aliases="支出金额 借方发生额 借方金额 支取 转出金额"),
    Column("text", "摘要", words(TEXT_LIMIT), aliases="用途 附言 备注 交易摘要"),
    Column("who", "对方户名", words(NAME_LIMIT), aliases="对方名称 对方账户名 户名 对方"),
    Column("reference", "流水号", words(PAPER_LIMIT), aliases="交易流水号 凭证号 交易序号"),
)


def opening_lines(upload: "UploadedFile[Any]") -> list[dict[str, Any]]:
    """Account and what stood on which side, of the accounts on which anything did."""
    return [row for row in read_table(upload, OPENING) if row.get("debit") or row.get("credit")]


def bank_rows(upload: "UploadedFile[Any]") -> list[BankRow]:
    rows = [
        BankRow(**{name: value for name, value in row.items() if value is not None})
        for row in read_table(upload, BANK)
    ]
    if not rows:
        raise Invalid({FIELD: _("There is nothing in this file.")})
    return sorted(rows, key=_by_day)


def _by_day(row: BankRow) -> date:
    return row.day
