"""The month of a place for its wall, and the slip of what was handed over: a snapshot → PDF.

Both are Chinese, whoever prints them: they hang and lie in a village.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import segno
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.errors import Conflict
from genxu.core.typesetting import Document, missing_glyphs, typeset
from genxu.places.venues.models import Venue

from .models import Booking, Handed
from .queries import Month

TEMPLATES = Path(__file__).parent / "typst"
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class SheetDay:
    day: str
    week: str
    lunar: str
    weekend: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the month of a place."""

    place: str
    venue: str
    month: date
    days: tuple["SheetDay", ...]
    address: str
    texts: tuple[str, ...]


def sheet_of(venue: Venue, month: Month, address: str) -> Sheet:
    with translation.override("zh-hans"):
        days = tuple(
            SheetDay(
                str(one.day.day), WEEKDAYS[one.day.weekday()], one.lunar, one.is_weekend,
                tuple(f"{e.hours}　{e.booking.told_to_all}　{e.rooms}" for e in one.entries),
            )
            for one in month.days
        )  # fmt: skip
    place = f"{venue.hamlet.parent}{venue.hamlet}"
    lines = [line for one in days for line in one.lines]
    return Sheet(place, venue.name, month.first, days, address, (place, venue.name, *lines))


def month_sheet(sheet: Sheet) -> bytes:
    """A page; ``Conflict`` names what no font can print."""
    side, outline = _code(sheet.address)
    data = {
        "place": sheet.place, "venue": sheet.venue, "side": side,
        "days": [asdict(one) for one in sheet.days],
        "month": f"{sheet.month.year}年{sheet.month.month}月", "outline": outline,
        "printed": _day(clock.today()),
    }  # fmt: skip
    return _set("month.typ", data, sheet.texts, sheet.month)


def _code(address: str) -> tuple[int, str]:
    """The QR code of an address: its side, its dark modules as the path of an SVG."""
    rows = segno.make(address, mask=2, boost_error=False, error="m", micro=False).matrix
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return len(rows), path


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on the slip of things handed over."""

    place: str
    what: str
    when: str
    who: str
    handed: date
    returned: date | None
    things: tuple[tuple[str, int, int | None], ...]


def slip_of(booking: Booking, handed: Iterable[Handed]) -> Slip:
    with translation.override("zh-hans"):
        what, when = str(booking.get_purpose_display()), booking.when
    things = tuple((one.thing.name, one.count, one.back) for one in handed)
    return Slip(
        f"{booking.hamlet.parent}{booking.hamlet} {booking.venue}", what, when, booking.for_whom,
        booking.handed_on or timezone.localdate(booking.begins_at), booking.returned_on, things,
    )  # fmt: skip


def slip(paper: Slip) -> bytes:
    """Two alike: one for whoever has the key, one for whoever took the things."""
    data = {
        "place": paper.place, "what": paper.what, "when": paper.when, "who": paper.who,
        "handed": _day(paper.handed), "returned": _day(paper.returned) if paper.returned else "",
        "things": [
            {"name": name, "count": count, "back": "" if back is None else str(back)}
            for name, count, back in paper.things
        ],
    }  # fmt: skip
    texts = (paper.place, paper.who, *(name for name, _count, _back in paper.things))
    return _set("slip.typ", data, texts, paper.handed)


def _set(template: str, data: dict[str, Any], texts: tuple[str, ...], day: date) -> bytes:
    lacking = "".join(dict.fromkeys("".join(missing_glyphs(set(texts)).values())))
    if lacking:
        text = _("These cannot be printed, no font here has the characters: %s")
        raise Conflict(text % lacking)
    made_at = int(datetime.combine(day, time(), UTC).timestamp())
    return typeset(TEMPLATES / template, Document(data, texts=texts), made_at=made_at)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
