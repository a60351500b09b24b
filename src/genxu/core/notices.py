"""What waits for somebody, in one line on the home page: ``notices(actor)`` of each app.

It depends on the actor, on what lies in her places and on the day, and on nothing else: for whom
all of that is one hamlet it is kept (docs/adr/0012).
"""

from dataclasses import dataclass
from datetime import datetime

from .access import Actor
from .declared import declared
from .promises import StrOrPromise


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence that leads somewhere; ``urgent`` stands first and in red. At the moment ``until``
    it changes by itself, if it does within the day."""

    text: StrOrPromise
    url: str
    urgent: bool = False
    until: datetime | None = None


def notices_for(actor: Actor) -> list[Notice]:
    """Everything that waits, the urgent first; at most one query for each app."""
    found = [notice for source in declared("notices", "notices") for notice in source(actor)]
    return sorted(found, key=lambda notice: not notice.urgent)
