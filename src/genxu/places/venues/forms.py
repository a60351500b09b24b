"""The forms of a place: what it is, its rooms and things, the six elements, the wall."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.forms import ActionForm, day_field, number_field
from genxu.core.steps import StepForm
from genxu.organisation.branches.models import Member
from genxu.regions.lists import ListForm, choice_box, words_box

from . import queries
from .facts import VenueFacts
from .models import (
    MOST_SEATS,
    MOST_THINGS,
    NAME_LIMIT,
    OWNER_LIMIT,
    ROOM_LIMIT,
    THING_LIMIT,
    Element,
    Face,
    Room,
    Source,
    Venue,
)
from .workflow import State


class FactsForm(forms.Form):
    """What it is called, where it comes from, since when, whose it is."""

    name = forms.CharField(label=_("Name of the place"), max_length=NAME_LIMIT)
    source = forms.ChoiceField(
        label=_("Where it comes from"), choices=Source.choices, widget=forms.RadioSelect
    )
    since = day_field(_("In use since"))
    owner = forms.CharField(
        label=_("Whose house it is"), max_length=OWNER_LIMIT, required=False,
        help_text=_("Empty if it is common property."),
    )  # fmt: skip
    agreed_until = day_field(
        _("Agreed until"), required=False,
        help_text=_("Empty if nothing was said of an end. You are reminded 60 days before."),
    )  # fmt: skip

    def facts(self) -> VenueFacts:
        return VenueFacts(**{name: self.cleaned_data[name] for name in FactsForm.base_fields})


class OpenForm(FactsForm, ActionForm):
    rooms = forms.CharField(
        label=_("Its rooms"), max_length=200, required=False,
        help_text=_("Set apart by 、. Empty: it is one hall."),
    )  # fmt: skip

    def values(self) -> dict[str, Any]:
        return {"facts": self.facts(), "rooms": self.cleaned_data["rooms"]}


class ChangeForm(FactsForm, StepForm[Venue]):
    def start_values(self) -> dict[str, Any]:
        return {name: getattr(self.row, name) for name in FactsForm.base_fields}

    def values(self) -> dict[str, Any]:
        return {"facts": self.facts()}


class RoomForm(StepForm[Venue]):
    name = forms.CharField(label=_("Name of the room"), max_length=ROOM_LIMIT)
    tables = number_field(_("Tables"), 0, MOST_SEATS, initial=0)
    seats = number_field(_("Seats"), 0, MOST_SEATS, initial=0)


class ChangeRoomForm(StepForm[Venue]):
    """One of its rooms; what is left empty stays as it is."""

    room = forms.ModelChoiceField(
        label=_("Which room?"), queryset=Room.objects.none(), widget=forms.RadioSelect,
        empty_label=None,
    )  # fmt: skip
    name = forms.CharField(
        label=_("Another name"), max_length=ROOM_LIMIT, required=False,
        help_text=_("What is left empty stays as it is."),
    )  # fmt: skip
    tables = number_field(_("Tables"), 0, MOST_SEATS, required=False)
    seats = number_field(_("Seats"), 0, MOST_SEATS, required=False)
    gone = forms.BooleanField(label=_("It is used no more"), required=False)

    def start_values(self) -> dict[str, Any]:
        rooms = Room.objects.usable().filter(venue=self.row).order_by("pk")
        self.offer("room", rooms)
        return {}


class ThingForm(StepForm[Venue]):
    name = forms.CharField(
        label=_("What is it?"), max_length=THING_LIMIT,
        widget=forms.TextInput({"list": "things", "autocomplete": "off"}),
    )  # fmt: skip
    count = number_field(_("How many are there?"), 0, MOST_THINGS)


class TickForm(StepForm[Venue]):
    kind = forms.ChoiceField(
        label=_("Which element?"), choices=Element.Kind.choices, widget=forms.RadioSelect
    )
    there = forms.TypedChoiceField(
        label=_("Is it there?"), choices=[("yes", _("Is there")), ("no", _("It is missing"))],
        coerce=lambda value: value == "yes", widget=forms.RadioSelect,
    )  # fmt: skip
    seen_on = day_field(_("When did somebody look?"), initial=clock.today)
    by = forms.CharField(label=_("Who looked?"), max_length=OWNER_LIMIT)

    def start_values(self) -> dict[str, Any]:
        missing = [one for one in queries.ticks_of(self.row) if not one.is_there]
        first = missing[0].kind if missing else None
        return {"by": self.actor.name, "there": "yes", "kind": first}


class HangForm(StepForm[Venue]):
    member = forms.ModelChoiceField(
        label=_("Which member?"), queryset=Member.objects.none(), widget=forms.RadioSelect,
        empty_label=None,
    )  # fmt: skip
    agreed_on = day_field(
        _("When did he agree?"), initial=clock.today,
        help_text=_("In writing, and to this alone: that he hangs on this wall."),
    )  # fmt: skip

    def start_values(self) -> dict[str, Any]:
        self.offer("member", queries.members_for_wall(self.row))
        return {}


class TakeDownForm(StepForm[Venue]):
    face = forms.ModelChoiceField(
        label=_("Whose?"), queryset=Face.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def start_values(self) -> dict[str, Any]:
        faces = Face.objects.of(self.actor, self.row).select_related("member").order_by("pk")
        self.offer("face", faces)
        return {}


class VenuesForm(ListForm):
    looks_in = ("name", "hamlet__name")
    words = words_box(_("Name of a place or of a hamlet"), 40)
    group = choice_box(
        _("Show"), [("due", _("Agreement ends soon")), ("lacking", _("An element is missing")),
                    (State.OPEN, State.OPEN.label), (State.CLOSED, State.CLOSED.label)],
        _("All places"),
    )  # fmt: skip
    source = choice_box(_("Where it comes from"), Source.choices)

    def by_group(self, rows: Any, group: str) -> QuerySet[Any]:
        if group == "due":
            return rows.agreement_due()  # type: ignore[no-any-return]
        if group == "lacking":
            found: QuerySet[Any] = rows.filter(state=State.OPEN, there__lt=len(Element.Kind))
            return found
        return rows.filter(state=group)  # type: ignore[no-any-return]
