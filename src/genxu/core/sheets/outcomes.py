"""What would become of a row, told before anything is written.

Each register has a ``plan_…(rows)`` that gives one outcome a row, from a fixed number of queries
for any number of rows. Its action takes the same rows, plans them again under its locks, refuses
them all if one is wrong, and writes the new and the changed ones. The form sends one row, the
importer thousands: both through the same action.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from genxu.core.errors import Invalid
from genxu.core.promises import StrOrPromise


class Fate(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A row's fate; if it is wrong, field → sentence; warnings do not stop it."""

    fate: Fate
    problems: Mapping[str, StrOrPromise] = field(default_factory=dict)
    warnings: Mapping[str, StrOrPromise] = field(default_factory=dict)


NEW, CHANGED, SAME = Outcome(Fate.NEW), Outcome(Fate.CHANGED), Outcome(Fate.SAME)


def wrong(problems: Mapping[str, StrOrPromise]) -> Outcome:
    return Outcome(Fate.WRONG, dict(problems))


def refuse_wrong(outcomes: Sequence[Outcome]) -> None:
    """Raise ``Invalid`` for the first wrong row; of a single row the fields keep their names."""
    for n, outcome in enumerate(outcomes):
        if outcome.fate is Fate.WRONG:
            single = len(outcomes) == 1
            raise Invalid(
                {
                    name if single else f"rows-{n}-{name}": text
                    for name, text in outcome.problems.items()
                }
            )
