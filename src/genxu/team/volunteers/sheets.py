"""Volunteers as a spreadsheet, out and in; hours out."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.sheets.kinds import Column, SheetKind
from genxu.core.sheets.values import mobile, name, number
from genxu.core.sheets.writing import Out
from genxu.people.models import NAME_LIMIT, NUMBER_LIMIT
from genxu.regions.columns import place_columns

from .models import Hours, Volunteer, in_hours
from .rows import VolunteerRow
from .volunteer_intake import VolunteerIntake, record_volunteers

VOLUNTEER_COLUMNS: list[Out[Volunteer]] = [
    *place_columns(),
    Out(_("Volunteer"), "name", 12),
    Out(_("Phone"), "phone", 14),
    Out(_("Household"), lambda one: one.household.label if one.household else "", 18),
    Out(_("Since"), "accepted_on", 12),
    Out(_("Hours vouched for"), lambda one: in_hours(getattr(one, "worked", 0) or 0), 10),
]
HOURS_COLUMNS: list[Out[Hours]] = [
    *place_columns(),
    Out(_("Volunteer"), "volunteer.name", 12),
    Out(_("Day"), "day", 12),
    Out(_("From"), lambda one: f"{one.starts_at:%H:%M}", 8),
    Out(_("to"), lambda one: f"{one.ends_at:%H:%M}", 8),
    Out(_("Hours"), lambda one: in_hours(one.minutes), 8),
    Out(_("At what"), lambda one: str(one.told), 24),
    Out(_("How it stands"), lambda one: one.get_state_display(), 12),
    Out(_("Vouched by"), "vouched", 8),
    Out(_("Written down on"), "written_on", 12),
    Out(_("Written late"), lambda one: _("yes") if one.is_late else "", 8),
]


def make_row(hamlet: str, given: dict[str, Any]) -> VolunteerRow:
    phone, guardian = (given.pop(key) or "" for key in ("phone", "guardian"))
    return VolunteerRow(hamlet, phone=phone, guardian=guardian, **given)


VOLUNTEERS = SheetKind(
    name="volunteers",
    label=_("Volunteers"),
    about=_("One row a volunteer who said so himself."),
    columns=(
        Column("name", "姓名", name(NAME_LIMIT), required=True, example="罗大春",
               aliases="志愿者姓名 志愿者 名字"),
        Column("phone", "手机号", mobile, example="13900000000",
               aliases="手机 电话 联系电话 手机号码 联系方式"),
        Column("household_number", "户号", number(1, NUMBER_LIMIT),
               aliases="门牌序号 门牌号 户编号 户序号 家庭编号 住户编号 门牌"),
        Column("guardian", "监护人", name(NAME_LIMIT),
               aliases="监护人姓名 同意的家长 家长",
               told=_("Only for one who is not 18 yet: who of the family agrees.")),
    ),
    make=make_row,
    key=lambda row: (row.hamlet, row.name, row.phone, row.household_number),
    intake=VolunteerIntake,
    take_in=record_volunteers,
)  # fmt: skip
SHEETS = [VOLUNTEERS]
