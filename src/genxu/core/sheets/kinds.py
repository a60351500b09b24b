"""What kinds of spreadsheets there are: each app declares its own in ``sheets.py``, ``SHEETS``.

A kind says which columns there are and how each is read, makes a row of the app's own of them,
and names the plan and the action through which the rows go: the same as the form's.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet

from genxu.core.access import Permission
from genxu.core.actions import Action
from genxu.core.declared import members_by
from genxu.core.promises import StrOrPromise

from .intake import Intake
from .values import Reader, Unreadable
from .writing import Out


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a kind: the field it fills, its header and, as words, the others it goes by.

    ``restore`` makes the value again of what JSON keeps of it (days, tuples). ``choices`` are
    offered by the template.
    """

    key: str
    header: str
    read: Reader
    required: bool = False
    aliases: str = ""
    example: str | int = ""
    told: StrOrPromise = ""
    choices: tuple[str, ...] = ()
    restore: Callable[[Any], Any] | None = None

    @property
    def empty(self) -> Any:
        """The value of a row that does not give it."""
        try:
            return self.read("")
        except Unreadable:
            return None


@dataclass(frozen=True)
class SheetKind:
    """A kind of spreadsheet.

    ``make`` gets the code of the hamlet and key → value; ``key`` tells two rows of one thing.
    ``intake`` tells the fate of each row, ``take_in`` is its action, which writes them.
    ``rows`` and ``out`` give the register of a place and its columns again (``genxu export``,
    for the operator: pages have lists of their own, cut to what their reader may see).
    """

    name: str
    label: StrOrPromise
    columns: tuple[Column, ...]
    make: Callable[[str, dict[str, Any]], Any]
    key: Callable[[Any], Hashable]
    intake: type[Intake[Any]]
    take_in: Action[..., Any]
    about: StrOrPromise = ""
    rows: Callable[[str], QuerySet[Any]] | None = None
    out: Callable[[str], Sequence[Out[Any]]] | None = None

    @property
    def permission(self) -> Permission:
        return self.take_in.permission

    def column(self, key: str) -> Column | None:
        return next((column for column in self.columns if column.key == key), None)


@cache
def sheet_kinds() -> dict[str, SheetKind]:
    """Every kind of every app, by its name."""
    return members_by("name", "sheets", "SHEETS")
