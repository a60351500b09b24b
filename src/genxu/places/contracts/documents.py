"""The rents that are owed or come due, on paper: a snapshot → PDF, no query inside. Chinese, as it
lies on a desk in a village."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from genxu.core.cuts import First
from genxu.core.errors import Conflict
from genxu.core.money import yuan
from genxu.core.typesetting import Document, missing_glyphs, typeset

from .models import AHEAD, Contract

TEMPLATE = Path(__file__).parent / "typst" / "dues.typ"


@dataclass(frozen=True)
class Paper:
    """What stands on it, as it was when it was read."""

    data: dict[str, Any]
    texts: tuple[str, ...]
    day: date


def paper_of(place: str, rows: "First[Contract]", day: date) -> Paper:
    """Each contract with the oldest rent that is owed of it, and the two sums."""
    lines = [_line(one, day) for one in rows]
    coming, paid = (
        sum(one.next_owed for one in rows if one.comes_in == comes) for comes in (False, True)
    )
    data = {
        "place": place, "made": _day(day), "until": _day(day + AHEAD), "lines": lines,
        "coming": yuan(coming), "paid": yuan(paid), "cut": bool(rows.cut),
    }  # fmt: skip
    texts = (place, *(str(line[name]) for line in lines for name in ("what", "side", "place")))
    return Paper(data, texts, day)


def _line(one: Contract, day: date) -> dict[str, Any]:
    with translation.override("zh-hans"):
        side = one.other_side
    assert one.next_due is not None
    return {
        "place": str(one.place), "what": str(one), "side": side, "due": _day(one.next_due),
        "owed": one.owed_told, "pays": one.comes_in, "late": one.next_due < day,
    }  # fmt: skip


def dues(paper: Paper) -> bytes:
    """The PDF; ``Conflict`` names what no font can print."""
    lacking = "".join(dict.fromkeys("".join(missing_glyphs(set(paper.texts)).values())))
    if lacking:
        text = _("These cannot be printed, no font here has the characters: %s")
        raise Conflict(text % lacking)
    made_at = int(datetime.combine(paper.day, time(), UTC).timestamp())
    return typeset(TEMPLATE, Document(paper.data, texts=paper.texts), made_at=made_at)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
