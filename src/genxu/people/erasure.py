"""Erasing a household wherever it is kept: each app has its own part in its ``erasing.py``.

``phones_of(entries)`` tells which numbers it has there beside its own (those of accounts that it
served with); ``names_of(entries, phones)`` under which names it stands there beside its head's;
``erase(erased)`` runs inside the action, in its transaction; files are deleted once that is
through. What stands against it (who serves at present) is a ``Conflict`` with what to do first.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from genxu.core.access import Actor
from genxu.core.declared import declared
from genxu.regions.codes import ancestors_of

from .models import Household


@dataclass(frozen=True)
class Erasure:
    """Who is erased: the household with its doubles, the names and phone numbers it had.

    Who served for a household may have another name than its head: ``names`` are those of all apps.
    """

    actor: Actor
    hamlet: str
    households: tuple[int, ...]
    names: frozenset[str]
    phones: frozenset[str]

    @property
    def places(self) -> list[str]:
        """The hamlet and all above it: where lists of its households are made."""
        return [self.hamlet, *ancestors_of(self.hamlet)]

    def blanked(self, text: str) -> str:
        """A text that is the household's own, without its names and numbers."""
        for known in sorted({*self.names, *self.phones}, key=len, reverse=True):
            if len(known) > 1:
                text = text.replace(known, GONE)
        return text

    def blanked_in(self, kept: Any) -> Any:
        """The same in all texts of what a history keeps."""
        if isinstance(kept, dict):
            return {name: self.blanked_in(one) for name, one in kept.items()}
        if isinstance(kept, list):
            return [self.blanked_in(one) for one in kept]
        return self.blanked(kept) if isinstance(kept, str) else kept


GONE = "＊＊"


def erasure_of(actor: Actor, entries: list[int]) -> Erasure:
    """To be asked before the rows are blanked."""
    rows = list(Household.objects.filter(pk__in=entries))
    phones = {row.phone for row in rows} - {""}
    names = {row.head_name for row in rows}
    for phones_of in declared("erasing", "phones_of"):
        phones |= set(phones_of(entries))
    for names_of in declared("erasing", "names_of"):
        names |= set(names_of(entries, phones))
    return Erasure(
        actor=actor,
        hamlet=rows[0].hamlet_id,
        households=tuple(entries),
        names=frozenset(names - {""}),
        phones=frozenset(phones),
    )


def erase_everywhere(erased: Erasure) -> None:
    """The part of every app, the floors from below."""
    for erase in declared("erasing", "erase"):
        erase(erased)


def strike(erased: Erasure, rows: QuerySet[Any], *fields: str) -> None:
    """Only rows in which a name stands are written."""
    for row in rows:
        texts = {field: getattr(row, field) for field in fields}
        struck = {field: erased.blanked_in(text) for field, text in texts.items()}
        if struck != texts:
            _write(row, struck)


def _write(row: Model, texts: dict[str, Any]) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**texts)
