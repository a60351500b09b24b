"""The register as a spreadsheet, out and in: what goes out can be brought in again."""

from collections.abc import Callable, Hashable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core.access import system
from genxu.core.sheets.kinds import Column, SheetKind
from genxu.core.sheets.values import mobile, name, number
from genxu.core.sheets.writing import Out
from genxu.regions.codes import Level

from .household_intake import HouseholdIntake, register_households
from .models import HEADS_LIMIT, NAME_LIMIT, NUMBER_LIMIT, Household
from .queries import name_at, place_names
from .rows import HouseholdRow


def columns(names: dict[str, str]) -> list[Out[Household]]:
    """Where, who, how many; ``names`` are the names of the places by their codes."""

    def at(level: Level) -> Callable[[Household], str]:
        return lambda one: name_at(names, one.hamlet_id, level)

    return [
        Out(_("County"), at(Level.COUNTY)),
        Out(_("Township"), at(Level.TOWNSHIP)),
        Out(_("Village"), at(Level.VILLAGE)),
        Out(_("Hamlet"), at(Level.HAMLET)),
        Out(_("Code of the hamlet"), "hamlet_id", 18),
        Out(_("House number"), "number", 10),
        Out(_("Name of the head"), "head_name"),
        Out(_("Phone number"), "phone", 16),
        Out(_("How many people"), "head_count", 10),
    ]


def rows_of(place: str) -> QuerySet[Household]:
    """All who live below a place, for the operator."""
    return Household.objects.under(place).living_here().order_by("hamlet", "number")


def make_row(hamlet: str, given: dict[str, Any]) -> HouseholdRow:
    return HouseholdRow(
        hamlet, given["number"], given["head_name"], given["phone"], given["head_count"]
    )


def key_of(row: HouseholdRow) -> Hashable:
    """Two rows of one household: the same number or, without one, the same head and phone."""
    if row.number is None:
        return row.hamlet, row.head_name, row.phone
    return row.hamlet, row.number


HOUSEHOLDS = SheetKind(
    name="households",
    label=_("Households"),
    about=_("One row a household: its head, a phone number, how many people live there."),
    columns=(
        Column(
            "number", "户号", number(1, NUMBER_LIMIT), example=1,
            aliases="门牌序号 门牌号 户编号 户序号 家庭编号 住户编号 编号 门牌 号数",
            told=_("If there is one; it tells households of the same name apart."),
        ),
        Column(
            "head_name", "户主姓名", name(NAME_LIMIT), required=True, example="罗大春",
            aliases="户主 姓名 户主名 家庭户主 户主名字 户主姓名",
        ),
        Column(
            "phone", "联系电话", mobile, example="13800000000",
            aliases="电话 手机 手机号 手机号码 电话号码 联系方式 户主电话 户主手机 联系电话号码",
            told=_("A mobile number, or nothing."),
        ),
        Column(
            "head_count", "人数", number(1, HEADS_LIMIT), required=True, example=4,
            aliases="人口 家庭人口 家庭人数 人口数 户籍人口 常住人口 家庭人口数 口数 几口人",
        ),
    ),
    make=make_row,
    key=key_of,
    intake=HouseholdIntake,
    take_in=register_households,
    rows=rows_of,
    out=lambda place: columns(place_names(system("operator"), place)),
)  # fmt: skip

SHEETS = [HOUSEHOLDS]
