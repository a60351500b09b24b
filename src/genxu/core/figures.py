"""How an app declares what it counts; the floors above read the declarations.

A figure is a sum of dated changes (so that it has a value on every day), or, where only the state
of a day can be asked, a set of rows standing on that day. Every row has the place field ``hamlet``,
which may be a village where things lie at villages too. A mean is made of two such sums.
"""

from collections.abc import Callable, Iterable, Mapping
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
    """A count: ``changes`` gives rows with ``day`` and ``change``; ``standing`` the rows on a day;
    ``mean_of`` the keys of two figures, of which the first is divided by the second.

    Exactly one of the three is given. ``moved_by_time`` gives the rows whose standing changed
    between two moments though nobody did anything. ``per``: so many of what is summed up make one
    of what is shown, as minutes make hours; only full ones are shown. ``measured``: what stands is
    the sum of its ``change``, as mu of land, not the number of its rows. ``wide``: its few
    rows lie at places of any level, or would give somebody away in a small one; they are counted
    when they are asked for, of a township or above, and told of no smaller place. ``yearly``: on a
    day it is the sum of the changes since the first of January of that day's year. ``hidden``: only
    a mean is made of it, it is told of no place. ``fewest``: the key of a figure and the least
    that it has to be at a place, else nothing is told of this one there: no zero either.
    """

    key: str
    term: StrOrPromise
    changes: Callable[[], QuerySet[Any]] | None = None
    standing: Callable[[date], QuerySet[Any]] | None = None
    moved_by_time: Callable[[datetime, datetime], QuerySet[Any]] | None = None
    wide: bool = False
    per: int = 1
    measured: bool = False
    yearly: bool = False
    hidden: bool = False
    mean_of: tuple[str, str] | None = None
    fewest: tuple[str, int] | None = None

    def since(self, day: date) -> date:
        """From which day on changes count on this one."""
        return date(day.year, 1, 1) if self.yearly else date.min

    def shown(self, sums: Mapping[str, int]) -> int | None:
        """What is told of a place with these sums; None: nothing."""
        if self.hidden or (self.fewest and sums.get(self.fewest[0], 0) < self.fewest[1]):
            return None
        if self.mean_of is None:
            return sums.get(self.key, 0) // self.per
        amounts, among = (sums.get(key, 0) for key in self.mean_of)
        return amounts // (among * self.per) if among else None


@cache
def figures() -> dict[str, Figure]:
    """Key → figure, in the order in which the apps stand."""
    return members_by("key", "figures", "FIGURES")


def shown(sums: Mapping[str, int], keys: Iterable[str] = ()) -> dict[str, int]:
    """What is told of these figures of a place, or of all, by its sums."""
    told = ((key, figures()[key].shown(sums)) for key in keys or figures())
    return {key: value for key, value in told if value is not None}


def summed(keys: Iterable[str]) -> set[str]:
    """The keys of the sums from which these figures are made."""
    found: set[str] = set()
    for figure in (figures()[key] for key in keys):
        found |= set(figure.mean_of or (figure.key,))
        found |= {figure.fewest[0]} if figure.fewest else set()
    return found
