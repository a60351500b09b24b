"""Spreadsheets in: what sheets a file holds and what stands at their top; then row by row.

Formulas give the values they were saved with; macros are not run. A file is looked at once, when
it comes (``look``); after that it is known to be harmless and is read at full speed (``rows``).
"""

import codecs
import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from genxu.core.errors import Invalid

from .sniffing import Nature, has_macros, sniff
from .trying import SECONDS, TOP, WIDEST

Row = Sequence[Any]
SEPARATORS = ",\t;|"
csv.field_size_limit(1_000_000)


@dataclass(frozen=True)
class Sheet:
    """A sheet of a file: its name, its rows (the empty ones too), the texts at its top.

    ``errors`` are [row, column, error] of the cells in which Excel shows an error.
    """

    name: str
    rows: int
    top: list[list[str]]
    hidden: bool = False
    errors: list[list[Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Look:
    sheets: list[Sheet]
    macros: bool = False

    def sheet(self, name: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def look(path: Path) -> Look:
    """What the file holds; ``Invalid`` at ``file`` says why it cannot be read."""
    if sniff(path) is Nature.CSV:
        return Look([_text_sheet(path)])
    found = _try(path)
    if trouble := found.get("trouble"):
        raise Invalid({"file": _locked() if trouble == "password" else _damaged()})
    errors = found["errors"]
    sheets = [
        Sheet(one["name"], one["rows"], one["top"], one["hidden"], errors.get(one["name"], []))
        for one in found["sheets"]
    ]
    if not any(sheet.rows for sheet in sheets):
        raise Invalid({"file": _("There is nothing in this file.")})
    return Look(sheets, has_macros(path))


def _locked() -> str:
    return _("The file is protected by a password. Take the password off and upload it again.")


def _damaged() -> str:
    return _("The file is damaged and cannot be opened. Open it in Excel or WPS and save it anew.")


def _try(path: Path) -> Any:
    """Open it in a process of its own, see ``trying``."""
    command = [sys.executable, "-m", "genxu.core.sheets.trying", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=2 * SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode:
        text = _("Opening this file would take more memory or time than there is. Please split it.")
        raise Invalid({"file": text})
    return json.loads(done.stdout)


@contextmanager
def rows(path: Path, sheet: str) -> Iterator[Iterator[Row]]:
    """The rows of a sheet from its first line on, the empty ones too; a file looked at before."""
    if sniff(path) is Nature.CSV:
        with _text(path) as lines:
            yield lines
        return
    try:
        book = CalamineWorkbook.from_path(str(path))
    except CalamineError as error:
        raise Invalid({"file": _damaged()}) from error
    with book:
        yield book.get_sheet_by_name(sheet).iter_rows()


def _text_sheet(path: Path) -> Sheet:
    with _text(path) as lines:
        top = [[cell[:200] for cell in line[:WIDEST]] for line in islice(lines, TOP)]
        count = len(top) + sum(1 for _line in lines)
    return Sheet("", count, top)


@contextmanager
def _text(path: Path) -> Iterator[Iterator[Row]]:
    """The lines of a text with columns, whatever sets them apart."""
    with path.open(encoding=_encoding(path), newline="") as file:
        separator = _separator(list(islice(file, 20)))
        file.seek(0)
        yield _lines(csv.reader(file, delimiter=separator))


def _lines(reader: "Iterator[list[str]]") -> Iterator[Row]:
    try:
        yield from reader
    except csv.Error as error:
        raise Invalid({"file": _damaged()}) from error


def _separator(lines: list[str]) -> str:
    """The sign that the first lines have most of."""
    return max(SEPARATORS, key=lambda sign: sum(line.count(sign) for line in lines))


ENCODINGS = ("utf-8-sig", "gb18030")


def _encoding(path: Path) -> str:
    """The encoding in which the whole file makes sense."""
    with path.open("rb") as file:
        head = file.read(2)
    tried = ("utf-16",) if head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else ENCODINGS
    for encoding in tried:
        if _makes_sense(path, encoding):
            return encoding
    raise Invalid(
        {"file": _("The letters of this file cannot be read. Save it as .xlsx and try again.")}
    )


def _makes_sense(path: Path, encoding: str) -> bool:
    try:
        with path.open("rb") as file:
            reader = io.TextIOWrapper(file, encoding=encoding)
            while part := reader.read(1 << 20):
                if "\x00" in part:
                    return False
    except UnicodeError:
        return False
    return True
