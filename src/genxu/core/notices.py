"""What waits for somebody, in one line on the home page: ``notices(actor)`` of each app.

It depends on the actor, on what lies in her places and on the day, and on nothing else: for whom
all of that is one hamlet it is kept (docs/adr/0012).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

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


def notices_for(actor: Actor) -> list[Notice]:
    """Everything that waits, the urgent first; at most one query for each app."""
    found = [notice for source in declared("notices", "notices") for notice in source(actor)]
    return sorted(found, key=lambda notice: not notice.urgent)
