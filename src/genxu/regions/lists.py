"""Lists of what lies at places: searched by words, narrowed down to a place."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django import forms
from django.db.models import Model, QuerySet

from genxu.core.lists import ListPage, NarrowingForm

from .forms import PlaceField
from .placed import Placed, PlacedQuerySet
from .queries import name_places, place_of_list, place_with

M = TypeVar("M", bound=Placed)


def words_box(label: Any, longest: int = 60) -> forms.CharField:
    """What the search box of a list takes; the label says what is looked for."""
    return forms.CharField(label=label, required=False, max_length=longest)


class ListForm(NarrowingForm):
    """The form of a list: words, a place, and the choices of its app."""

    apart = ("words", "place")
    place = PlaceField()

    def by_place(self, rows: PlacedQuerySet[Any], code: str) -> QuerySet[Any]:
        return rows.under(code)


class PlacedList(ListPage[M]):
    """A list of what lies at places; ``named`` are the fields whose places its rows name."""

    named: Sequence[str] = ()

    def put_on(self, rows: Sequence[Any]) -> None:
        if self.named:
            name_places(rows, *self.named)

    def context(self, form: NarrowingForm, fragment: bool) -> dict[str, Any]:
        return {"place": place_with(form.chosen["place"])}

    def noted_at(self, form: NarrowingForm) -> Model | None:
        return place_of_list(form.actor, self.permission, form.chosen["place"])
