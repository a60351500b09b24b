"""What hangs on a member of the Party's roll, and what becomes of it when he leaves it or goes over
to another organisation. Each app says so in its ``bonds.py`` as ``OF_MEMBERS``; the pages show it
before somebody confirms, and the action does it. A law test walks every foreign key to a member.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from genxu.core.access import Actor
from genxu.core.declared import members
from genxu.core.promises import StrOrPromise
from genxu.people.references import Fate, Line

from .models import Member


@dataclass(frozen=True)
class Parting:
    """That a member leaves where he stood: for good, or for ``into``, his row of the roll there."""

    actor: Actor
    member: Member
    into: Member | None = None


@dataclass(frozen=True)
class Then:
    """What becomes of the rows, told in a sentence, and what the action does to them."""

    fate: Fate
    told: StrOrPromise
    act: Callable[[Parting, Sequence[Any]], None] | None = None


@dataclass(frozen=True)
class Belonging:
    """Rows of one kind that refer to a member by the foreign key ``field``. ``over``: when he goes
    over to another organisation; ``off``: when he is off the list."""

    label: StrOrPromise
    model: type[Model]
    field: str
    over: Then
    off: Then
    told_of: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda rows: rows
    """Those that the page counts; what becomes of the others goes without saying."""

    def rows(self, member: Member) -> QuerySet[Any]:
        return self.model._default_manager.filter(**{self.field: member})


def belongings() -> Iterator[Belonging]:
    return members("bonds", "OF_MEMBERS")


def lines(member: Member, *, over: bool) -> list[Line]:
    """What would become of all that hangs on a member."""
    found = []
    for one in belongings():
        if n := one.told_of(one.rows(member)).count():
            then = one.over if over else one.off
            found.append(Line(one.label, n, then.fate, then.told))
    return found


def settle(parting: Parting) -> None:
    """Do what the list says, as a part of an action."""
    for one in belongings():
        then = one.over if parting.into else one.off
        if then.act and (rows := list(one.rows(parting.member).order_by("pk"))):
            then.act(parting, rows)


def go_along(parting: Parting, rows: Sequence[Any]) -> None:
    """They are his, wherever he stands on the roll."""
    for row in rows:
        row.member, row.hamlet = parting.into, parting.into and parting.into.hamlet
        row.save(update_fields=["member", "hamlet"])
