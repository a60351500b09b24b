"""How an app declares what it counts; the floors above read the declarations.

A figure is a sum of dated changes (so that it has a value on every day), or, where only the state
of a day can be asked, a set of rows standing on that day. Every row has the place field ``hamlet``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import QuerySet

from .declared import members_by
from .promises import StrOrPromise

PLACE = "hamlet"


@dataclass(frozen=True)
class Figure:
    """A count: ``changes`` gives rows with ``day`` and ``change``; ``standing`` the rows on a day.

    Exactly one of the two is given. ``moved_by_time`` gives the rows whose standing changed
    between two moments though nobody did anything. ``per``: so many of what is summed up make one
    of what is shown, as minutes make hours; only full ones are shown. ``wide``: its few
    rows lie at places of any level, or would give somebody away in a small one; they are counted
    when they are asked for, of a township or above, and told of no smaller place.
    """

    key: str
    term: StrOrPromise
    changes: Callable[[], QuerySet[Any]] | None = None
    standing: Callable[[date], QuerySet[Any]] | None = None
    moved_by_time: Callable[[datetime, datetime], QuerySet[Any]] | None = None
    wide: bool = False
    per: int = 1


@cache
def figures() -> dict[str, Figure]:
    """Key → figure, in the order in which the apps stand."""
    return members_by("key", "figures", "FIGURES")


def in_full(key: str, value: int) -> int:
    """What is shown of a sum; also of a figure that this version does not know any more."""
    figure = figures().get(key)
    return value // figure.per if figure else value
