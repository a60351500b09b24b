"""Rows into a register, in one way for every kind: begin, lock, plan, refuse, write.

The form sends one row, a spreadsheet thousands, through the same action. It locks what the pages'
own actions lock and plans on what is there then: whoever was quicker is seen, whoever is later
waits, and what is planned for a row is what happens to it.
"""

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Generic, Protocol, Self, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.errors import Conflict, Invalid
from genxu.core.promises import StrOrPromise

from .outcomes import SAME, Outcome, refuse_wrong, wrong


class Row(Protocol):
    """A row as it was given; it names the code of its hamlet."""

    @property
    def hamlet(self) -> str: ...

    def cleaned(self) -> Self:
        """The same row as it is kept and compared."""

    def problems(self) -> Mapping[str, StrOrPromise]:
        """Field → what is wrong with a cleaned row by itself."""


R = TypeVar("R", bound=Row)
M = TypeVar("M", bound=Model)


class Intake(Generic[R]):
    """A batch of rows of one kind. A kind tells its ``places`` and its ``parents``, reads what
    stands there, judges row by row, and writes; a fixed number of queries for any number of rows.
    """

    def __init__(self, rows: Sequence[R], place: Any = None) -> None:
        self.place = place
        self.rows = [row.cleaned() for row in rows]
        self.codes = {row.hamlet for row in self.rows}
        self.problems = [row.problems() for row in self.rows]
        self.hamlets: dict[str, Any] = {}
        self.outcomes: list[Outcome] = []
        self.held: list[set[int]] = []

    @classmethod
    def plan(cls, rows: Sequence[R], place: Any = None) -> list[Outcome]:
        """What would become of each row if all were entered now; nothing is locked."""
        return cls(rows, place)._plan(lock=False)

    def take_in(self, actor: Actor, count: int, hamlets: Collection[str]) -> None:
        """Enter all rows or none, as a part of an action; ``Invalid`` names what is wrong.

        ``count`` and ``hamlets`` are what the journal will say of the rows.
        """
        if count != len(self.rows) or set(hamlets) != self.codes:
            raise Invalid({"count": _("The rows are not those that were announced.")})
        refuse_wrong(self._plan(lock=True))
        for held, touched in zip(self.held, self.touched(), strict=False):
            if not held.issuperset(touched):  # it came in between: too late to wait for it
                raise Conflict(_("Somebody else has just changed this. Look at it once more."))
        self.write(actor)

    def _plan(self, *, lock: bool) -> list[Outcome]:
        places = self.places().filter(pk__in=self.codes)
        self.hamlets = {one.pk: one for one in (locked(places) if lock else places)}
        if lock and connection.features.has_select_for_update:  # else there is one writer anyway
            self.held = [set(keys_of(locked(rows))) for rows in self.parents()]
        self.read()
        outside = {code: where for code in self.codes if (where := self.misplaced(code))}
        judge = self.judge
        self.outcomes = [
            wrong(told) if (told := own or outside.get(row.hamlet)) else judge(row)
            for row, own in zip(self.rows, self.problems, strict=True)
        ]
        self.settle()
        return self.outcomes

    @property
    def sound(self) -> list[R]:
        """The rows with which nothing is wrong by themselves: what they say may be looked up."""
        return [row for row, own in zip(self.rows, self.problems, strict=True) if not own]

    def places(self) -> QuerySet[Any]:
        """All places in which a row may lie."""
        raise NotImplementedError

    def misplaced(self, hamlet: str) -> Mapping[str, StrOrPromise]:
        """What is wrong with the code of a place."""
        raise NotImplementedError

    def parents(self) -> Iterable[QuerySet[Any]]:
        """What the pages' actions lock of all that the rows may change, in the order in which
        they do; each from one table, and without joins: those would be locked too."""
        return ()

    def touched(self) -> Sequence[Iterable[int | None]]:
        """The keys of the ``parents`` that are changed as planned: all of them must be held."""
        return ()

    def read(self) -> None:
        """What stands at the ``hamlets``."""
        raise NotImplementedError

    def judge(self, row: R) -> Outcome:
        """What becomes of a sound row at its place; what is planned is known to the next one."""
        raise NotImplementedError

    def settle(self) -> None:
        """Change the ``outcomes`` by what shows only when all rows are seen together."""

    def write(self, actor: Actor) -> None:
        """Write what is planned."""
        raise NotImplementedError


def twice(field: str, *, alike: bool) -> Outcome:
    """A second row of one thing: it adds nothing, or it says something else."""
    if alike:
        return Outcome(SAME.fate, warnings={field: _("It stands here twice.")})
    return wrong({field: _("It stands here twice, and not alike.")})


def locked(rows: QuerySet[M]) -> QuerySet[M]:
    """Locked in the order of their keys, so that two never wait for each other; the keys stay
    free: others may write rows that refer to these."""
    return rows.select_for_update(of=("self",), no_key=True).order_by("pk")


def keys_of(rows: QuerySet[Any]) -> Iterable[Any]:
    return rows.values_list("pk", flat=True)


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Search for garbage less often while hundreds of thousands of rows pass through, and leave
    what is there already out of the search.

    Measured for 320,000 households: a third of the processor's time of check and taking in.
    """
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
