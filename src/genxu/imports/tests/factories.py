"""Spreadsheets of the tests, brought in through the real actions."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from django.core.files.base import ContentFile

from genxu.core.access import Actor
from genxu.core.sheets.reading import look
from genxu.imports.actions import bring_sheet, kind_named, match_sheet, take_in_sheet
from genxu.imports.checking import check
from genxu.imports.files import on_disk
from genxu.imports.matching import as_kept, best_match, match_of, tables
from genxu.imports.models import Import
from genxu.imports.taking import take_in
from genxu.regions.models import Region

HEADERS = ("乡镇", "村", "湾", "户主姓名", "联系电话", "人数")


class Silent:
    """Hears how far it is, and says nothing."""

    def __init__(self) -> None:
        self.heard: list[int] = []

    def progress(self, done: int, total: int | None = None, *, keep: bool = False) -> None:
        self.heard.append(done)


def workbook(*rows: Sequence[Any], name: str = "住户", before: Sequence[str] = ()) -> bytes:
    """An .xlsx with these rows, under a merged title if there is one."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(name)
        for n, title in enumerate(before):
            sheet.merge_range(n, 0, n, 5, title)
        for n, row in enumerate(rows, len(before)):
            sheet.write_row(n, 0, row)
    return out.getvalue()


def text_file(*rows: Sequence[Any], encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding)


def brought(
    actor: Actor, place: str, content: bytes, kind: str = "households", name: str = "住户.xlsx"
) -> Import:
    """A file that was looked at and kept, as the upload page does it."""
    file = ContentFile(content, name=name)
    region = Region.objects.get(code=place)
    with on_disk(file) as path:
        seen = look(path)
    found = best_match(seen, tables(kind_named(kind), place))
    return bring_sheet(
        actor=actor, place=region, kind=kind, file=file, look=as_kept(seen), found=found
    )


def checked(actor: Actor, place: str, content: bytes, **about: Any) -> Import:
    """A file after its dry run, with its columns as they were found."""
    sheet = brought(actor, place, content, **about)
    return recheck(actor, sheet)


def recheck(actor: Actor, sheet: Import) -> Import:
    sheet = match_sheet(actor=actor, sheet=sheet, match=match_of(sheet), in_background=False)
    return check(sheet, actor, Silent())


def taken_in(actor: Actor, place: str, content: bytes, **about: Any) -> Import:
    sheet = checked(actor, place, content, **about)
    if not sheet.wanted:
        return sheet
    sheet = take_in_sheet(actor=actor, sheet=sheet, in_background=False)
    return take_in(sheet, actor, Silent())


def told(sheet: Import, *, warning: bool | None = None) -> list[tuple[int, str, str]]:
    """(row, column, sentence) of what was said of the rows."""
    rows = sheet.problems.order_by("row", "position")
    if warning is not None:
        rows = rows.filter(warning=warning)
    return [(one.row, one.column, one.text) for one in rows]


def sample(name: str) -> bytes:
    """One of the three awkward workbooks beside the tests."""
    return (Path("tests/sheets") / name).read_bytes()
