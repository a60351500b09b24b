"""All that refers to a household, and what becomes of it when something happens to the household.

Each app declares it in its ``bonds.py`` as ``REFERENCES``. The page shows the list before somebody
confirms; the action does what the list says, and remembers it so that it can be taken back.
A law test walks every foreign key to a household.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.declared import members
from genxu.core.errors import Conflict
from genxu.core.promises import StrOrPromise

from .models import Event, Household, HouseholdEvent


class Fate(Enum):
    """What becomes of a thing."""

    MOVES = _("goes along")
    ENDS = _("ends")
    STAYS = _("stays")
    GOES = _("is erased")
    REFUSES = _("comes first")


@dataclass
class Happening:
    """What is about to happen to a household on a day; ``keep`` is the other one of a merger,
    ``changed`` what was changed elsewhere so far."""

    event: Event
    household: Household
    on: date
    actor: Actor
    keep: Household | None = None
    changed: list[list[Any]] = field(default_factory=list)

    @cached_property
    def entries(self) -> list[int]:
        return self.household.entries

    def change(self, row: Model, **values: Any) -> None:
        """Set fields of a row that refers to the household, so that it can be taken back."""
        for name, value in values.items():
            attname = row._meta.get_field(name).attname  # type: ignore[union-attr]
            after = value.pk if isinstance(value, Model) else value
            before = getattr(row, attname)
            self.changed.append([row._meta.label, row.pk, attname, *map(_plain, (before, after))])
        type(row)._default_manager.filter(pk=row.pk).update(**values)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True)
class Becomes:
    """What becomes of the rows, told in a sentence, and what the action does to them."""

    fate: Fate
    told: StrOrPromise
    act: Callable[[Happening, Sequence[Any]], None] | None = None


Told = Becomes | Callable[[Happening], Becomes]


@dataclass(frozen=True)
class Reference:
    """Rows of one kind that refer to a household: by the foreign keys ``fields``, or in another
    way (none). ``rows`` are those that an event concerns; where none is given, all.

    ``private``: that there are some is not told before it is read. ``may_return`` are those that
    can be given back what they had before.
    """

    label: StrOrPromise
    model: type[Model]
    fields: tuple[str, ...]
    at: Mapping[Event, Told]
    rows: Callable[[Happening], QuerySet[Any]] | None = None
    private: bool = False
    may_return: Callable[[QuerySet[Any], HouseholdEvent], QuerySet[Any]] = lambda rows, _event: rows

    def concerned(self, happening: Happening) -> QuerySet[Any]:
        if self.rows is not None:
            return self.rows(happening)
        (name,) = self.fields
        return self.model._default_manager.filter(**{f"{name}__in": happening.entries})

    def becomes(self, happening: Happening) -> Becomes:
        told = self.at[happening.event]
        return told if isinstance(told, Becomes) else told(happening)


@dataclass(frozen=True)
class Line:
    """A line of the list: how many of what, and what becomes of them. ``n`` is None of what is
    private."""

    label: StrOrPromise
    n: int | None
    fate: Fate
    told: StrOrPromise


def references() -> Iterator[Reference]:
    return members("bonds", "REFERENCES")


def lines(happening: Happening) -> list[Line]:
    """What the event would do to all that refers to the household: what stands against it first."""
    found = []
    for one in references():
        n = None if one.private else one.concerned(happening).count()
        if n != 0:
            becomes = one.becomes(happening)
            found.append(Line(one.label, n, becomes.fate, becomes.told))
    return sorted(found, key=lambda line: line.fate is not Fate.REFUSES)


def settle(happening: Happening) -> HouseholdEvent:
    """Do what the list says, as a part of an action; ``Conflict`` if something stands against."""
    planned = [(one, one.becomes(happening)) for one in references()]
    for one, becomes in planned:
        if becomes.fate is Fate.REFUSES and one.concerned(happening).exists():
            raise Conflict(becomes.told)
    for one, becomes in planned:
        if becomes.act and (rows := list(one.concerned(happening).order_by("pk"))):
            becomes.act(happening, rows)
    return HouseholdEvent.objects.create(
        household=happening.household,
        hamlet_id=happening.household.hamlet_id,
        event=happening.event,
        on=happening.on,
        at=clock.now(),
        changed=happening.changed,
    )


def last_event(household: Household, event: Event) -> HouseholdEvent | None:
    """The event that stands, if it was kept (those of earlier years were not)."""
    return household.events.filter(event=event, undone_on=None).order_by("pk").last()


def returning(event: HouseholdEvent | None) -> list[Line]:
    """What comes back when an event is taken back, and what has gone on meanwhile and stays."""
    counted: dict[tuple[str, Fate], set[int]] = {}
    if event is None:
        return []
    for label, pk, attname, _before, after in event.changed:
        fate = Fate.MOVES if _still(event, label, pk, attname, after) else Fate.STAYS
        counted.setdefault((label, fate), set()).add(pk)
    named = {one.model._meta.label: one.label for one in reversed(list(references()))}
    told = {Fate.MOVES: _("As it was before."), Fate.STAYS: _("It was changed since; it stays.")}
    return [
        Line(named[label], len(keys), fate, told[fate]) for (label, fate), keys in counted.items()
    ]


def take_back(event: HouseholdEvent, why: str) -> None:
    """Give all that was changed elsewhere what it had before, unless it was changed since."""
    for label, pk, attname, before, after in reversed(event.changed):
        if row := _still(event, label, pk, attname, after):
            # Another row may have taken that place meanwhile: then this one stays what it is.
            with suppress(IntegrityError), transaction.atomic():
                type(row)._default_manager.filter(pk=pk).update(**{attname: before})
    event.counts.update(withdrawn_on=clock.today())
    event.undone_on, event.why = clock.today(), why
    event.save(update_fields=["undone_on", "why"])


def _still(event: HouseholdEvent, label: str, pk: int, attname: str, after: Any) -> Model | None:
    """The row, if it is as the event left it and may have again what it had."""
    model = apps.get_model(label)
    rows: QuerySet[Any] = model._default_manager.filter(pk=pk)
    for one in references():
        if one.model is model:
            rows = one.may_return(rows, event)
    row: Model | None = rows.first()
    return row if row is not None and _plain(getattr(row, attname)) == after else None
