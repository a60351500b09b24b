"""What merging two hamlets, moving households, closing a hamlet mean to every app: each has its own
part in its room ``resettling``, found there by ``core/declared.py``. All run inside the action.

``left_at(hamlet)`` names what is still there, ``against_merging(merging)`` and
``against_moving(moving)`` what must be settled first, ``ends_with_merging(merging)`` what the heir
has already, so that the other one's ends; a sentence each. ``before_merging(merging)`` ends it and
makes room for the rows that then move by themselves (``regions/moving.py``); ``after_merging``
sees them at the heir. ``move(moving)`` takes along what is the households' own.
"""

from dataclasses import dataclass
from typing import Any

from genxu.core.access import Actor
from genxu.core.declared import declared
from genxu.regions.models import Region


@dataclass(frozen=True)
class Merging:
    """That ``hamlet`` becomes a part of ``heir``."""

    actor: Actor
    hamlet: Region
    heir: Region


@dataclass(frozen=True)
class Moving:
    """That households move from ``hamlet`` to another one of their village."""

    actor: Actor
    hamlet: Region
    into: Region
    households: tuple[int, ...]


def all_told(name: str, about: Any) -> list[str]:
    """What all apps say, the floors from below."""
    return [str(said) for tell in declared("resettling", name) for said in tell(about)]


def run(name: str, about: Any) -> None:
    """The part of every app, the floors from below."""
    for part in declared("resettling", name):
        part(about)
