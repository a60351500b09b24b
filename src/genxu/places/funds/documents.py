"""The receipt for what came into a fund (收据): a snapshot → PDF, no query inside. Chinese, as any
paper; the sum in figures and in capitals."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from genxu.core.codes import CODE_LENGTH
from genxu.core.errors import Conflict
from genxu.core.money import in_capitals, yuan
from genxu.core.qr import Addresses
from genxu.core.typesetting import Document, missing_glyphs, typeset

from .models import Contribution

TEMPLATE = Path(__file__).parent / "typst" / "receipt.typ"


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on it: a sum, or things in place of one."""

    number: str
    place: str
    giver: str
    source: str
    amount: int | None
    goods: str
    purse: str
    day: date
    noted_on: date
    noted_by: str
    code: str
    is_gift: bool

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.place, self.giver, self.goods, self.noted_by)


def paper_of(one: Contribution) -> Paper:
    village = one.hamlet.parent
    above = f"{village.parent or ''}{village}" if village else ""
    with translation.override("zh-hans"):
        source, purse = str(one.get_source_display()), str(one.get_purse_display())
    return Paper(
        number=one.number, place=f"{above}{one.hamlet}", giver=one.giver, source=source,
        amount=one.amount, goods=one.goods, purse=purse, day=one.day, noted_on=one.noted_on,
        noted_by=one.noted_by.name if one.noted_by else "", code=one.code, is_gift=one.is_gift,
    )  # fmt: skip


def print_receipt(paper: Paper, site: str) -> bytes:
    """``Conflict`` names what no font can print."""
    lacking = "".join(dict.fromkeys("".join(missing_glyphs(set(paper.texts)).values())))
    if lacking:
        text = _("These cannot be printed, no font here has the characters: %s")
        raise Conflict(text % lacking)
    prefix = f"{site.rstrip('/')}{reverse('find_household')}#"
    side, outline = Addresses(prefix, CODE_LENGTH).outline(paper.code)
    data = {
        "number": paper.number, "place": paper.place, "giver": paper.giver, "source": paper.source,
        "figures": yuan(paper.amount) if paper.amount else "", "goods": paper.goods,
        "capitals": in_capitals(paper.amount) if paper.amount else "", "purse": paper.purse,
        "day": _day(paper.day), "noted": _day(paper.noted_on), "by": paper.noted_by,
        "gift": paper.is_gift, "side": side, "outline": outline,
    }  # fmt: skip
    made_at = int(datetime.combine(paper.noted_on, time(), UTC).timestamp())
    return typeset(TEMPLATE, Document(data, texts=paper.texts), made_at=made_at)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
