"""What was written down at the doors, as a spreadsheet in."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.money import yuan_cell
from genxu.core.sheets.kinds import Column, SheetKind
from genxu.core.sheets.values import choice, number
from genxu.people.models import NUMBER_LIMIT

from .income_intake import IncomeIntake, IncomeRow, record_incomes
from .models import FIRST_YEAR, MOST_INCOME, MOST_PERSONS

YES: dict[str, tuple[str, ...]] = {"yes": ("是", "不愿说", "不说"), "no": ("否",)}


def make_row(hamlet: str, given: dict[str, Any]) -> IncomeRow:
    declined = given.pop("declined") == "yes"
    return IncomeRow(hamlet, declined=declined, **given)


INCOMES = SheetKind(
    name="incomes",
    label=_("Surveys of incomes"),
    about=_("One row a household; only you and the household read what it said."),
    columns=(
        Column("year", "年度", number(FIRST_YEAR, 9999), required=True, example=2025,
               aliases="年份 调查年度"),
        Column("household_number", "户号", number(1, NUMBER_LIMIT), required=True, example=3,
               aliases="门牌号 门牌序号 户编号 门牌"),
        Column("persons", "人数", number(1, MOST_PERSONS), example=4, aliases="家庭人口 人口"),
        Column("income", "全年收入（元）", yuan_cell(0, MOST_INCOME), example="86000",
               aliases="收入 全年收入 家庭收入 年收入"),
        Column("declined", "不愿说", choice(YES), choices=("是",),
               told=_("是, if it would rather not say; then persons and income stay empty.")),
    ),
    make=make_row,
    key=lambda row: (row.hamlet, row.year, row.household_number),
    intake=IncomeIntake,
    take_in=record_incomes,
)  # fmt: skip

SHEETS = [INCOMES]
