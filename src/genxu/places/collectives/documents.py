"""The share certificate (股权证): a snapshot → PDF, no query inside. Chinese, whoever prints it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils import translation

from genxu.core.codes import CODE_LENGTH
from genxu.core.qr import Addresses
from genxu.core.typesetting import Document, Output, missing_glyphs, typeset
from genxu.jobs.running import plain_name

from .models import Certificate, Charter, Collective
from .shares import shown

TEMPLATE = Path(__file__).parent / "typst" / "certificate.typ"
PLACEHOLDER = "0" * CODE_LENGTH


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on the certificate of one household, as it was issued."""

    collective: str
    registered: str
    above: str
    holder: str
    door: str
    number: str
    card: str
    issued_on: date
    lines: tuple[tuple[str, str, str], ...]
    total: str

    @classmethod
    def of(cls, collective: Collective, charter: Charter, one: Certificate, above: str) -> "Paper":
        with translation.override("zh-hans"):
            lines = tuple(
                (name, str(charter.called(kind)), shown(many)) for name, kind, many in one.lines
            )
        home = one.household
        return cls(
            collective=collective.name, registered=collective.number, above=above,
            holder=home.head_name, door=f"{home.hamlet.short_name} {home.number}号",
            number=one.number, card=one.card, issued_on=one.issued_on, lines=lines,
            total=shown(one.total),
        )  # fmt: skip

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts that may hold rare characters."""
        return (self.holder, self.collective, self.door, *(line[0] for line in self.lines))

    @property
    def file_name(self) -> str:
        return plain_name(f"股权证 {self.number} {self.holder}.pdf")


def lacking(papers: Sequence[Paper]) -> list[str]:
    """The characters that no font here has, each with its code point."""
    missing = missing_glyphs({text for paper in papers for text in paper.texts})
    signs = dict.fromkeys("".join(missing.values()))
    return [f"{one} (U+{ord(one):04X})" for one in signs]


def addresses(site: str) -> Addresses:
    """What the codes on certificates lead to."""
    before, after = reverse("share_certificate", args=[PLACEHOLDER]).split(PLACEHOLDER)
    return Addresses(f"{site}{before}", CODE_LENGTH, after)


def _row(paper: Paper, codes: Addresses) -> dict[str, Any]:
    side, outline = codes.outline(paper.card)
    day = paper.issued_on
    return {
        "collective": paper.collective,
        "registered": paper.registered,
        "above": paper.above,
        "holder": paper.holder,
        "door": paper.door,
        "number": paper.number,
        "lines": [list(line) for line in paper.lines],
        "total": paper.total,
        "day": f"{day.year}年{day.month}月{day.day}日",
        "side": side,
        "outline": outline,
    }


def _document(papers: Sequence[Paper], codes: Addresses) -> Document:
    texts = tuple({text for paper in papers for text in paper.texts})
    return Document({"papers": [_row(paper, codes) for paper in papers]}, "", texts)


def _moment(papers: Sequence[Paper]) -> int:
    newest = max(paper.issued_on for paper in papers)
    return int(datetime.combine(newest, time(), UTC).timestamp())


def one(paper: Paper, site: str) -> bytes:
    """The certificate of one household."""
    document = _document([paper], addresses(site))
    return typeset(TEMPLATE, document, made_at=_moment([paper]))


def pile(papers: Sequence[Paper], codes: Addresses, path: Path) -> Output:
    """Those of many in one file, for a printer."""
    return Output(TEMPLATE, path, [_document(papers, codes)], _moment(papers), tagged=False)
