"""The empty spreadsheet of a kind: its headers, an example, what may stand in each column."""

from typing import IO, Any

from django.utils.translation import gettext as _

from genxu.core.sheets.kinds import SheetKind
from genxu.core.sheets.writing import Book, Out
from genxu.core.texts import sentences

from .matching import columns_of

CHECKED_ROWS = 5000
"""Rows in which Excel itself offers the choices."""


def write_template(file: IO[bytes], kind: SheetKind) -> None:
    """Two sheets: one to be filled in, with an example in its first row; one that explains it."""
    columns = columns_of(kind)
    with Book(file) as book:
        grey = book.workbook.add_format({"font_color": "#6b6257", "italic": True})
        heads: list[Out[Any]] = [Out(column.header, "", 16) for column in columns]
        page = book.start(str(kind.label), heads)
        for n, column in enumerate(columns):
            if column.choices:
                page.data_validation(
                    1, n, CHECKED_ROWS, n,
                    {"validate": "list", "source": list(column.choices), "error_type": "warning"},
                )  # fmt: skip
        book.add([column.example for column in columns], [grey] * len(columns))
        book.start(_("How to fill it in"), [Out(_("Column"), "", 16), Out(_("Needed"), "", 10),
                                            Out(_("What stands there"), "", 60),
                                            Out(_("Also read as"), "", 60)])  # fmt: skip
        for column in columns:
            told = [str(column.told), "、".join(column.choices)]
            book.add(
                [
                    column.header,
                    _("yes") if column.required else "",
                    sentences(told),
                    column.aliases.replace(" ", "、"),
                ]
            )
        book.add([])
        book.add(["", "", _("The first row is an example: overwrite it or delete it.")])
