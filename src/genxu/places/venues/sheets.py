"""Places as spreadsheets, out and in: one row a place."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.sheets.kinds import Column, SheetKind
from genxu.core.sheets.values import choice, day, name, several, words
from genxu.core.sheets.writing import Out
from genxu.regions.columns import place_columns

from .models import NAME_LIMIT, OWNER_LIMIT, Element, Source, Venue
from .rows import VenueRow
from .venue_intake import VenueIntake, record_venues


def _rooms(venue: Any) -> str:
    return "、".join(str(room) for room in venue.usable)


def _seats(venue: Any) -> int:
    return sum(room.seats for room in venue.usable)


COLUMNS: list[Out[Venue]] = [
    *place_columns(),
    Out(_("Name of the place"), "name", 24),
    Out(_("Where it comes from"), lambda venue: venue.get_source_display(), 18),
    Out(_("In use since"), "since", 12),
    Out(_("Whose house it is"), "owner", 12),
    Out(_("Agreed until"), "agreed_until", 12),
    Out(_("Its rooms"), _rooms, 24),
    Out(_("Seats"), _seats, 8),
    Out(_("Of six elements"), "there", 8),
    Out(_("Whether in use"), lambda venue: venue.get_state_display(), 10),
]
SOURCES: dict[str, tuple[str, ...]] = {
    Source.OLD_HOUSE: ("老党员自有房", "自有房", "老党员家", "党员房屋"),
    Source.IDLE: ("盘活闲置资产", "闲置", "闲置资产", "闲置公房", "集体闲置"),
    Source.IMPROVED: ("提档升级", "升级", "文化礼堂", "改造提升"),
    Source.OTHER: ("其他", "新建"),
}
ELEMENTS: dict[str, tuple[str, ...]] = {
    Element.Kind.SIGN: ("标志牌", "牌子", "标识牌"),
    Element.Kind.FLAG: ("党旗",),
    Element.Kind.OATH: ("入党誓词", "誓词"),
    Element.Kind.WALL: ("党员群像图", "群像图", "党员墙"),
    Element.Kind.RULES: ("议事制度", "制度"),
    Element.Kind.OFFICE: ("办公室",),
}
_ROOMS = words(200)


def read_rooms(cell: Any) -> tuple[str, ...]:
    """Names set apart by 、 or a comma."""
    found = _ROOMS(cell)
    for mark in ",，;；":
        found = found.replace(mark, "、")
    return tuple(one.strip() for one in found.split("、") if one.strip())


SHEETS = [
    SheetKind(
        name="venues",
        label=_("Places"),
        about=_("One row a place of a hamlet; rooms and elements are added to those known."),
        columns=(
            Column("name", "阵地名称", words(NAME_LIMIT), required=True,
                   aliases="名称 阵地 活动场所 场所名称 党群活动中心",
                   example="罗家洲党员群众活动中心"),
            Column("source", "来源", choice(SOURCES), required=True, example="提档升级",
                   aliases="建设方式 来源方式 房屋来源",
                   choices=tuple(w[0] for w in SOURCES.values())),
            Column("since", "启用日期", day, required=True, restore=date.fromisoformat,
                   example="2021-07-01", aliases="启用时间 建成时间 建成日期 投用日期"),
            Column("owner", "产权人", name(OWNER_LIMIT), aliases="房主 业主 产权",
                   told=_("Empty if it is common property.")),
            Column("agreed_until", "协议到期", day, restore=date.fromisoformat,
                   aliases="协议到期日 协议期限 到期日期 租期至"),
            Column("rooms", "房间", read_rooms, restore=tuple, example="大厅、放映室",
                   aliases="功能室 场室 房间名称", told=_("Several rooms are set apart by 、")),
            Column("elements", "六要素", several(ELEMENTS), restore=tuple, example="标志牌、党旗",
                   aliases="六有 要素 已有要素", told=_("Those that are there, set apart by 、")),
        ),
        make=lambda hamlet, given: VenueRow(hamlet, **given),
        key=lambda row: (row.hamlet, row.name),
        intake=VenueIntake,
        take_in=record_venues,
    ),
]  # fmt: skip
