"""What somebody did, as the records of all apps tell it: a ledger that nobody writes.

Each app says in its room ``doings`` what there is of somebody between two days, as
``deeds(doer, since, until)``. Study hours, votes, clicks and presence are no deeds
(国办函〔2026〕12号).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from genxu.core.declared import declared
from genxu.core.promises import StrOrPromise


@dataclass(frozen=True, slots=True)
class Doer:
    """Whose deeds are meant: a member of the Party by the key of the roll, and the account by
    which he acts, if he has one."""

    member: int
    account: int | None


@dataclass(frozen=True, slots=True)
class Deed:
    """One line: ``key`` names its record (``matters.12``), ``url`` leads there. It tells nothing
    that whoever may not open the record must not know."""

    key: str
    on: date
    told: StrOrPromise
    url: str = ""


def deeds_of(doer: Doer, since: date, until: date) -> list[Deed]:
    """All of them, the latest first; a fixed number of queries."""
    found: Iterable[Deed] = (
        one for source in declared("doings", "deeds") for one in source(doer, since, until)
    )
    return sorted(found, key=lambda one: (one.on, one.key), reverse=True)
