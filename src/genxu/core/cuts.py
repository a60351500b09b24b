"""The first of many, that say so: no page shows a part for the whole."""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, Self, TypeVar

from django.db.models import QuerySet

R = TypeVar("R")
M = TypeVar("M")


class First(list[R]):
    """At most so many rows; ``cut`` if there are more of them: ``parts/cut.html`` says it."""

    cut = False

    @classmethod
    def of(cls, rows: "QuerySet[Any, R] | Iterable[R]", most: int) -> Self:
        """Of a queryset no more is read than it takes to know."""
        wanted = rows[: most + 1] if isinstance(rows, QuerySet) else islice(rows, most + 1)
        read = list(wanted)
        first = cls(read[:most])
        first.cut = len(read) > most
        return first

    def each(self, make: Callable[[R], M]) -> "First[M]":
        """What is made of each of them, cut as they are."""
        made = First(make(one) for one in self)
        made.cut = self.cut
        return made
