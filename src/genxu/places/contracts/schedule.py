"""When rents are due and how much, year by year of a contract, and what of them was paid.

Pure: days and fen in, days and fen out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from genxu.core.calendar import years_on

Steps = Sequence[tuple[int, int]]
"""From which year of the contract on how much a year (fen), the first year first."""


@dataclass(frozen=True, slots=True)
class Due:
    """The rent of one year of a contract; ``paid`` is what came of it so far (fen)."""

    year: int
    day: date
    fen: int
    paid: int = 0

    @property
    def owed(self) -> int:
        return max(self.fen - self.paid, 0)

    @property
    def over(self) -> int:
        """What was paid beyond it."""
        return max(self.paid - self.fen, 0)


def yearly_in(steps: Steps, year: int) -> int:
    """The rent of a year of the contract: by the last step that has begun."""
    return next((fen for since, fen in reversed(steps) if since <= year), 0)


def dues(first: date, last_day: date, steps: Steps, paid: Mapping[int, int]) -> list[Due]:
    """The rents that fall due until the last day, each on the day of the first one; a year without
    rent is none, unless something was paid for it; nor is one after the last day."""
    found, year, day = [], 1, first
    while day <= last_day:
        fen, came = yearly_in(steps, year), paid.get(year, 0)
        if fen or came:
            found.append(Due(year, day, fen, came))
        year += 1
        day = years_on(first, year - 1)
    later = sorted(one for one in paid if one >= year)
    return found + [Due(one, years_on(first, one - 1), 0, paid[one]) for one in later]


def first_owed(rents: Iterable[Due]) -> Due | None:
    """The oldest of which something is still owed."""
    return next((one for one in rents if one.owed), None)


def wrong_steps(steps: Steps, years: int) -> dict[int, str]:
    """Position → what is wrong with a step: ``early``, ``twice``, ``late``."""
    found: dict[int, str] = {}
    for n, (since, _fen) in enumerate(steps):
        if n == 0 and since != 1:
            found[n] = "early"
        elif n and since <= steps[n - 1][0]:
            found[n] = "twice"
        elif since > years:
            found[n] = "late"
    return found
