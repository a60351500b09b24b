"""Councils as spreadsheets, out and in: one row a seat."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.sheets.kinds import Column, SheetKind
from genxu.core.sheets.values import choice, day, name, number, several
from genxu.core.sheets.writing import Out
from genxu.people.models import NAME_LIMIT, NUMBER_LIMIT
from genxu.regions.columns import place_columns

from .models import Group, Seat
from .rows import SeatRow
from .seat_intake import SeatIntake, record_councils


def _groups(seat: Seat) -> str:
    return "、".join(str(Group(one).label) for one in seat.groups if one in Group)


COLUMNS: list[Out[Seat]] = [
    *place_columns(),
    Out(_("Name"), "name", 12),
    Out(_("Duty"), lambda seat: seat.get_duty_display(), 10),
    Out(_("Groups"), _groups, 40),
    Out(_("Leads"), lambda seat: seat.get_leads_display() if seat.leads else "", 16),
    Out(_("Formed on"), "council.formed_on", 12),
    Out(_("Term ends on"), "council.term_ends_on", 12),
]

DUTIES: dict[str, tuple[str, ...]] = {
    Seat.Duty.CHAIR: ("理事长", "会长"),
    Seat.Duty.DEPUTY: ("副理事长", "副会长"),
    Seat.Duty.MEMBER: ("理事", "成员", "理事会成员", "会员"),
}
GROUPS: dict[str, tuple[str, ...]] = {
    Group.WEDDINGS: ("红白理事组", "红白理事", "红白"),
    Group.MORALS: ("道德评议组", "道德评议", "道德"),
    Group.DELIBERATION: ("村民议事组", "村民议事", "议事"),
    Group.VICES: ("禁赌禁毒组", "禁赌禁毒", "禁毒禁赌组"),
    Group.HEALTH: ("公共卫生监督组", "公共卫生监督", "公共卫生组", "卫生监督组", "卫生"),
}


def make_row(hamlet: str, given: dict[str, Any]) -> SeatRow:
    duty = given.pop("duty") or Seat.Duty.MEMBER
    return SeatRow(hamlet, duty=duty, **given)


SEATS = SheetKind(
    name="councils",
    label=_("Councils"),
    about=_("One row a seat; a hamlet without a council gets one."),
    columns=(
        Column(
            "name", "姓名", name(NAME_LIMIT), required=True, example="罗大春",
            aliases="理事姓名 成员姓名 名字 理事会成员",
        ),
        Column(
            "duty", "职务", choice(DUTIES), example="理事长",
            aliases="理事会职务 担任职务 职位", choices=tuple(w[0] for w in DUTIES.values()),
            told=_("Left empty, a member without another duty."),
        ),
        Column(
            "groups", "所在小组", several(GROUPS), example="红白理事组、村民议事组",
            aliases="小组 所属小组 工作组 所在组 组别", restore=tuple,
            told=_("Several are set apart by 、"),
        ),
        Column(
            "leads", "任组长", choice(GROUPS), choices=tuple(w[0] for w in GROUPS.values()),
            aliases="组长 负责小组 牵头小组 担任组长", told=_("The group that the person leads."),
        ),
        Column(
            "formed_on", "成立日期", day, restore=date.fromisoformat, example="2021-07-01",
            aliases="成立时间 组建时间 组建日期", told=_("Of the council, where it is new."),
        ),
        Column(
            "household_number", "户号", number(1, NUMBER_LIMIT),
            aliases="门牌序号 门牌号 户编号 户序号 家庭编号 住户编号 门牌",
        ),
    ),
    make=make_row,
    key=lambda row: (row.hamlet, row.name),
    intake=SeatIntake,
    take_in=record_councils,
)  # fmt: skip

SHEETS = [SEATS]
