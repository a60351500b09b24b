"""What becomes a matter, and is seen by an app that lies below matters: it asks here to have one
opened, and how it stands. Whoever opens them says so in a room ``raised``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from genxu.core.access import Actor
from genxu.core.declared import declared
from genxu.core.promises import StrOrPromise
from genxu.regions.models import Region

from .models import Household


@dataclass(frozen=True, slots=True)
class Standing:
    """How a matter of a hamlet stands, and where those in charge read it."""

    told: StrOrPromise
    url: str
    ended: bool
    hamlet: str


def raise_matter(
    *,
    actor: Actor,
    hamlet: Region,
    text: str,
    household: Household | None = None,
    tier: str = "",
) -> int:
    """A part of an action: one line, of a household or of nobody named, becomes a matter with its
    receipt; gives its number. Without a tier the secretary sorts it. ``Invalid`` names ``text``."""
    opened: int = _of_matters("raise_matter")(
        actor=actor, hamlet=hamlet, text=text, household=household, tier=tier
    )
    return opened


def standing_of(numbers: Iterable[int | None]) -> Mapping[int, Standing]:
    """How the matters with these numbers stand: one query, none for none."""
    asked = {number for number in numbers if number is not None}
    found: Mapping[int, Standing] = _of_matters("standing_of")(asked) if asked else {}
    return found


def ended_matters() -> QuerySet[Any, int]:
    """The numbers of those that have come to their end, to be asked for within another query."""
    found: QuerySet[Any, int] = _of_matters("ended_matters")()
    return found


def _of_matters(name: str) -> Callable[..., Any]:
    (found,) = declared("raised", name)
    return found  # type: ignore[no-any-return]
