"""Lists of what lies at places: searched by words, narrowed down to a place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core.lists import ListPage, NarrowingForm
from genxu.core.pages import ActorRequest
from genxu.core.promises import StrOrPromise
from genxu.core.sounding import sought

from .begun import NewPage
from .codes import LENGTHS, Level
from .models import Region
from .placed import Placed, PlacedQuerySet
from .queries import (
    called,
    children_of,
    found_by,
    found_with_below,
    in_charge_called,
    name_places,
    place_of_list,
)

M = TypeVar("M", bound=Placed)
F = TypeVar("F", bound="ListForm")


def words_box(label: Any, longest: int = 60) -> forms.CharField:
    """What the search box of a list takes; the label says what is looked for."""
    return forms.CharField(label=label, required=False, max_length=longest)


def choice_box(
    label: StrOrPromise, choices: Iterable[Any], every: StrOrPromise = "", **more: Any
) -> forms.ChoiceField:
    """The choices of a field that narrows a list, all of them first, called ``every``."""
    offered = [("", every or _("All")), *choices]
    return forms.ChoiceField(label=label, required=False, choices=offered, **more)


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
    below = list(children_of(code)) if len(code) < LENGTHS[Level.HAMLET] else []
    return choice_of(below, chosen)


def choice_of(below: Sequence[Region], chosen: str) -> PlaceChoice | None:
    return PlaceChoice(_("Which place"), chosen, "", [("", below)]) if below else None


class ListForm(NarrowingForm):
    """The form of a list: words, a place by its code or its name, and the choices of its app.
    ``looks_in`` are the fields in which the words are sought, by their sound too; one that ends in
    ``hamlet__name`` as places are called."""

    looks_in: Sequence[str] = ()
    apart: Sequence[str] = ("words", "place")
    place = forms.CharField(required=False, widget=forms.HiddenInput)
    goes_down = False
    """Whether the places below the one that is found are read with it, as ``below``."""
    found: Region | None = None
    below: Sequence[Region] | None = None

    def clean_place(self) -> str:
        """The code that the place has today; one that is no place, or far from the actor's charge,
        is told."""
        given = self.cleaned_data["place"]
        if not given:
            return ""
        self.found = self._coded(given) if given.isdecimal() else self._called(given)
        if self.found is None:
            raise forms.ValidationError(_("There is no place with this code."))
        code = self.found.code
        if not any(code.startswith(own) or own.startswith(code) for own in self.actor.places()):
            raise forms.ValidationError(_("This place is not in your charge."))
        return code

    def _coded(self, given: str) -> Region | None:
        if not self.goes_down:
            return found_by(given)
        found, self.below = found_with_below(given)
        return found

    def _called(self, given: str) -> Region:
        """The one place in the actor's charge with this name; none and several are told."""
        found = in_charge_called(self.actor, given.strip())
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(_("No place in your charge is called so."))
        told = {"name": given, "places": "、".join(f"{one.parent}·{one}" for one in found[:4])}
        told["places"] += "…" if len(found) > 4 else ""
        message = _("There are several %(name)s: %(places)s. Say which one.")
        raise forms.ValidationError(message % told)

    @property
    def at(self) -> Region | None:
        """The place to which the list is narrowed down."""
        return self.found if self.chosen["place"] else None

    def by_words(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        found = Q(pk__in=[])
        for field in self.looks_in:
            is_place = field.endswith("hamlet__name")
            found |= called(words, field) if is_place else sought(field, words)
        return rows.filter(found)

    def by_place(self, rows: PlacedQuerySet[Any], code: str) -> QuerySet[Any]:
        return rows.under(code)


class PlacedList(ListPage[F, M]):
    """A list of what lies at places; ``named`` are the fields whose places are put on its rows,
    ``goes_down`` says whether one chooses among the places below. Where it reaches beyond one
    village, the label of each hamlet names the village. ``begins`` is the page on which such a
    thing begins: offered to whoever may, in each hamlet of hers."""

    named: Sequence[str] = ()
    goes_down = False
    begins: NewPage | None = None

    def put_on(self, rows: Sequence[Any], form: F) -> None:
        beyond = self._reaches_beyond_a_village(form)
        if self.named:
            name_places(rows, *self.named, beyond_village=beyond)
            return
        for row in rows:
            place = row if isinstance(row, Region) else getattr(row, row.place_field)
            place.beyond_village = beyond and place.is_hamlet

    def _reaches_beyond_a_village(self, form: F) -> bool:
        places = [form.at.code] if form.at else form.actor.places(self.permission.roles)
        villages = {code[: LENGTHS[Level.VILLAGE]] for code in places}
        return len(villages) > 1 or any(len(one) < LENGTHS[Level.VILLAGE] for one in villages)

    def context(self, form: F, fragment: bool) -> dict[str, Any]:
        found: dict[str, Any] = {"place": form.at}
        if self.begins:
            found |= {"begins": self.begins, "hamlets": self.begins.hamlets_of(form.actor)}
        if self.goes_down:
            code = form.chosen["place"]
            top = code or form.actor.places(self.permission.roles)[0]
            known = form.below if code else None
            found["places"] = places_below(top, code) if known is None else choice_of(known, code)
        return found

    def asked(self, request: ActorRequest) -> F:
        form = super().asked(request)
        form.goes_down = self.goes_down
        return form

    def noted_at(self, form: F) -> Model | None:
        return place_of_list(form.actor, self.permission, form.chosen["place"])
