"""Contracts as spreadsheets, out and in: one row a contract."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.money import exact_yuan
from genxu.core.sheets.kinds import Column, SheetKind
from genxu.core.sheets.values import choice, day, name, number, words
from genxu.core.sheets.writing import Out
from genxu.people.models import NUMBER_LIMIT
from genxu.regions.columns import place_columns

from .contract_intake import ContractIntake, record_contracts
from .models import NAME_LIMIT, OBJECT_LIMIT, PAPER_LIMIT, Contract, Way, What, exact_mu
from .rows import ContractRow, mu_cell, steps_cell, steps_said

COLUMNS: list[Out[Contract]] = [
    *place_columns("place"),
    Out(_("Way"), lambda one: one.get_way_display(), 22),
    Out(_("What kind of thing"), lambda one: one.get_what_display(), 10),
    Out(_("Which one"), "object", 24),
    Out(_("The other side"), "other_side", 24),
    Out(_("Mu"), lambda one: exact_mu(one.area), 10),
    Out(_("From which day"), "since", 12),
    Out(_("Last day"), "last_day", 12),
    Out(_("The first rent is due on"), "first_due", 14),
    Out(_("Yuan a year"), lambda one: steps_said(one.steps_told) if one.steps_told else "", 24),
    Out(_("Next rent due"), "next_due", 12),
    Out(_("Owed of it"), lambda one: exact_yuan(one.next_owed) if one.next_due else "", 12),
    Out(_("Signed on"), "signed_on", 12),
    Out(_("Number of the paper"), "paper", 14),
    Out(_("State"), lambda one: one.get_state_display(), 12),
]

WAYS: dict[str, tuple[str, ...]] = {
    Way.LAND_FOR_SHARES: ("山地置换股份", "置换股份", "土地入股", "山地入股"),
    Way.RENT_AS_SHARES: ("山地租金入股", "租金入股"),
    Way.LEASE_IN: ("租入", "流转租入", "流入"),
    Way.LEASE_OUT: ("租出", "出租", "发包", "流出"),
}
WHATS: dict[str, tuple[str, ...]] = {
    What.ORCHARD: ("果园",),
    What.VEGETABLES: ("菜地", "蔬菜地", "蔬菜基地"),
    What.NURSERY: ("苗圃", "苗木基地", "苗木"),
    What.FIELD: ("田地", "耕地", "水田", "旱地"),
    What.FOREST: ("林地", "山林", "山地"),
    What.POND: ("鱼塘", "水塘", "水面"),
    What.HOUSE: ("房屋", "门面", "民房"),
    What.MACHINE: ("机械", "农机", "设备"),
    What.OTHER: ("其他", "其它"),
}
SIDES: dict[str, tuple[str, ...]] = {"yes": ("是", "单位", "公司", "合作社"), "no": ("否", "个人")}


def make_row(hamlet: str, given: dict[str, Any]) -> ContractRow:
    company = given.pop("company") == "yes"
    return ContractRow(hamlet, company=company, **given)


def _steps(kept: Any) -> tuple[tuple[int, int], ...]:
    return tuple((year, fen) for year, fen in kept or ())


CONTRACTS = SheetKind(
    name="contracts",
    label=_("Contracts"),
    about=_("One row a contract that was signed before; a hamlet's."),
    columns=(
        Column("way", "方式", choice(WAYS), required=True, example="租出",
               choices=tuple(w[0] for w in WAYS.values()), aliases="合同方式 流转方式 类型"),
        Column("what", "标的类别", choice(WHATS), required=True, example="果园",
               choices=tuple(w[0] for w in WHATS.values()), aliases="类别 资源类别"),
        Column("object", "标的", words(OBJECT_LIMIT), required=True, example="后山果园",
               aliases="名称 标的名称 地块 资源名称"),
        Column("other", "对方", name(NAME_LIMIT), example="红土果业公司",
               aliases="承租方 出租方 合同对方 乙方 甲方 对方名称"),
        Column("household_number", "对方户号", number(1, NUMBER_LIMIT),
               aliases="户号 门牌号", told=_("If it is a household of the hamlet.")),
        Column("company", "对方是单位", choice(SIDES), choices=("是", "否"),
               told=_("Left empty, it is a person, whom no public page names.")),
        Column("area", "面积（亩）", mu_cell, example="12.5", aliases="面积 亩数 面积亩"),
        Column("since", "起始日期", day, required=True, restore=date.fromisoformat,
               example="2022-01-01", aliases="开始日期 起租日 合同开始"),
        Column("until", "到期日期", day, required=True, restore=date.fromisoformat,
               example="2031-12-31", aliases="结束日期 到期日 截止日期 合同到期"),
        Column("first_due", "首次交租日", day, restore=date.fromisoformat, example="2022-01-15",
               aliases="交租日 首次付租日"),
        Column("steps", "年租金（元）", steps_cell, restore=_steps, example="10000",
               aliases="年租金 租金 每年租金", told=_("Several: 第1年起10000；第4年起12000")),
        Column("signed_on", "签订日期", day, restore=date.fromisoformat, aliases="签约日期"),
        Column("paper", "合同编号", words(PAPER_LIMIT), aliases="编号 合同号"),
    ),
    make=make_row,
    key=lambda row: (row.hamlet, row.object, row.other, row.household_number, row.since),
    intake=ContractIntake,
    take_in=record_contracts,
)  # fmt: skip

SHEETS = [CONTRACTS]
