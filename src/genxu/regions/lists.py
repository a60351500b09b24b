"""Lists of what lies at places: searched by words, narrowed down to a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.db.models import Model, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from genxu.core.lists import ListPage, NarrowingForm
from genxu.core.promises import StrOrPromise

from .codes import code_in
from .models import Region
from .placed import Placed, PlacedQuerySet
from .queries import name_places, place_of_list, place_with

M = TypeVar("M", bound=Placed)
F = TypeVar("F", bound="ListForm")


def words_box(label: Any, longest: int = 60) -> forms.CharField:
    """What the search box of a list takes; the label says what is looked for."""
    return forms.CharField(label=label, required=False, max_length=longest)


@dataclass(frozen=True)
class PlaceChoice:
    """The places among which a list lets one choose; ``everywhere`` is the code for all.

    ``groups`` are (name, places); a name that is empty heads nothing.
    """

    label: StrOrPromise
    everywhere: str
    chosen: str
    groups: Sequence[tuple[str, Sequence[Region]]]


def places_below(code: str, chosen: str) -> PlaceChoice | None:
    """The places one level below, to go down to from what is chosen; None below a hamlet."""
    below = list(Region.objects.filter(parent=code).order_by("code"))
    return PlaceChoice(_("Which place"), chosen, "", [("", below)]) if below else None


class PlaceField(forms.CharField):
    """A place code in the address of a list; what is none is left out."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> str:
        return code_in(super().to_python(value) or "")


class ListForm(NarrowingForm):
    """The form of a list: words, a place, and the choices of its app."""

    apart: Sequence[str] = ("words", "place")
    place = PlaceField(required=False)

    @cached_property
    def at(self) -> Region | None:
        """The place to which the list is narrowed down."""
        return place_with(self.chosen["place"])

    def by_place(self, rows: PlacedQuerySet[Any], code: str) -> QuerySet[Any]:
        return rows.under(code)


class PlacedList(ListPage[F, M]):
    """A list of what lies at places; ``named`` are the fields whose places its rows name,
    ``goes_down`` says whether one chooses among the places below."""

    named: Sequence[str] = ()
    goes_down = False

    def put_on(self, rows: Sequence[Any]) -> None:
        if self.named:
            name_places(rows, *self.named)

    def context(self, form: F, fragment: bool) -> dict[str, Any]:
        if not self.goes_down:
            return {"place": form.at}
        code = form.chosen["place"]
        top = code or form.actor.places(self.permission.roles)[0]
        return {"place": form.at, "places": places_below(top, code)}

    def noted_at(self, form: F) -> Model | None:
        return place_of_list(form.actor, self.permission, form.chosen["place"])
