"""Parts of pages that floors below the page show: ``SECTIONS`` in an app's room ``sections``.

A page says its name and whose it is, and writes them by ``{% sections shown %}`` where they belong.
What a part of a kept page depends on is the same as for the page (docs/adr/0012).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Exists, Model, QuerySet

from .declared import members


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the ``page``, in its ``order`` there: ``facts`` tells of the row whose page it is,
    in a fixed number of queries, ``template`` shows them. A fact ``until`` is when they change by
    themselves. ``always``: also once the row has ended. ``rows`` are those without which it has
    nothing to show: whether there are any is asked for all parts of a page in one query, and the
    facts of the others not at all."""

    page: str
    order: int
    template: str
    facts: Callable[[Any], Mapping[str, Any]]
    always: bool = False
    rows: Callable[[Any], QuerySet[Any]] | None = None


class Shown(NamedTuple):
    template: str
    facts: Mapping[str, Any]


def sections_of(page: str, row: Any, *, ended: bool = False) -> list[Shown]:
    """The parts of the page of a row."""
    wanted = [one for one in _all_of(page) if one.always or not ended]
    empty = _empty(wanted, row)
    return [Shown(one.template, one.facts(row)) for one in wanted if one not in empty]


def _empty(wanted: Iterable[Section], row: Model) -> set[Section]:
    """Those of which there are no rows: one query, none if nobody says which they are."""
    asked = [(one, one.rows(row)) for one in wanted if one.rows]
    if not asked:
        return set()
    there = {f"n{n}": Exists(rows.order_by()) for n, (_one, rows) in enumerate(asked)}
    (found,) = type(row)._default_manager.filter(pk=row.pk).annotate(**there).values_list(*there)
    return {one for (one, _rows), known in zip(asked, found, strict=True) if not known}


@cache
def _all_of(page: str) -> list[Section]:
    found: Iterable[Section] = (one for one in members("sections", "SECTIONS") if one.page == page)
    return sorted(found, key=lambda one: one.order)


def next_change(shown: Iterable[Shown]) -> datetime | None:
    """When the first of them changes by itself, if one does."""
    moments = (one.facts.get("until") for one in shown)
    return min((one for one in moments if one), default=None)
