"""The agreement on paper (调解协议书): a snapshot → PDF, no query inside. Chinese, as any paper.

What stands on it: 人民调解法 29; free of charge: 4; what the sides may ask of a court: 33.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from genxu.core.errors import Conflict
from genxu.core.typesetting import Document, missing_glyphs, typeset

from .models import Dispute, Side
from .workflow import BEFORE, State

TEMPLATE = Path(__file__).parent / "typst" / "agreement.typ"


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on it; a day that is not known yet is a line to be filled in."""

    place: str
    kind: str
    told_on: date
    sides: tuple[str, ...]
    peacemaker: str
    story: str
    terms: str
    manner: str
    until: date | None
    agreed_on: date | None

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.sides, self.place, self.peacemaker, self.story, self.terms, self.manner)


def can_be_printed(dispute: Dispute) -> bool:
    """Once it is written down what is agreed, and while that stands."""
    return bool(dispute.terms) and dispute.state in (
        *BEFORE, State.AGREED, State.SETTLED, State.UNHEARD
    )  # fmt: skip


def paper_of(dispute: Dispute, sides: Sequence[Side]) -> Paper:
    village = dispute.hamlet.parent
    above = f"{village.parent or ''}{village}" if village else ""
    agreed = dispute.agreed_on if dispute.state not in BEFORE else None
    with translation.override("zh-hans"):
        kind = str(dispute)
    return Paper(
        place=f"{above}{dispute.hamlet}", kind=kind, told_on=dispute.told_on,
        sides=tuple(one.called or "＊＊" for one in sides),
        peacemaker=dispute.peacemaker.name if dispute.peacemaker else "",
        story=dispute.story, terms=dispute.terms, manner=dispute.manner, until=dispute.until,
        agreed_on=agreed,
    )  # fmt: skip


def agreement(paper: Paper) -> bytes:
    """A sheet for each side, and one that is kept; ``Conflict`` names what no font can print."""
    lacking = "".join(dict.fromkeys("".join(missing_glyphs(set(paper.texts)).values())))
    if lacking:
        text = _("These cannot be printed, no font here has the characters: %s")
        raise Conflict(text % lacking)
    data = {
        "place": paper.place, "kind": paper.kind, "told": _day(paper.told_on),
        "sides": list(paper.sides), "peacemaker": paper.peacemaker, "story": paper.story,
        "terms": paper.terms, "manner": paper.manner, "until": _day(paper.until),
        "agreed": _day(paper.agreed_on), "copies": len(paper.sides) + 1,
    }  # fmt: skip
    made_at = int(datetime.combine(paper.agreed_on or paper.told_on, time(), UTC).timestamp())
    return typeset(TEMPLATE, Document(data, texts=paper.texts), made_at=made_at)


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
