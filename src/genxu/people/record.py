"""What is kept of a household, gathered from the ``kept.py`` of every app.

A ``kept.py`` declares ``kept_of(household)``, what its app holds of it; where that is not all,
``words_of(household)``, the words that its copy holds besides, and ``read_with(household)``, the
things of other kinds whose reading showed its needs. What becomes of it: ``references.py``.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from genxu.core.declared import declared
from genxu.core.promises import StrOrPromise

from .models import Household


@dataclass(frozen=True)
class Kept:
    """One thing that is kept: what it is, what it says, since when (None: the day is not known).
    ``private``: for the household alone, not for staff who look on."""

    label: StrOrPromise
    value: StrOrPromise
    since: date | None = None
    private: bool = False


def kept_of(household: Household, *, own: bool = True) -> list[Kept]:
    """Everything beside name, phone, head count and needs; for staff who look on (not ``own``)
    without what is private."""
    found = [kept for tell in declared("kept", "kept_of") for kept in tell(household)]
    return [kept for kept in found if own or not kept.private]


def words_of(household: Household) -> list[Kept]:
    """What its copy holds besides: the full words where the page shows how many there are."""
    return [kept for tell in declared("kept", "words_of") for kept in tell(household)]


def read_with(household: Household) -> dict[str, Collection[int]]:
    """Label of a model → keys of those rows whose readings showed the household's needs."""
    found: dict[str, Collection[int]] = {}
    for rows_of in declared("kept", "read_with"):
        found |= rows_of(household)
    return found
