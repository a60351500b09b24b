"""What lies at a place: seen by those in charge there, found below any place."""

from collections.abc import Collection
from typing import ClassVar, Self, TypeVar

from django.db import models

from genxu.core.access import Actor, under, within
from genxu.core.errors import Missing
from genxu.core.promises import StrOrPromise

from .models import Region

P = TypeVar("P", bound="Placed")


class PlacedQuerySet(models.QuerySet[P]):
    """Rows that lie at places; every list of them starts at ``visible_to(actor)``."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the places in the actor's charge, if a role held there sees them."""
        return self.filter(within(actor, self.model.place_field, self.model.seen_by))

    def under(self, code: str) -> Self:
        """Those of a place and of all below it; of everywhere for the empty code."""
        return self.filter(under(code, self.model.place_field))

    def one_for(self, actor: Actor, pk: int) -> P:
        """The one with this key; ``Missing`` where there is none, or it is not for the actor."""
        beside = self.model.shown_with
        rows = self.select_related(*beside) if beside else self
        found = rows.visible_to(actor).filter(pk=pk).first()
        if found is None:
            raise Missing(self.model.missing)
        return found


class Placed(models.Model):
    """A row that lies at the place to which its field ``place_field`` leads.

    ``seen_by`` are the roles that see it where they hold: nobody, unless the model says so; its
    permission in ``rules`` reads them here. ``missing`` is what an outsider is told of it;
    ``shown_with`` are the rows read with the one that a page shows.
    """

    place_field: ClassVar[str] = "hamlet"
    seen_by: ClassVar[Collection[str]] = ()
    missing: ClassVar[StrOrPromise]
    shown_with: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    @property
    def place_code(self) -> str:
        return str(getattr(self, f"{self.place_field}_id"))


class InHamlet(Placed):
    """A row that lies in a hamlet."""

    hamlet = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
