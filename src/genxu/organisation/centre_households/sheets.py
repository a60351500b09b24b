"""Centre households as spreadsheets, out and in: what comes in was appointed on paper."""

from collections.abc import Hashable
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.sheets.kinds import Column, SheetKind
from genxu.core.sheets.values import day, mobile, name, number, words
from genxu.core.sheets.writing import Out
from genxu.people.models import NUMBER_LIMIT
from genxu.people.roles import KEEPERS

from .centre_household_intake import CentreHouseholdIntake, register_centre_households
from .facts import NAME_LIMIT
from .models import CentreHousehold
from .rows import CentreHouseholdRow

COLUMNS: list[Out[CentreHousehold]] = [
    Out(_("Township"), "hamlet.parent.parent", 14),
    Out(_("Village"), "hamlet.parent", 14),
    Out(_("Hamlet"), "hamlet", 14),
    Out(_("Name of the person"), str, 12),
    Out(_("State"), lambda one: one.get_state_display(), 14),
    Out(_("Duties"), lambda one: "、".join(str(label) for label in one.duty_labels), 40),
    Out(_("Appointed on"), "appointed_on", 12),
    Out(_("Term ends on"), "term_ends_on", 12),
    Out(_("Certificate"), "certificate", 20),
]
KEPT: list[Out[CentreHousehold]] = [
    Out(_("Number of the household"), "household.number", 12),
    Out(_("Head of the household"), "household.head_name", 14),
    Out(_("Left on"), "left_on", 12),
    Out(_("Reason"), lambda one: one.get_leaving_display(), 14),
]
"""Only for those who keep the register."""


def columns_for(actor: Actor) -> list[Out[CentreHousehold]]:
    """Whoever keeps one hamlet and reads a county besides gets the register's for that hamlet."""

    def where_kept(column: Out[CentreHousehold]) -> Out[CentreHousehold]:
        read = column.reader()
        return replace(
            column, value=lambda one: read(one) if actor.holds(KEEPERS, one.hamlet_id) else ""
        )

    return [*COLUMNS, *(map(where_kept, KEPT) if actor.plays(KEEPERS) else [])]


def make_row(hamlet: str, given: dict[str, Any]) -> CentreHouseholdRow:
    return CentreHouseholdRow(hamlet, **given)


def key_of(row: CentreHouseholdRow) -> Hashable:
    """Two rows of one household: the same number or, without one, the same head and phone."""
    if row.household_number is None:
        return row.hamlet, row.head_name, row.phone
    return row.hamlet, row.household_number


CENTRE_HOUSEHOLDS = SheetKind(
    name="centre_households",
    label=_("Centre households"),
    about=_("One row an appointment; the household must be in the register already."),
    columns=(
        Column(
            "household_number", "户号", number(1, NUMBER_LIMIT), example=1,
            aliases="门牌序号 门牌号 户编号 户序号 家庭编号 住户编号 门牌",
            told=_("Needed where two heads of the hamlet have the same name."),
        ),
        Column(
            "head_name", "户主姓名", name(NAME_LIMIT), required=True, example="罗大春",
            aliases="户主 中心户户主 中心户 中心户名称 户主名",
        ),
        Column(
            "person_name", "中心户姓名", name(NAME_LIMIT),
            aliases="姓名 中心户长 中心户长姓名 中心户负责人 负责人",
            told=_("Who of the household serves, if it is not its head."),
        ),
        Column(
            "phone", "联系电话", mobile, example="13800000000",
            aliases="电话 手机 手机号 手机号码 电话号码 联系方式",
        ),
        Column(
            "appointed_on", "聘任日期", day, required=True, restore=date.fromisoformat,
            example="2023-05-24",
            aliases="聘任时间 受聘日期 受聘时间 聘用日期 聘书日期 任职时间 任职日期 发证日期",
        ),
        Column(
            "term_ends_on", "聘期届满", day, restore=date.fromisoformat,
            aliases="届满日期 届满时间 聘期至 到期时间 任期届满 任期截止 有效期至",
            told=_("Left empty, it runs for the usual term."),
        ),
        Column(
            "certificate", "聘书编号", words(40),
            aliases="证书编号 聘书号 编号 证书号",
            told=_("A number of ours is kept; another one is replaced."),
        ),
    ),
    make=make_row,
    key=key_of,
    intake=CentreHouseholdIntake,
    take_in=register_centre_households,
)  # fmt: skip

SHEETS = [CENTRE_HOUSEHOLDS]
