"""The forms of a council: who sits on it, its term, its end."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.forms import ActionForm, ManyRowsField, PlainForm, day_field, words_field
from genxu.core.sounding import sought
from genxu.core.steps import StepForm
from genxu.people.models import Household
from genxu.people.picking import meant
from genxu.regions.lists import ListForm, choice_box, words_box
from genxu.regions.models import Region
from genxu.regions.queries import called

from . import queries
from .actions import SEATS_LIMIT
from .customs import usual_end
from .models import ENDING_LIMIT, Council, Group, Seat
from .seats import SeatFacts

WHO_LIMIT = 60
EMPTY_ROWS = 5


class SeatForm(PlainForm):
    """One seat: who, with which duty, in which groups, leading which, and the consent."""

    households: Sequence[Household]
    name = forms.CharField(
        label=_("Who"),
        max_length=WHO_LIMIT,
        widget=forms.TextInput(
            {"list": "households", "autocomplete": "off", "data-behaviour": "pick"}
        ),
    )
    duty = forms.ChoiceField(
        label=_("Duty"),
        choices=Seat.Duty.choices,
        initial=Seat.Duty.MEMBER,
        widget=forms.RadioSelect,
    )
    groups = forms.MultipleChoiceField(
        label=_("Works in"),
        choices=Group.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    leads = forms.ChoiceField(
        label=_("Leads"), choices=[("", _("No group")), *Group.choices], required=False
    )
    shown = forms.BooleanField(
        label=_("Agrees to be named on the hamlet's public page"), required=False
    )

    household: Household | None = None

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        self.household = meant(name, self.households)
        return name

    def facts(self) -> SeatFacts:
        data = self.cleaned_data
        household, who = self.household, data["name"].strip()
        return SeatFacts(
            name=household.head_name if household else who,
            duty=data["duty"],
            groups=data["groups"],
            leads=data["leads"],
            household=household,
            shown=data["shown"],
        )


class OneSeatForm(StepForm[Council], SeatForm):
    """A seat of a council that stands: ``seat``, or a new one."""

    def __init__(self, *args: Any, seat: Seat | None = None, **kwargs: Any) -> None:
        self.seat = seat
        super().__init__(*args, **kwargs)

    def start_values(self) -> dict[str, Any]:
        """The household as it is picked, if she is its head."""
        self.households = queries.households_at(self.actor, self.row.hamlet_id)
        seat = self.seat
        if seat is None:
            return {}
        household = seat.household
        is_head = household is not None and household.head_name == seat.name
        return {
            "name": household.label if household and is_head else seat.name,
            **{name: getattr(seat, name) for name in ("duty", "groups", "leads", "shown")},
        }

    def values(self) -> dict[str, Any]:
        return {"facts": self.facts()}


class NewSeatForm(SeatForm):
    """A row of a new council; one that nobody filled in is left out."""

    def __init__(self, *args: Any, households: Sequence[Household], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.households = households

    def has_changed(self) -> bool:
        return "name" in self.changed_data or "groups" in self.changed_data


SeatFormSet = formset_factory(
    NewSeatForm, extra=EMPTY_ROWS, max_num=SEATS_LIMIT, validate_max=True, absolute_max=60
)


def seat_formset(households: Sequence[Household], data: Any = None) -> "BaseFormSet[Any]":
    return SeatFormSet(data, prefix="seats", form_kwargs={"households": households})


class TermForm(ActionForm):
    """From when to when."""

    formed_on = day_field(_("Formed on"), initial=clock.today)
    term_ends_on = day_field(
        _("Term ends on"), required=False, help_text=_("Empty: five years later, as is usual.")
    )

    def term(self) -> dict[str, date]:
        formed_on = self.cleaned_data["formed_on"]
        return {
            "formed_on": formed_on,
            "term_ends_on": self.cleaned_data["term_ends_on"] or usual_end(formed_on),
        }


class SeatsField(ManyRowsField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class RenewForm(StepForm[Council], TermForm):
    """A new term, and who stays."""

    stay = SeatsField(
        label=_("Who stays"),
        queryset=Seat.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("With the same duty and groups; both can be changed afterwards."),
    )

    def start_values(self) -> dict[str, Any]:
        self.offer("stay", queries.taken_seats().filter(council=self.row))
        seats = queries.seats_of(self.row)
        return {"stay": [seat.pk for seat in seats]}

    def values(self) -> dict[str, Any]:
        return {**self.term(), "stay": list(self.cleaned_data["stay"])}


class DissolveForm(StepForm[Council]):
    ending = words_field(_("Why it is dissolved"), ENDING_LIMIT)


class CouncilsForm(ListForm):
    """How a list of councils, or of the hamlets without one, is narrowed down."""

    words = words_box(_("Name of a hamlet or of somebody on a council"), 40)
    group = choice_box(_("Show"), queries.GROUPS.items(), _("All councils"))

    def by_words(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        if rows.model is Region:
            return rows.filter(called(words))
        sits = Seat.objects.taken().filter(sought("name", words)).values("council")
        return rows.filter(called(words, "hamlet__name") | Q(pk__in=sits))

    def by_group(self, rows: QuerySet[Any], group: str) -> QuerySet[Any]:
        if group == "over":
            return rows & Council.objects.term_over()
        return rows & Council.objects.term_due() if group == "due" else rows
