"""What waits for somebody, in one line on the home page: ``notices(actor)`` of each app."""

from dataclasses import dataclass

from .access import Actor
from .declared import declared
from .promises import StrOrPromise


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence that leads somewhere; ``urgent`` stands first and in red."""

    text: StrOrPromise
    url: str
    urgent: bool = False


def notices_for(actor: Actor) -> list[Notice]:
    """Everything that waits, the urgent first; at most one query for each app."""
    found = [notice for source in declared("notices", "notices") for notice in source(actor)]
    return sorted(found, key=lambda notice: not notice.urgent)
