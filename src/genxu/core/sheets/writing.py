"""Spreadsheets out: a list, complete, as .xlsx, in the same memory for ten rows or a million.

A list gets its export by one line in a view::

    return sheet_response(request, _("Households"), COLUMNS, queries.household_list(request.actor))

A list longer than ``AT_ONCE`` is not made while somebody waits: the page says so and offers to
have it made in the background. That job calls the same view again, with the power held then.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import IO, Any, Generic, Protocol, TypeVar

import xlsxwriter
from django.db.models import Model, QuerySet
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from genxu.core import clock, journal
from genxu.core.pages import ActorRequest
from genxu.core.promises import StrOrPromise

AT_ONCE = 20_000
"""Rows that are written while somebody waits (about three seconds)."""
ROWS_OF_A_SHEET = 1_000_000
"""Excel reads 1,048,576 rows of a sheet; what is longer goes on on the next sheet."""
LONGEST_TEXT = 32_767
DIGITS_OF_A_NUMBER = 15
"""Excel keeps so many digits of a number; longer ones are codes, and stand as text."""
CHUNK = 2000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
M = TypeVar("M", bound=Model)
R = TypeVar("R", contravariant=True)


@dataclass(frozen=True)
class Out(Generic[R]):
    """A column: its header, and its value of a row, or the (dotted) name of an attribute.

    ``width`` is in characters, a Chinese one counting as two.
    """

    header: StrOrPromise
    value: Callable[[R], Any] | str
    width: int = 14

    def reader(self) -> Callable[[R], Any]:
        return attrgetter(self.value) if isinstance(self.value, str) else self.value


class Progress(Protocol):
    """Who wants to hear how far it is: the run of a job."""

    def progress(self, done: int, total: int | None = None) -> None: ...


def sheet_response(
    request: ActorRequest,
    name: str,
    columns: Sequence[Out[M]],
    rows: QuerySet[M],
    *,
    noted_as: str = "",
    place: Model | None = None,
) -> HttpResponseBase:
    """The whole list as .xlsx, named after ``name`` and the day; or the offer to make it later.

    Where the list names residents, ``noted_as`` ("people.export_households") and ``place`` log
    the export in the journal.
    """
    run: Progress | None = getattr(request, "in_background", None)
    total = rows.count()
    if total > AT_ONCE and run is None:
        about = {"name": name, "total": total, "path": request.get_full_path()}
        return render(request, "imports/long_list.html", about)
    if noted_as and place is not None:
        journal.note_read(actor=request.actor, action=noted_as, subject=place)
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it
    write_sheet(file, name, columns, _heard(rows.iterator(CHUNK), total, run))
    file.seek(0)
    title = f"{name} {clock.today():%Y-%m-%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=title, content_type=XLSX)


def _heard(rows: Iterable[M], total: int, run: Progress | None) -> Iterator[M]:
    """The rows, with a word to the one who waits at every chunk."""
    for n, row in enumerate(rows):
        if run is not None and n % CHUNK == 0:
            run.progress(n, total)
        yield row


def write_sheet(
    file: "IO[bytes] | Any", name: str, columns: Sequence[Out[Any]], rows: Iterable[Any]
) -> int:
    """Write rows as .xlsx; how many there were."""
    readers = [column.reader() for column in columns]
    with Book(file) as book:
        count = 0
        for count, row in enumerate(rows, 1):
            if (count - 1) % ROWS_OF_A_SHEET == 0:
                book.start(f"{name} {count // ROWS_OF_A_SHEET + 1}" if count > 1 else name, columns)
            book.add([read(row) for read in readers])
        if count == 0:
            book.start(name, columns)
    return count


class Book:
    """A workbook that is written row by row and never held: text stays text, numbers numbers."""

    def __init__(self, file: "IO[bytes] | Any") -> None:
        self.workbook = xlsxwriter.Workbook(
            file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
        )
        self._head = self.workbook.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self._moment = self.workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._yes, self._no = str(_("yes")), str(_("no"))

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *error: object) -> None:
        self.workbook.close()

    def start(self, name: str, columns: Sequence[Out[Any]] = ()) -> Any:
        """A new sheet with its headers, if there are any; the one before is finished."""
        self.sheet = self.workbook.add_worksheet(_sheet_name(name))
        self._row = -1
        if columns:
            self._row = 0
            self.sheet.freeze_panes(1, 0)
        for n, column in enumerate(columns):
            self.sheet.set_column(n, n, column.width)
            self.sheet.write_string(0, n, str(column.header), self._head)
        return self.sheet

    def add(self, values: Sequence[Any], marks: Sequence[Any] = ()) -> None:
        """One more row; ``marks`` are formats of its cells."""
        self._row += 1
        for n, value in enumerate(values):
            self.put(n, value, marks[n] if marks else None)

    def put(self, column: int, value: Any, mark: Any = None) -> None:
        """One cell of the row under way. A text that begins with = is still a text."""
        kind = type(value)
        if value is None or value == "":
            if mark is not None:
                self.sheet.write_blank(self._row, column, None, mark)
        elif kind is bool:
            self.sheet.write_string(self._row, column, self._yes if value else self._no, mark)
        elif kind in (int, float, Decimal) and len(str(value)) <= DIGITS_OF_A_NUMBER:
            self.sheet.write_number(self._row, column, value, mark)
        elif kind is datetime:
            moment = timezone.localtime(value) if timezone.is_aware(value) else value
            plain = moment.replace(tzinfo=None)
            self.sheet.write_datetime(self._row, column, plain, mark or self._moment)
        elif kind is date:
            self.sheet.write_datetime(self._row, column, value, mark)
        else:
            self.sheet.write_string(self._row, column, str(value)[:LONGEST_TEXT], mark)


def _sheet_name(name: str) -> str:
    """As Excel wants it: at most 31 characters, none of [ ] : * ? / \\."""
    return "".join("-" if c in "[]:*?/\\'" else c for c in name)[:31] or "1"
