"""Stewards, and the households linked to them, as spreadsheets, out and in."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from genxu.core.sheets.kinds import Column, SheetKind
from genxu.core.sheets.values import day, mobile, name, number, words
from genxu.core.sheets.writing import Out
from genxu.people.models import NUMBER_LIMIT
from genxu.regions.columns import place_columns

from .link_intake import LinkIntake, LinkRow, record_links
from .models import NAME_LIMIT, Link, Posting
from .posting_intake import PostingIntake, PostingRow, record_postings

POSTING_COLUMNS: list[Out[Posting]] = [
    *place_columns(),
    Out(_("Unit"), "institution.name", 24),
    Out(_("Full name"), "name", 12),
    Out(_("Since"), "since", 12),
    Out(_("Households linked"), "linked", 12),
]
LINK_COLUMNS: list[Out[Link]] = [
    *place_columns(),
    Out(_("House number"), "household.number", 8),
    Out(_("Name of the head"), "household.head_name", 12),
    Out(_("Steward"), "posting.name", 12),
    Out(_("Who heard the yes"), "heard_by", 12),
    Out(_("Said yes on"), "since", 12),
]

POSTINGS = SheetKind(
    name="stewards",
    label=_("Stewards"),
    about=_("One row a steward: the unit that sends, the hamlet, name and number."),
    columns=(
        Column("institution", "下沉单位", words(NAME_LIMIT), required=True, example="区税务局",
               aliases="单位 派出单位 单位名称 所在单位"),
        Column("name", "姓名", name(NAME_LIMIT), required=True, example="陈小满",
               aliases="红色管家 管家姓名 党员姓名 名字"),
        Column("phone", "手机号", mobile, required=True, example="13800000000",
               aliases="电话 手机 联系电话 手机号码"),
        Column("since", "下沉日期", day, restore=date.fromisoformat, example="2023-03-01",
               aliases="下沉时间 派驻日期 起始日期", told=_("Left empty: today.")),
    ),
    make=lambda hamlet, given: PostingRow(hamlet, **given),
    key=lambda row: (row.hamlet, row.phone),
    intake=PostingIntake,
    take_in=record_postings,
)  # fmt: skip

LINKS = SheetKind(
    name="steward_links",
    label=_("Households of stewards"),
    about=_("One row a household that said yes to its steward."),
    columns=(
        Column("household_number", "户号", number(1, NUMBER_LIMIT), required=True, example=12,
               aliases="门牌序号 门牌号 户编号 户序号 住户编号 门牌"),
        Column("phone", "管家手机号", mobile, required=True, example="13800000000",
               aliases="红色管家电话 管家电话 手机号 联系电话"),
        Column("heard_by", "谁听见同意", name(NAME_LIMIT), required=True, example="罗大春",
               aliases="见证人 听见人 经办人"),
        Column("heard_on", "同意日期", day, required=True, restore=date.fromisoformat,
               example="2023-03-06", aliases="同意时间 结对日期"),
    ),
    make=lambda hamlet, given: LinkRow(hamlet, **given),
    key=lambda row: (row.hamlet, row.household_number),
    intake=LinkIntake,
    take_in=record_links,
)  # fmt: skip

SHEETS = [POSTINGS, LINKS]
