"""What waits for somebody, in one line on the home page: ``notices(actor)`` of each app.

What is only counted is a ``Tally``: those of all apps are one query, so that the home asks no more
with each app. It depends on the actor, on what lies in her places and on the day, and on nothing
else: for whom all of that is one hamlet it is kept (docs/adr/0012).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

from django.db.models import Aggregate, F, Model, QuerySet, Value

from .access import Actor
from .declared import declared
from .promises import StrOrPromise


@dataclass(frozen=True, slots=True)
class Tap:
    """A button beside a notice that takes a step on ``row`` with ``fields``, where all of its form
    is known; ``asked`` is what is asked before."""

    address: str
    label: StrOrPromise
    asked: StrOrPromise
    row: Model
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence that leads somewhere; ``urgent`` stands first and in red. At the moment ``until``
    it changes by itself, if it does within the day. With a ``tap`` it can be seen to at once."""

    text: StrOrPromise
    url: str
    urgent: bool = False
    until: datetime | None = None
    tap: Tap | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """What is counted of the rows, each count under a name, and which notices follow from it;
    ``by`` is the place field by whose places it is counted apart, if it is: ``told`` is then asked
    for each place, and its code stands among the counts as ``place``."""

    rows: QuerySet[Any]
    counts: Mapping[str, Aggregate]
    told: Callable[[dict[str, Any]], list[Notice]]
    by: str = ""


Waiting = Notice | Tally


def notices_for(actor: Actor) -> list[Notice]:
    """All that waits, the urgent first; at most one query for each app, and one for the tallies."""
    found = told(one for source in declared("notices", "notices") for one in source(actor))
    return sorted(found, key=lambda notice: not notice.urgent)


def told(waiting: Iterable[Waiting]) -> list[Notice]:
    """The notices in their order, with what follows from the tallies: one query for them all."""
    found = list(waiting)
    counted = _counted([one for one in found if isinstance(one, Tally)])
    return [
        notice for one in found for notice in ([one] if isinstance(one, Notice) else next(counted))
    ]


def _counted(tallies: list[Tally]) -> Iterator[list[Notice]]:
    """What each tally tells, in their order."""
    width = max((len(one.counts) for one in tallies), default=0)
    asked = [_columns(n, one, width) for n, one in enumerate(tallies)]
    rows = list(asked[0].union(*asked[1:], all=True)) if asked else []
    for n, one in enumerate(tallies):
        of_it = sorted((row[1:] for row in rows if row[0] == n), key=itemgetter(0))
        yield [notice for row in of_it for notice in one.told(_named(one, *row))]


def _columns(n: int, one: Tally, width: int) -> Any:
    """Number, place and counts of a tally; it has as many columns as the widest."""
    counts = [*one.counts.values(), *[Value(0)] * (width - len(one.counts))]
    named = {f"count_{k}": count for k, count in enumerate(counts)}
    rows = one.rows.order_by().values(
        of_tally=Value(n), of_place=F(one.by) if one.by else Value("")
    )
    return rows.annotate(**named).values_list("of_tally", "of_place", *named)


def _named(one: Tally, place: str, *counts: int | None) -> dict[str, Any]:
    return {"place": place, **dict(zip(one.counts, counts, strict=False))}
