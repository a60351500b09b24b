"""A contract as a spreadsheet gives it: one that was signed before."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from genxu.core.days import wrong_day
from genxu.core.money import FEN, MOST, exact_yuan, fen_of
from genxu.core.promises import StrOrPromise
from genxu.core.sheets.values import Cell, Unreadable, text
from genxu.core.texts import readable, too_long

from .models import PAPER_LIMIT
from .terms import Terms

_STEP = re.compile(r"第?(\d{1,2})年起?[:：]?(.+)")


@dataclass(frozen=True, slots=True)
class ContractRow:
    """``steps`` are (from year, fen); ``household_number`` is the other side's, if it is one of the
    hamlet's."""

    hamlet: str
    way: str
    what: str
    object: str
    since: date
    until: date
    other: str = ""
    household_number: int | None = None
    company: bool = False
    area: int | None = None
    first_due: date | None = None
    steps: Sequence[tuple[int, int]] = ()
    signed_on: date | None = None
    paper: str = ""

    def cleaned(self) -> "ContractRow":
        terms = self.terms().cleaned()
        return replace(self, object=terms.object, other=terms.other, paper=readable(self.paper))

    def terms(self) -> Terms:
        return Terms(
            self.way, self.what, self.object, self.since, self.until, other=self.other,
            is_person=not self.company, area=self.area, first_due=self.first_due,
            steps=tuple(self.steps),
        )  # fmt: skip

    def problems(self) -> Mapping[str, StrOrPromise]:
        found = dict(self.terms().problems())
        if self.household_number and not self.other:
            found.pop("other", None)
        for name in [one for one in found if one.startswith("steps-")]:
            found["steps"] = found.pop(name)
        if len(self.paper) > PAPER_LIMIT:
            found["paper"] = too_long(PAPER_LIMIT)
        return found | wrong_day("signed_on", self.signed_on)


def steps_cell(cell: Cell) -> tuple[tuple[int, int], ...]:
    """“12000” from the first year on; “第1年起10000；第4年起12000”."""
    if isinstance(cell, float):
        cell = f"{cell:.2f}".rstrip("0").rstrip(".")
    said = text(cell).replace(" ", "")
    found = []
    for part in filter(None, re.split(r"[;；、\n]", said)):
        match = _STEP.fullmatch(part)
        year, rent = (int(match[1]), match[2]) if match else (1, part)
        found.append((year, fen_of(rent, 0, MOST)))
    if len(found) > 1 and "年" not in said:
        raise Unreadable(_("Say from which year: 第1年起10000；第4年起12000."))
    return tuple(found)


def steps_said(steps: Sequence[tuple[int, int]]) -> str:
    """The same the other way round."""
    if len(steps) == 1:
        return str(_plain(steps[0][1]))
    return "；".join(f"第{year}年起{_plain(fen)}" for year, fen in steps)


def _plain(fen: int) -> str:
    return str(fen // FEN) if fen % FEN == 0 else str(exact_yuan(fen))


def mu_cell(cell: Cell) -> int | None:
    """Mu in hundredths; None if it is empty."""
    if isinstance(cell, float):
        cell = f"{cell:.6f}".rstrip("0").rstrip(".")
    said = text(cell).replace("亩", "")
    if not said.strip():
        return None
    match = re.fullmatch(r"(\d{1,7}|\d{1,3}(?:,\d{3}){1,2})(?:\.(\d{1,2}))?", said.strip())
    if match is None:
        raise Unreadable(_("Please give mu with at most two digits after the point, such as 12.5."))
    return int(match[1].replace(",", "")) * 100 + int((match[2] or "0").ljust(2, "0"))
