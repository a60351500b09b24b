"""The papers of a distribution: the sheet to be signed (签字表), a slip for each household.

A snapshot → PDF, no query inside. Chinese, whoever prints them: they hang and are kept in a
village.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from genxu.core.qr import Addresses
from genxu.core.typesetting import Document, Output, missing_glyphs

TEMPLATES = Path(__file__).parent / "typst"
BLANK = "＿"
"""In place of a character that no font here has: to be written by hand."""


class What(TextChoices):
    """What is printed of a distribution."""

    SHEET = "sheet", _("The sheet to be signed")
    SLIPS = "slips", _("A slip for each household")

    @property
    def template(self) -> Path:
        return TEMPLATES / f"{self.value}.typ"

    @property
    def on_file(self) -> str:
        """Its name in the name of a file."""
        return {"sheet": "签字表", "slips": "分配明细条"}[self.value]


@dataclass(frozen=True, slots=True)
class Head:
    """What is the same on all papers of a distribution: texts, as they are read."""

    collective: str
    place: str
    year: int
    as_of: str
    lines: tuple[tuple[str, str, str], ...]
    shares: str
    decided: str
    paper_day: date


@dataclass(frozen=True, slots=True)
class Row:
    """One household on them."""

    n: int
    hamlet: str
    number: int
    name: str
    shares: str
    sum: str
    odd: bool


def printable(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The rows as they can be printed, and those of which a character is left to the hand."""
    missing = missing_glyphs({one.name for one in rows} | {one.hamlet for one in rows})
    if not missing:
        return list(rows), []
    changed = [
        Row(**{**asdict(one), "name": _blanked(one.name, missing),
               "hamlet": _blanked(one.hamlet, missing)})
        for one in rows
    ]  # fmt: skip
    return changed, [one for one in rows if one.name in missing or one.hamlet in missing]


def _blanked(text: str, missing: dict[str, str]) -> str:
    return "".join(BLANK if c in missing.get(text, "") else c for c in text)


def outline_of(address: str) -> tuple[int, str]:
    """The QR code of the public page: its side, and the path of its dark modules."""
    return Addresses(address[:-1], 1).outline(address[-1])


def _data(head: Head, rows: Sequence[Row], address: str, total: str) -> dict[str, Any]:
    side, outline = outline_of(address)
    known = asdict(head)
    known["paper_day"] = f"{head.paper_day.year}年{head.paper_day.month}月{head.paper_day.day}日"
    return {
        **known, "side": side, "outline": outline, "total": total,
        "rows": [[one.n, one.hamlet, one.number, one.name, one.shares, one.sum, one.odd]
                 for one in rows],
    }  # fmt: skip


def pile(
    what: What, head: Head, rows: Sequence[Row], address: str, total: str, path: Path
) -> Output:
    """A file of these households; ``rows`` are printable."""
    texts = (head.collective, head.place, *{one.name for one in rows})
    document = Document(_data(head, rows, address, total), texts=texts)
    made_at = int(datetime.combine(head.paper_day, time(), UTC).timestamp())
    return Output(what.template, path, [document], made_at, tagged=False)
