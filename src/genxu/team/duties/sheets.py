"""Rotas as spreadsheets: out, one row a turn; in, one row somebody on a rota."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.sheets.kinds import Column, SheetKind
from genxu.core.sheets.values import choice, day, mobile, name, words
from genxu.core.sheets.writing import Out
from genxu.regions.columns import place_columns

from .models import NAME_LIMIT, PERSON_LIMIT, Rota, Turn
from .people_intake import PersonIntake, PersonRow, record_duty_people

COLUMNS: list[Out[Turn]] = [
    *place_columns("rota.hamlet"),
    Out(_("What for"), "rota", 18),
    Out(_("Day"), "day", 12),
    Out(_("Who comes"), "person", 12),
    Out(_("How it came"), lambda turn: turn.get_how_display(), 12),
    Out(_("Instead of"), lambda turn: turn.instead_of or "", 12),
]

YES: dict[str, tuple[str, ...]] = {"yes": ("是", "免", "免排", "对", "✓"), "": ("否", "不免")}
ROTAS: dict[str, str] = {
    "清扫": Rota.Kind.CLEANUP, "大清扫": Rota.Kind.CLEANUP, "清扫员": Rota.Kind.CLEANUP,
    "每周清扫": Rota.Kind.CLEANUP, "监督": Rota.Kind.WATCH, "监督员": Rota.Kind.WATCH,
    "监督值班": Rota.Kind.WATCH, "": Rota.Kind.CLEANUP,
}  # fmt: skip


def make_row(hamlet: str, given: dict[str, Any]) -> PersonRow:
    said = given.pop("rota") or ""
    exempt, new = bool(given.pop("exempt")), bool(given.pop("new_hand"))
    rota = ROTAS.get(said, said)
    return PersonRow(hamlet, rota=str(rota), exempt=exempt, new_hand=new, **given)


PEOPLE = SheetKind(
    name="duty_people",
    label=_("People on duty rotas"),
    about=_("One row a person; the rota is prepared in the hamlet first."),
    columns=(
        Column(
            "rota", "轮值", words(NAME_LIMIT), example="清扫",
            aliases="轮值名称 值班 岗位 三员", told=_("清扫, 监督, or what it is called there."),
        ),
        Column(
            "name", "姓名", name(PERSON_LIMIT), required=True, example="罗大春",
            aliases="党员姓名 人员 名字",
        ),
        Column("phone", "电话", mobile, aliases="手机 手机号 手机号码 联系电话"),
        Column(
            "since", "可值班起", day, restore=date.fromisoformat, aliases="开始日期 起",
            told=_("Left empty, from the first day."),
        ),
        Column(
            "until", "可值班止", day, restore=date.fromisoformat, aliases="结束日期 止",
            told=_("Left empty, to the last day."),
        ),
        Column(
            "exempt", "免排", choice(YES), aliases="不排 免值", choices=("是", "否"),
            told=_("Who is exempt; no reason is asked."),
        ),
        Column("new_hand", "新手", choice(YES), aliases="新人", choices=("是", "否")),
    ),
    make=make_row,
    key=lambda row: (row.hamlet, row.rota, row.name, row.phone),
    intake=PersonIntake,
    take_in=record_duty_people,
)  # fmt: skip

SHEETS = [PEOPLE]
