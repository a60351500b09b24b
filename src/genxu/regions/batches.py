"""Rows that lie in hamlets: where they may lie, and whose they are for the journal."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Protocol

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from genxu.core.access import Actor, Permission
from genxu.core.actions import Action, action
from genxu.core.sheets.intake import Intake, R, keys_of, locked

from .codes import Level
from .models import Region


class Placed(Protocol):
    """A row that names the code of its hamlet."""

    @property
    def hamlet(self) -> str: ...


class HamletIntake(Intake[R]):
    """Rows of hamlets, all below one place."""

    @classmethod
    def action(cls, permission: Permission) -> Action[Any, Region]:
        """The action that enters such rows, all or none; it is named as its permission."""

        def take_in(
            *,
            actor: Actor,
            place: Region,
            rows: Sequence[R],
            count: int,
            hamlets: Collection[str],
            source: str = "",
        ) -> Region:
            cls(rows, place).take_in(actor, count, hamlets)
            return place

        take_in.__module__, take_in.__doc__ = cls.__module__, cls.__doc__
        take_in.__name__ = permission.name.split(".")[-1]
        return action(permission, notes=("count", "hamlets", "source"))(take_in)

    def places(self) -> QuerySet[Region]:
        return Region.objects.of_level(Level.HAMLET)

    def misplaced(self, hamlet: str) -> dict[str, str]:
        if hamlet not in self.hamlets:
            return {"hamlet": _("There is no hamlet with the code %s.") % hamlet}
        if ended := self.hamlets[hamlet].ended:
            return {"hamlet": ended}
        if self.place is not None and not hamlet.startswith(self.place.code):
            return {"hamlet": _("This hamlet does not lie in %s.") % self.place}
        return {}


def hamlets_of(rows: Iterable[Placed]) -> list[str]:
    """The hamlets that the rows name, as the journal notes them."""
    return sorted({row.hamlet for row in rows})


def lock_hamlets(codes: Iterable[str]) -> None:
    """Whoever gives a hamlet something holds it, as rows of a spreadsheet do."""
    list(keys_of(locked(Region.objects.filter(code__in=codes))))
