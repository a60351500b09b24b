"""What lies at a place: seen by those in charge there, found below any place."""

from collections.abc import Collection
from functools import cache
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.utils.encoding import force_str

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


@cache
def _labels(field: "models.Field[Any, Any]") -> dict[Any, StrOrPromise]:
    """Value → label of a field with choices."""
    return dict(field.flatchoices)


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

    def _get_FIELD_display(self, field: "models.Field[Any, Any]") -> str:
        """What stands behind each ``get_…_display``. Django's own reads all choices anew for each
        value, in the language that is spoken: 0.05 ms, twice in each row of a list."""
        value = getattr(self, field.attname)
        label: str = force_str(_labels(field).get(value, value), strings_only=True)
        return label


class InHamlet(Placed):
    """A row that lies in a hamlet."""

    hamlet = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
