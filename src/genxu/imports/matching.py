"""Which column of a file is which of ours: by its header, or as somebody matched it before."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from genxu.core.sheets import headers
from genxu.core.sheets.kinds import Column, SheetKind
from genxu.core.sheets.reading import Look, Sheet
from genxu.regions.codes import ancestors_of

from .models import Import, KnownHeader
from .placing import COLUMNS as PLACES

SAMPLES = 3


def columns_of(kind: SheetKind) -> tuple[Column, ...]:
    """All columns of a kind, those that say where first."""
    return (*PLACES, *kind.columns)


@dataclass(frozen=True)
class Tables:
    """Header → key: as remembered for a place, as the template has it, by other words."""

    remembered: Mapping[str, str]
    exact: Mapping[str, str]
    aliases: Mapping[str, str]

    @property
    def ordered(self) -> tuple[Mapping[str, str], ...]:
        return self.remembered, self.exact, self.aliases

    @property
    def all(self) -> dict[str, str]:
        merged = {**self.aliases, **self.exact, **self.remembered}
        return {header: key for header, key in merged.items() if key}


def tables(kind: SheetKind, place: str) -> Tables:
    columns = columns_of(kind)
    exact = {headers.plain(column.header): column.key for column in columns}
    aliases = {
        headers.plain(word): column.key for column in columns for word in column.aliases.split()
    }
    return Tables(_remembered(kind, place), exact, aliases)


def _remembered(kind: SheetKind, place: str) -> dict[str, str]:
    """What was matched by hand at the place or above it; the nearest counts."""
    rows = KnownHeader.objects.filter(kind=kind.name, place__in=[*ancestors_of(place), place])
    keys = {column.key for column in columns_of(kind)} | {""}
    known = rows.order_by("place").values_list("header", "column")
    return {header: key for header, key in known if key in keys}


@dataclass(frozen=True)
class Match:
    """A reading of a sheet: where its headers are, and which column is which of ours."""

    sheet: str
    header_row: int
    headers: list[str]
    columns: dict[int, str]


def read_match(sheet: Sheet, known: Tables, header_row: int | None = None) -> Match:
    """The reading of a sheet; ``header_row`` (from 0) if a person knows better."""
    row = headers.find_row(sheet.top, known.all) if header_row is None else header_row
    found = headers.merged(sheet.top, row)
    if header_row is None and row and _fits_better(sheet.top[row], found, known):
        found = list(sheet.top[row])
    return Match(sheet.name, row, found, headers.match(found, *known.ordered))


def _fits_better(alone: list[str], both: list[str], known: Tables) -> bool:
    """Whether a header says as much without the row above it, which is then only a title."""
    return len(headers.match(alone, *known.ordered)) >= len(headers.match(both, *known.ordered))


def best_match(look: Look, known: Tables) -> Match:
    """The sheet with most of our columns; of several the first that is not hidden."""
    readings = [
        (len((found := read_match(sheet, known)).columns), not sheet.hidden, -n, found)
        for n, sheet in enumerate(look.sheets)
        if sheet.rows
    ]
    return max(readings, key=lambda one: one[:3])[3]


def samples(sheet: Sheet, header_row: int, column: int) -> list[str]:
    """The first few values that stand under a header."""
    values = (cells[column] for cells in sheet.top[header_row + 1 :] if column < len(cells))
    return list(islice((value for value in values if value.strip()), SAMPLES))


def as_kept(look: Look) -> dict[str, Any]:
    """What a file holds, as it is kept with the import until that is over."""
    return asdict(look)


def look_of(sheet: Import) -> Look:
    kept = sheet.look
    return Look([Sheet(**one) for one in kept["sheets"]], kept["macros"])


def match_of(sheet: Import) -> Match:
    """The reading that is kept with an import."""
    columns = {int(n): key for n, key in sheet.columns.items()}
    page = look_of(sheet).sheet(sheet.sheet)
    found = headers.merged(page.top, sheet.header_row) if page else []
    return Match(sheet.sheet, sheet.header_row, found, columns)
