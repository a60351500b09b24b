"""Which row holds the headers, under whatever titles, and which column is which of ours."""

import re
from collections.abc import Iterable, Mapping, Sequence

from .values import text

_AROUND = re.compile(r"[（(\[【].*?[)）\]】]|[*＊:：、.。?？/\\\s]")
"""What stands around the word itself: notes in brackets, stars, colons."""


def plain(header: object) -> str:
    """A header without what only surrounds it: 户主姓名（必填）* is 户主姓名."""
    said = text(header)
    return (_AROUND.sub("", said) or said.replace(" ", "")).lower()


def merged(top: Sequence[Sequence[str]], row: int) -> list[str]:
    """The headers of a row; where it is empty, what stands above in a header of two lines."""
    here = list(top[row]) if row < len(top) else []
    above = list(top[row - 1]) if row else []
    return [cell if cell.strip() or n >= len(above) else above[n] for n, cell in enumerate(here)]


def find_row(top: Sequence[Sequence[str]], known: Mapping[str, str]) -> int:
    """The row that names most of the known columns; without any, the first that has several
    texts. Counted from 0."""
    best = max(range(len(top)), key=lambda n: (_named(top[n], known), -n), default=0)
    if top and _named(top[best], known):
        return best
    return next((n for n, cells in enumerate(top) if sum(map(bool, cells)) > 1), 0)


def _named(cells: Iterable[str], known: Mapping[str, str]) -> int:
    return len({known[key] for cell in cells if (key := plain(cell)) in known})


def match(headers: Sequence[str], *tables: Mapping[str, str]) -> dict[int, str]:
    """Column → key of ours; an earlier table goes first, then of two columns the left one.

    A header that a table knows as "" is none of ours.
    """
    found: dict[int, str] = {}
    said = [plain(header) for header in headers]
    for table in tables:
        for n, header in enumerate(said):
            key = table.get(header)
            if key is not None and n not in found and (not key or key not in found.values()):
                found[n] = key
    return {n: key for n, key in found.items() if key}
