"""The sheet of open accounts for the wall: a snapshot → PDF, no query inside. Chinese, as it hangs
in a village; no name of a person stands on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from genxu.core.errors import Conflict
from genxu.core.money import yuan
from genxu.core.qr import Addresses
from genxu.core.typesetting import Document, missing_glyphs, typeset

from . import telling
from .drawing import CAME, WENT
from .models import Disclosure, Told, parts_of

TEMPLATE = Path(__file__).parent / "typst" / "wall.typ"


@dataclass(frozen=True)
class Sheet:
    """What hangs on the wall, as it was when it was read."""

    data: dict[str, Any]
    texts: tuple[str, ...]
    day: date


def sheet_of(
    one: Disclosure, lines: Sequence[Told], remark: str, address: str, paper: str
) -> Sheet:
    assert one.published_on is not None
    with translation.override("zh-hans"):
        groups = telling.grouped(one)
        side, outline = Addresses(address[:-1], 1).outline(address[-1])
        parts: list[dict[str, Any]] = [
            {"title": str(part.label), "lines": [_line(line) for line in found]}
            for part, found in parts_of(list(lines))
        ]
        data = {
            "paper": paper, "place": str(one.place), "book": one.book.get_kind_display(),
            "title": one.days, "shown": _day(one.published_on), "why": one.why, "remark": remark,
            "sums": [["有", yuan(one.opened)], ["进", yuan(one.came)], ["出", yuan(one.went)],
                     ["还有", yuan(one.closing)]],
            "late": yuan(one.late) if one.late else "", "parts": parts,
            "groups": [[name, [[str(word), yuan(fen)] for word, fen in groups.get(key, [])]]
                       for key, name in ((CAME, "进的钱"), (WENT, "出的钱"))],
            "side": side, "outline": outline,
            "above": str(telling.township_of(one.place) or ""),
        }  # fmt: skip
    texts = {line[1] for part in parts for line in part["lines"]} | {
        remark,
        one.why,
        str(one.place),
    }
    return Sheet(data, tuple(sorted(texts)), one.published_on)


def _line(line: Told) -> list[str]:
    """Day, sentence, sum with its sign."""
    decided = telling.decided_by(line)
    said = [line.text]
    if line.is_person or line.who:
        who = "一位村民" if line.is_person else line.who
        said.append(f"{'收自' if line.is_income else '给'}{who}")
    if decided:
        said.append(f"{decided.title}定的")
    if line.paper:
        said.append(f"单据 {line.paper}")
    if line.reason:
        said.append(f"缘由：{line.reason}")
    sign = "+" if line.net > 0 else "−" if line.net else ""
    return [f"{line.entry.day.month}月{line.entry.day.day}日", "，".join(said),
            f"{sign}{yuan(line.sum)}"]  # fmt: skip


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def wall(sheet: Sheet) -> bytes:
    """The PDF; ``Conflict`` names characters that no font here can print."""
    if lacking := missing_glyphs(sheet.texts):
        told = "".join(dict.fromkeys("".join(lacking.values())))
        raise Conflict(_("These cannot be printed, no font here has the characters: %s") % told)
    made_at = int(datetime.combine(sheet.day, time(), UTC).timestamp())
    return typeset(TEMPLATE, Document(sheet.data, texts=sheet.texts), made_at=made_at)
