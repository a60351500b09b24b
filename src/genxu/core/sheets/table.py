"""A small spreadsheet that one page reads at once: a table under known headers, in any order.

What a register takes in goes through ``kinds`` and ``imports``, which can undo a column's guess and
wait for long files; this is for the few hundred rows of one form.
"""

import tempfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from genxu.core.errors import Invalid

from . import headers, reading
from .kinds import Column
from .values import Unreadable

MOST, FIELD = 5000, "file"


def read_table(upload: "UploadedFile[Any]", columns: Sequence[Column]) -> list[dict[str, Any]]:
    """The rows of the first sheet that has the columns: key → value. ``Invalid`` at ``file`` says
    in which line what cannot be read, or which column is missing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet"
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        sheet = max(reading.look(path).sheets, key=lambda one: _named(one.top, columns))
        head = headers.find_row(sheet.top, _known(columns))
        matched = headers.match(headers.merged(sheet.top, head), _known(columns))
        _check_columns(matched, columns)
        with reading.rows(path, sheet.name) as rows:
            return _values(list(islice(rows, head + MOST + 2)), head, matched, columns)


def _known(columns: Sequence[Column]) -> dict[str, str]:
    return {
        headers.plain(word): column.key
        for column in columns
        for word in (column.header, *column.aliases.split())
    }


def _named(top: list[list[str]], columns: Sequence[Column]) -> int:
    known = _known(columns)
    return max((sum(headers.plain(cell) in known for cell in row) for row in top), default=0)


def _check_columns(matched: dict[int, str], columns: Sequence[Column]) -> None:
    found = set(matched.values())
    if lacking := [one.header for one in columns if one.required and one.key not in found]:
        told = _("The spreadsheet has no column called: %s.")
        raise Invalid({FIELD: told % "、".join(lacking)})


def _values(
    rows: list[Any], head: int, matched: dict[int, str], columns: Sequence[Column]
) -> list[dict[str, Any]]:
    by_key = {column.key: column for column in columns}
    if len(rows) > head + 1 + MOST:
        raise Invalid({FIELD: _("These are more than %s lines: please split it.") % MOST})
    found = []
    for number, row in enumerate(rows[head + 1 :], head + 2):
        given = {key: row[n] for n, key in matched.items() if n < len(row)}
        if any(str(cell).strip() for cell in given.values()):
            found.append({key: _read(by_key[key], cell, number) for key, cell in given.items()})
    return found


def _read(column: Column, cell: Any, number: int) -> Any:
    try:
        value = column.read(cell)
    except Unreadable as error:
        raise Invalid({FIELD: _line(number, column.header, str(error))}) from None
    if column.required and value in (None, ""):
        raise Invalid({FIELD: _line(number, column.header, _("This is still missing."))})
    return value


def _line(number: int, header: str, said: str) -> str:
    told = _("Line %(number)s, %(column)s: %(said)s")
    return told % {"number": number, "column": header, "said": said}
