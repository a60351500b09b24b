"""The certificate (聘书) and the door plate (标牌): a snapshot → PDF, no query inside.

Both are Chinese, whoever prints them: they are official papers, and hang in a village.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.db.models import TextChoices
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from genxu.core.codes import CODE_LENGTH
from genxu.core.qr import Addresses
from genxu.core.typesetting import Document, Output, missing_glyphs, typeset
from genxu.jobs.running import plain_name

from .models import Duty

TEMPLATES = Path(__file__).parent / "typst"
DIGITS = "〇一二三四五六七八九"
PLACEHOLDER = "0" * CODE_LENGTH


class What(TextChoices):
    """What is printed for a centre household."""

    CERTIFICATE = "certificate", _("Certificates")
    PLATE = "plate", _("Door plates")

    @property
    def template(self) -> Path:
        return TEMPLATES / f"{self.value}.typ"

    @property
    def on_file(self) -> str:
        """Its name in the name of a file, for a printer's shop."""
        return {"certificate": "聘书", "plate": "标牌"}[self.value]


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on the papers of one centre household, as it was when it was read."""

    name: str
    hamlet: str
    village: str
    township: str
    county: str
    number: str
    card: str
    duties: tuple[str, ...]
    by_self: bool
    appointed_on: date
    term_ends_on: date | None

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts that may hold rare characters."""
        return (self.name, self.hamlet, self.village, self.township, self.county)

    @property
    def number_shown(self) -> str:
        """Township code, year and serial, apart: so they can be read out."""
        number = self.number
        return f"{number[:9]} {number[9:13]} {number[13:]}" if len(number) == 17 else number

    @property
    def file_name(self) -> str:
        return plain_name(f"{self.number} {self.name}.pdf")


def lacking(papers: Sequence[Paper]) -> dict[int, str]:
    """The papers that cannot be printed, by their position, with the characters no font has."""
    missing = missing_glyphs({text for paper in papers for text in paper.texts})
    found = {}
    for n, paper in enumerate(papers):
        characters = "".join(missing[text] for text in paper.texts if text in missing)
        if characters:
            found[n] = "".join(dict.fromkeys(characters))
    return found


def card_addresses(site: str) -> Addresses:
    """The addresses of the public cards under the site's own (``https://host``)."""
    before, after = reverse("centre_card", args=[PLACEHOLDER]).split(PLACEHOLDER)
    return Addresses(f"{site}{before}", CODE_LENGTH, after)


def chinese_day(day: date) -> str:
    """A day as it stands at the foot of an official paper: 二〇二六年五月十三日."""
    year = "".join(DIGITS[int(figure)] for figure in str(day.year))
    return f"{year}年{_chinese_count(day.month)}月{_chinese_count(day.day)}日"


def _chinese_count(number: int) -> str:
    """1 to 99 as one says it."""
    tens, ones = divmod(number, 10)
    front = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return front + (DIGITS[ones] if ones else "")


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _row(paper: Paper, addresses: Addresses, duties: dict[str, str]) -> dict[str, Any]:
    """The paper as the templates read it."""
    side, outline = addresses.outline(paper.card)
    term = ""
    if paper.term_ends_on:
        term = f"自{_day(paper.appointed_on)}至{_day(paper.term_ends_on)}"
    above = f"{paper.county}{paper.township}{paper.village}"
    return {
        "name": paper.name,
        "hamlet": paper.hamlet,
        "above": above,
        "place": above + paper.hamlet,
        "issuer": f"{paper.county}{paper.township}",
        "number": paper.number_shown,
        "way": "本人自荐、群众推荐、支部选聘" if paper.by_self else "群众推荐、支部选聘",
        "duties": "、".join(duties[one] for one in paper.duties if one in duties),
        "term": term,
        "day": chinese_day(paper.appointed_on),
        "side": side,
        "outline": outline,
    }


def _document(papers: Sequence[Paper], addresses: Addresses, name: str = "") -> Document:
    with translation.override("zh-hans"):
        duties = {duty.value: str(duty.label) for duty in Duty}
    rows = [_row(paper, addresses, duties) for paper in papers]
    texts = {text for paper in papers for text in paper.texts}
    return Document({"papers": rows}, name, tuple(texts))


def _moment(papers: Sequence[Paper]) -> int:
    """The moment written into a file: of the newest appointment in it, not of the printing."""
    newest = max(paper.appointed_on for paper in papers)
    return int(datetime.combine(newest, time(), UTC).timestamp())


def one(what: What, paper: Paper, site: str, kind: str = "pdf", dots: float = 144) -> bytes:
    """The paper of one centre household as PDF, or as a picture (``kind="png"``)."""
    document = _document([paper], card_addresses(site))
    return typeset(what.template, document, made_at=_moment([paper]), kind=kind, dots=dots)


def pile(what: What, papers: Sequence[Paper], addresses: Addresses, path: Path) -> Output:
    """A file of many: one PDF for a printer, or a ZIP of single ones, by the ending of ``path``."""
    if path.suffix == ".zip":
        documents = [_document([paper], addresses, paper.file_name) for paper in papers]
    else:
        documents = [_document(papers, addresses)]
    return Output(what.template, path, documents, _moment(papers), tagged=False)
