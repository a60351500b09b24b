"""How open accounts are told on every page: the sums in plain words, the lines, who is asked."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest
from django.utils.translation import get_language

from genxu.core.pages import slice_of
from genxu.organisation.assemblies.bodies import PUBLIC
from genxu.places.ledger import chart
from genxu.regions.models import Region

from . import queries
from .drawing import CAME
from .models import Disclosure, Told, parts_of


@dataclass(frozen=True)
class Words:
    """What accounts are called by people who keep no books."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh if (get_language() or "").startswith("zh") else self.en


@cache
def plain_words() -> dict[tuple[str, str], Words]:
    """(came or went, account) → words; the order is that of a page."""
    text = (files("genxu.places.disclosures") / "data/words.csv").read_text(encoding="utf-8")
    return {
        (row["side"], code): Words(row["zh"], row["en"])
        for row in csv.DictReader(text.splitlines())
        for code in row["codes"].split()
    }


def grouped(disclosure: Disclosure) -> dict[str, list[tuple[Words, int]]]:
    """What came and what went, in plain words, each with its fen, the larger first."""
    sums: dict[str, dict[Words, int]] = defaultdict(lambda: defaultdict(int))
    for side, code, fen in disclosure.groups:
        sums[side][words_for(side, code)] += fen
    return {
        side: sorted(found.items(), key=lambda one: -one[1]) for side, found in sums.items()
    }  # fmt: skip


def words_for(side: str, code: str) -> Words:
    """Of an account that stands in no row: as the chart calls it."""
    account = chart.accounts()[code]
    return plain_words().get((side, code)) or Words(account.zh, account.en)


def told(request: HttpRequest, disclosure: Disclosure) -> dict[str, Any]:
    """What a page tells of it: sums, groups, its lines with what is asked about them. The number
    of queries is the same for five lines and for five thousand."""
    page: Page[Told] = slice_of(request, queries.lines_of(disclosure), queries.LINES)
    lines = list(page.object_list)
    queries.put_questions_on(lines)
    for line in lines:
        line.decided = decided_by(line)  # type: ignore[attr-defined]
    groups = grouped(disclosure)
    return {
        "page": page,
        "parts": list(parts_of(lines)),
        "came_by": groups.get(CAME, []),
        "went_by": groups.get("went", []),
        "added": queries.added_since(disclosure),
        "remark": queries.remark_of(disclosure),
    }


def facts_of(request: HttpRequest, row: Disclosure) -> dict[str, Any]:
    """The same for those in charge."""
    return {**told(request, row), **queries.beside(row), "disclosure": row, "keeps": True}


def decided_by(line: Told) -> Any:
    """The meeting that decided on an entry, with ``is_open``: whether everybody reads of it."""
    motion = line.entry.motion
    if motion is None:
        return None
    motion.assembly.is_open = motion.assembly.body in PUBLIC  # type: ignore[attr-defined]
    return motion.assembly


def township_of(place: Region) -> Region | None:
    """To which one complains."""
    village = place.parent if place.is_hamlet else place
    return village.parent if village else None
