"""Rolls and registers of shares as spreadsheets, out and in."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.sheets.kinds import Column, SheetKind
from genxu.core.sheets.values import choice, day, name, number
from genxu.core.sheets.writing import Out
from genxu.people.models import NUMBER_LIMIT
from genxu.regions.columns import place_columns

from .fields import hundredths
from .law import Gained
from .member_intake import MemberIntake, record_members
from .models import PERSON_LIMIT, Membership, ShareKind
from .rows import ABOVE, OWN, MemberRow, ShareRow
from .share_intake import ShareIntake, record_shares

ROLL_COLUMNS: list[Out[Membership]] = [
    Out(_("Collective"), "collective.name", 24),
    *place_columns("household.hamlet"),
    Out(_("Number of the household"), "household.number", 8),
    Out(_("Head of the household"), "household.head_name", 12),
    Out(_("Full name"), "name", 12),
    Out(_("Year of birth"), "birth_year", 8),
    Out(_("Member since"), "since", 12),
    Out(_("How she became a member"), lambda one: one.get_gained_display(), 16),
    Out(_("Until"), "until", 12),
    Out(_("Why"), lambda one: one.get_lost_display() if one.lost else "", 16),
]


def _of(key: str) -> Any:
    return lambda row: row[key] or ""


SHARE_COLUMNS: list[Out[Any]] = [
    Out(_("Collective"), _of("collective_name"), 24),
    Out(_("Place code"), _of("hamlet_code"), 18),
    Out(_("Village"), _of("village"), 16),
    Out(_("Hamlet"), _of("hamlet"), 16),
    Out(_("Number of the household"), _of("number"), 8),
    Out(_("Head of the household"), _of("head"), 12),
    Out(_("Full name"), _of("member"), 12),
    Out(_("Kind of shares"), lambda row: str(ShareKind(row["kind"]).label), 16),
    Out(_("Shares"), lambda row: Decimal(row["quantity"]) / 100, 10),
    Out(_("Land in mu"), lambda row: Decimal(row["land"]) / 100 if row["land"] else "", 10),
]

LEVELS = {OWN: ("组级", "湾级", "组", "村民小组"), ABOVE: ("村级", "村")}
GAINED: dict[str, tuple[str, ...]] = {
    Gained.FOUNDING: ("成立时确认", "成立时", "原始取得", "初始确认"),
    Gained.BIRTH: ("出生", "生育"),
    Gained.MARRIAGE: ("婚入", "结婚", "婚姻"),
    Gained.ADOPTION: ("收养",),
    Gained.RELOCATION: ("政策性移民", "移民"),
    Gained.DECISION: ("成员大会决定", "大会同意"),
}
KINDS: dict[str, tuple[str, ...]] = {
    ShareKind.MEMBER: ("成员股", "人口股", "基本股"),
    ShareKind.LAND: ("山地置换股份", "土地股", "山地股"),
    ShareKind.RENT: ("山地租金入股", "租金股"),
    ShareKind.OTHER: ("章程规定的其他股份", "其他", "贡献股", "农龄股"),
}
YES = {"yes": ("是", "有", "√", "对")}


def _apart(cell: Any) -> bool:
    return bool(choice(YES)(cell))


def _level() -> Column:
    return Column(
        "level", "哪一级", choice(LEVELS), aliases="组织级别 级别 集体级别",
        choices=tuple(words[0] for words in LEVELS.values()),
        told=_("Only where hamlet and village have a collective each."),
    )  # fmt: skip


def _household() -> Column:
    return Column(
        "household_number", "户号", number(1, NUMBER_LIMIT), required=True, example=1,
        aliases="门牌序号 门牌号 户编号 户序号 家庭编号 住户编号 门牌",
    )  # fmt: skip


def make_member(hamlet: str, given: dict[str, Any]) -> MemberRow:
    gained = given.pop("gained") or Gained.FOUNDING
    return MemberRow(hamlet, gained=gained, **given)


def make_share(hamlet: str, given: dict[str, Any]) -> ShareRow:
    return ShareRow(hamlet, **given)


MEMBERS = SheetKind(
    name="collective_members",
    label=_("Members of collectives"),
    about=_("One row a member; the collective and the household must be there already."),
    columns=(
        _household(),
        Column("name", "成员姓名", name(PERSON_LIMIT), required=True, example="罗大春",
               aliases="姓名 名字 成员"),
        Column("birth_year", "出生年份", number(1900, 2200), required=True, example=1968,
               aliases="出生年 生年", told=_("Only the year: who is of age votes.")),
        Column("since", "取得成员身份日期", day, required=True, restore=date.fromisoformat,
               example="2019-08-01", aliases="取得时间 取得日期 确认日期 确认时间"),
        Column("gained", "取得方式", choice(GAINED), aliases="成员身份取得方式 取得原因",
               choices=tuple(words[0] for words in GAINED.values())),
        Column("apart", "同名另有其人", _apart, choices=("是",), aliases="同名",
               told=_("Yes, where another person of that name stands on the roll.")),
        _level(),
    ),
    make=make_member,
    key=lambda row: (row.hamlet, row.level, row.household_number, row.name, row.birth_year),
    intake=MemberIntake,
    take_in=record_members,
)  # fmt: skip

SHARES = SheetKind(
    name="collective_shares",
    label=_("Shares of households"),
    about=_("One row a holding, as it was quantified or brought in."),
    columns=(
        _household(),
        Column("name", "成员姓名", name(PERSON_LIMIT), aliases="姓名 名字 持股人",
               told=_("Left empty, the household itself holds it.")),
        Column("kind", "股份种类", choice(KINDS), required=True, example="成员股",
               aliases="股种 股权种类 种类", choices=tuple(words[0] for words in KINDS.values())),
        Column("quantity", "份额", hundredths(), required=True, example="1",
               aliases="股数 份额（股） 股份数 股份"),
        Column("area", "入股面积", hundredths(), aliases="面积 入股面积（亩） 亩数",
               told=_("In mu, of land for shares.")),
        Column("day", "取得日期", day, required=True, restore=date.fromisoformat,
               example="2019-08-01", aliases="取得时间 量化日期 入股日期"),
        _level(),
    ),
    make=make_share,
    key=lambda row: (row.hamlet, row.level, row.household_number, row.name, row.kind),
    intake=ShareIntake,
    take_in=record_shares,
)  # fmt: skip

SHEETS = [MEMBERS, SHARES]
