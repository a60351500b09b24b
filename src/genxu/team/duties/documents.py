"""The rota for the wall: a snapshot → PDF, no query inside. Chinese, as it hangs in a village."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.calendar import is_working_day
from genxu.core.errors import Conflict
from genxu.core.typesetting import Document, missing_glyphs, typeset
from genxu.jobs.running import plain_name

from .models import Rota, Turn
from .queries import Share

TEMPLATE = Path(__file__).parent / "typst" / "wall.typ"
WEEK = "一二三四五六日"


@dataclass(frozen=True)
class Sheet:
    """What hangs on the wall, as it was when it was read."""

    data: dict[str, Any]
    texts: tuple[str, ...]


def file_name(rota: Rota) -> str:
    with translation.override("zh-hans"):
        return plain_name(f"{rota.hamlet} {rota}.pdf")


def sheet_of(rota: Rota, turns: Sequence[Turn], shares: Sequence[Share]) -> Sheet:
    """From this month on, month by month; behind each name how many turns it has in all."""
    first = clock.today().replace(day=1)
    shown = [turn for turn in turns if turn.day >= first]
    months = [
        {"name": f"{month.year}年{month.month}月", "days": _days(list(rows))}
        for month, rows in groupby(shown, key=lambda turn: turn.day.replace(day=1))
    ]
    having = [one for one in shares if one.count]
    with translation.override("zh-hans"):
        title, days = str(rota), rota.weekdays_told
        people = [{"name": str(one.person), "told": str(one.told)} for one in having]
    data = {
        "title": title, "place": f"{rota.hamlet.parent}{rota.hamlet}", "days": days,
        "span": f"{_day(rota.starts_on)}至{_day(rota.ends_on)}", "months": months,
        "people": people, "made": _day(clock.today()),
    }  # fmt: skip
    names = {str(one.person) for one in having} | {str(turn.person) for turn in shown}
    return Sheet(data, (title, str(data["place"]), *sorted(names)))


def _days(turns: Sequence[Turn]) -> list[dict[str, Any]]:
    return [
        {"day": f"{day.day}日", "week": WEEK[day.weekday()], "rest": not is_working_day(day),
         "names": [str(turn.person) for turn in rows]}
        for day, rows in groupby(turns, key=lambda turn: turn.day)
    ]  # fmt: skip


def _day(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def wall(sheet: Sheet) -> bytes:
    """The PDF; ``Conflict`` names characters that no font here can print."""
    if lacking := missing_glyphs(sheet.texts):
        told = {"characters": "".join(dict.fromkeys("".join(lacking.values())))}
        raise Conflict(_("No font here can print: %(characters)s") % told)
    made_at = int(datetime.combine(clock.today(), time(), UTC).timestamp())
    return typeset(TEMPLATE, Document(sheet.data, texts=sheet.texts), made_at=made_at)
