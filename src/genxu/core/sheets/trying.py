"""A workbook is opened for the first time in a process of its own, with little memory and time.

A file can be made so that opening it takes all the memory of the machine (two cells at the far
corners of a sheet are enough). Then only this process falls, and the file is refused.

Run as ``python -m genxu.core.sheets.trying FILE``: writes what it found as JSON.
"""

import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import python_calamine

MEMORY = 1024**3
SECONDS = 60
TOP = 40
"""Rows at the top of each sheet among which the headers are looked for."""
WIDEST = 200
"""Columns that are looked at."""
ERRORS_AT_MOST = 20_000
LONGEST_NAME = 60
"""Of a sheet; Excel allows 31 characters."""
_ERROR = re.compile(
    rb"<(?:\w+:)?c\b([^>]*\bt=[\"']e[\"'][^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]{1,20})<",
    re.DOTALL,
)
_PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_MARKS = (b't="e"', b"t='e'")
STEP = 1 << 20


def main(path: Path) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
            sheets = [_sheet(book, about) for about in book.sheets_metadata if _holds_cells(about)]
    except python_calamine.PasswordError:
        found: dict[str, Any] = {"trouble": "password"}
    except python_calamine.CalamineError:
        found = {"trouble": "damaged"}
    else:
        found = {"sheets": sheets, "errors": _errors(path)}
    json.dump(found, sys.stdout, ensure_ascii=False)


def _holds_cells(about: Any) -> bool:
    named = len(about.name) <= LONGEST_NAME and "\x00" not in about.name
    return bool(named and about.typ == python_calamine.SheetTypeEnum.WorkSheet)


def _sheet(book: python_calamine.CalamineWorkbook, about: Any) -> dict[str, Any]:
    sheet = book.get_sheet_by_name(about.name)
    top = [
        [_shown(cell) for cell in cells[:WIDEST]]
        for _n, cells in zip(range(TOP), sheet.iter_rows(), strict=False)
    ]
    return {
        "name": about.name,
        "hidden": about.visible != python_calamine.SheetVisibleEnum.Visible,
        "rows": sheet.end[0] + 1 if sheet.end else 0,
        "top": top,
    }


def _shown(cell: Any) -> str:
    """A cell as the person reads it."""
    if type(cell) is float and cell.is_integer():
        return str(int(cell))
    if type(cell) is datetime and cell.time() == datetime.min.time():
        return str(cell.date())
    if isinstance(cell, date | bool | float | int):
        return str(cell)
    return str(cell)[:200].replace("\x00", "")


def _errors(path: Path) -> dict[str, list[list[Any]]]:
    """Sheet → [row, column, error] of its cells that hold an error (#REF!); calamine has them
    empty. Only of the newer format, and only of files that can be walked."""
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as archive:
        found = {}
        for name, part in _parts(archive).items():
            if part in archive.namelist() and (hits := list(_errors_of(archive, part))):
                found[name] = hits
        return found


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet → the part of the archive where its cells are."""
    if "xl/workbook.xml" not in archive.namelist():
        return {}
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - own process
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    target = {link.get("Id"): str(link.get("Target")) for link in links}
    found = {}
    for sheet in workbook.iter():
        if sheet.tag.endswith("}sheet"):
            key = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")
            place = target.get(key, "")
            found[sheet.get("name", "")] = place.lstrip("/") if place[:1] == "/" else f"xl/{place}"
    return found


def _errors_of(archive: zipfile.ZipFile, part: str) -> Iterator[list[Any]]:
    count, rest = 0, b""
    with archive.open(part) as stream:
        while block := stream.read(STEP):
            window = rest + block
            if any(mark in window for mark in _MARKS):
                for match in _ERROR.finditer(window):
                    if place := _PLACE.search(match[1]):
                        yield [
                            int(place[2]),
                            _column(place[1]),
                            match[2].decode("utf-8", "replace"),
                        ]
                        count += 1
                        if count >= ERRORS_AT_MOST:
                            return
                cut = window.rfind(b"</c>")
                rest = window[cut:] if cut >= 0 else window[-STEP:]
            else:
                rest = window[-2000:]


def _column(letters: bytes) -> int:
    """A is 0, Z is 25, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


if __name__ == "__main__":
    main(Path(sys.argv[1]))
