"""What somebody is to do, or is expected at, in the days to come: ``coming(actor, since, until)``
in the room ``week`` of each app.

It is a list to look at, no report: nobody above sees it, and nothing is ticked off in it
(国办函〔2026〕12号).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from .access import Actor
from .declared import declared
from .promises import StrOrPromise


@dataclass(frozen=True, slots=True)
class Coming:
    """One line of a day: what it is, where it is read, and its hour if it has one; ``note`` says
    what whoever sees the line should know beside. A day before today: it is still open."""

    on: date
    told: StrOrPromise
    url: str
    at: time | None = None
    note: StrOrPromise = ""


def coming_for(actor: Actor, since: date, until: date) -> list[Coming]:
    """All of it in the order of days, what has no hour first; some two queries for each app that
    has to do with the actor."""
    found: Iterable[Coming] = (
        one for source in declared("week", "coming") for one in source(actor, since, until)
    )
    return sorted(found, key=lambda one: (one.on, one.at or time.min, one.url))
