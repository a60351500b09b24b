"""The certificate of hours (志愿服务记录证明): what was kept of it → PDF, no query inside.

Chinese whoever prints it, as every official paper.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.urls import reverse

from genxu.core.codes import CODE_LENGTH
from genxu.core.qr import Addresses
from genxu.core.typesetting import Document, missing_glyphs, typeset

from .models import Certificate, in_hours

TEMPLATE = Path(__file__).parent / "typst" / "certificate.typ"


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on a certificate."""

    name: str
    hamlet: str
    issuer: str
    since: date
    until: date
    made_on: date
    minutes: int
    code: str
    lines: tuple[dict[str, Any], ...]

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.name, self.hamlet, self.issuer, *(line["what"] for line in self.lines))


def paper_of(one: Certificate) -> Paper:
    village = one.hamlet.parent
    issuer = f"{village.parent if village else ''}{village or ''}"
    return Paper(one.name, str(one.hamlet), issuer, one.since, one.until, one.made_on,
                 one.minutes, one.code, tuple(one.lines))  # fmt: skip


def lacking(paper: Paper) -> str:
    """The characters that no font here has; the paper is not printed with a crossed box."""
    found = "".join(missing_glyphs(set(paper.texts)).values())
    return "".join(dict.fromkeys(found))


def print_certificate(paper: Paper, site: str) -> bytes:
    addresses = Addresses(f"{site}{reverse('find_hours')}#", CODE_LENGTH)
    side, outline = addresses.outline(paper.code)
    data = {
        "name": paper.name, "hamlet": paper.hamlet, "issuer": paper.issuer,
        "since": _day(paper.since), "until": _day(paper.until), "day": _day(paper.made_on),
        "hours": in_hours(paper.minutes), "side": side, "outline": outline,
        "lines": [_line(line) for line in paper.lines],
    }  # fmt: skip
    made_at = int(datetime.combine(paper.made_on, time(), UTC).timestamp())
    return typeset(TEMPLATE, Document(data, texts=paper.texts), made_at=made_at)


def _line(line: dict[str, Any]) -> list[str]:
    written = _day(date.fromisoformat(line["written_on"]))
    return [
        _day(date.fromisoformat(line["day"])), f"{line['starts_at']}–{line['ends_at']}",
        in_hours(line["minutes"]), line["what"],
        f"{written}（补记）" if line["late"] else written, f"{line['vouched']}人",
    ]  # fmt: skip


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
