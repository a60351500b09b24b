"""Spreadsheets of distributions: each household's part out, the bank's payments in."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core.money import exact_yuan, yuan_cell
from genxu.core.sheets.kinds import Column, SheetKind
from genxu.core.sheets.values import day, number
from genxu.core.sheets.writing import Out
from genxu.people.models import NUMBER_LIMIT
from genxu.regions.columns import place_columns

from .explaining import shares_told
from .models import Portion
from .payment_intake import PaidRow, PaymentIntake, record_payments

COLUMNS: list[Out[Portion]] = [
    *place_columns("household.hamlet"),
    Out(_("Year"), "distribution.year", 8),
    Out(_("Number on the sheet"), "position", 8),
    Out(_("Household number"), "household.number", 8),
    Out(_("Head"), "household.head_name", 12),
    Out(_("Shares"), lambda one: shares_told(one.quantity), 12),
    Out(_("Sum in yuan"), lambda one: exact_yuan(one.sum), 14),
    Out(_("Paid on"), "paid_on", 12),
    Out(_("How it was paid"), lambda one: one.get_way_display(), 12),
    Out(_("Signed by"), "signed_by", 12),
    Out(_("Why it stays owed"), lambda one: one.get_reason_display(), 20),
]


def _make_row(hamlet: str, given: dict[str, Any]) -> PaidRow:
    return PaidRow(hamlet, **given)


def _of_place(code: str) -> QuerySet[Portion]:
    rows = Portion.objects.under(code).select_related("distribution", "household__hamlet__parent")
    return rows.order_by("distribution", "position")


PAYMENTS = SheetKind(
    name="distribution_payments",
    label=_("Payments of a distribution"),
    about=_("One row a household, as the bank has paid it out."),
    columns=(
        Column("number", "户号", number(1, NUMBER_LIMIT), required=True, example=12,
               aliases="门牌序号 门牌号 户编号 家庭编号"),
        Column("sum", "金额", yuan_cell(), required=True, example="452.31",
               aliases="应得 实发金额 发放金额 转账金额 金额（元） 应得（元）"),
        Column("day", "支付日期", day, required=True, restore=date.fromisoformat,
               example="2026-05-10", aliases="日期 转账日期 发放日期 到账日期 付款日期"),
        Column("year", "年度", number(1950, 2200), aliases="年份 分配年度", example=2025,
               told=_("Needed only if two years have the same sum.")),
    ),
    make=_make_row,
    key=lambda row: (row.hamlet, row.number, row.year),
    intake=PaymentIntake,
    take_in=record_payments,
    rows=_of_place,
    out=lambda _code: COLUMNS,
)  # fmt: skip

SHEETS = [PAYMENTS]
