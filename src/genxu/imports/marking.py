"""The file as it came, with its problems marked: corrected there, it can be brought again."""

from collections.abc import Callable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from genxu.core.sheets import reading
from genxu.core.sheets.writing import Book

from .models import Import, Problem

BEAT_EVERY = 5000
WIDE = 50
"""Characters of the column with the sentences."""


def write_marked(
    sheet: Import, path: Path, file: IO[bytes], width: int, beat: Callable[[], None]
) -> None:
    """Write the sheet again, complete: wrong cells red, striking ones yellow, the sentences in a
    column behind the last. ``beat`` is called now and then: it takes a while."""
    told = _by_row(sheet)
    following = next(told, None)
    with Book(file) as book, reading.rows(path, sheet.sheet) as lines:
        page = book.start(sheet.sheet or _("Rows"))
        wrong = book.workbook.add_format({"bg_color": "#f8d0cb", "num_format": "yyyy-mm-dd"})
        striking = book.workbook.add_format({"bg_color": "#fdf0c4", "num_format": "yyyy-mm-dd"})
        last = max(width, len(sheet.look_headers))
        page.set_column(last, last, WIDE)
        for number, cells in enumerate(lines, 1):
            if number % BEAT_EVERY == 0:
                beat()
            values, marks = list(cells), [None] * max(len(cells), last)
            if number == sheet.header_row + 1:
                values += [""] * (last - len(values)) + [_("What is to be corrected")]
                marks.append(None)
            elif following and following[0] == number:
                for problem in reversed(following[1]):
                    marks[problem.position] = striking if problem.warning else wrong
                values += [""] * (last - len(values)) + [sentences(following[1])]
                marks.append(None)
                following = next(told, None)
            book.add(values, marks)


def _by_row(sheet: Import) -> "Iterator[tuple[int, list[Any]]]":
    rows = Problem.objects.filter(sheet=sheet).order_by("row", "position", "pk")
    for number, problems in groupby(rows.iterator(5000), key=attrgetter("row")):
        yield number, list(problems)


def sentences(problems: list[Problem]) -> str:
    """All that is to be said of a row."""
    return "；".join(f"{one.column}：{one.text}" for one in problems)
