"""The columns that say where: every kind has them, and no row is read without its hamlet."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.sheets.kinds import Column
from genxu.core.sheets.values import text
from genxu.regions.naming import Places, Unplaced

PREFIX = "at_"
COLUMNS = (
    Column(
        "at_code", "湾编码", text,
        aliases="湾代码 湾的编码 村湾编码 区划代码 地区代码 行政区划代码 编码 代码 地点编码",
        told=_("15 digits; then the names may be left out."),
    ),
    Column("at_county", "县市区", text, aliases="县 县区 县市 区县 所在县 县名称"),
    Column(
        "at_township", "乡镇", text, example="新街镇",
        aliases="镇 乡 街道 乡镇街道 镇街 所在乡镇 所属乡镇 乡镇名称 镇名 乡镇办 镇乡街道 乡镇场",
    ),
    Column(
        "at_village", "村", text, example="港东村",
        aliases="行政村 村社区 社区 村居 所在村 所属村 村名 村名称 村委会 行政村名称 所在行政村",
        told=_("With or without 村委会 or 居委会 behind it."),
    ),
    Column(
        "at_hamlet", "湾", text, example="罗家洲",
        aliases="村湾 自然湾 自然村 自然村湾 湾子 湾名 湾组 屋场 所在湾 所在村湾 所属村湾 塆 组 "
        "小组 村民小组 地点",
        told=_("The village may stand before it in the same cell: 港东村罗家洲."),
    ),
)  # fmt: skip
"""Keys with the prefix, so that no kind's own column meets them."""
KEYS = tuple(column.key for column in COLUMNS)

Find = Callable[[Sequence[Any]], "str | tuple[str, str]"]


def finder(places: Places, columns: Mapping[str, int]) -> Find:
    """A function from the cells of a row to the code of its hamlet, or to (key, sentence).

    ``columns`` are key → column of the file. Each way of writing is worked out once.
    """
    given = [(key.removeprefix(PREFIX), columns[key]) for key in KEYS if key in columns]
    at = [n for _name, n in given]
    known: dict[tuple[Any, ...], str | tuple[str, str]] = {}

    def find(cells: Sequence[Any]) -> str | tuple[str, str]:
        key = tuple([cells[n] if n < len(cells) else "" for n in at])
        found = known.get(key)
        if found is None:
            try:
                found = places.hamlet(
                    **{name: text(cell) for (name, _n), cell in zip(given, key, strict=True)}
                )
            except Unplaced as error:
                found = (PREFIX + error.column, str(error))
            known[key] = found
        return found

    return find
