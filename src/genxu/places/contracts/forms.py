"""The forms of a contract: what it says, the decision, the signature, rents, its end."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BaseFormSet, formset_factory
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.forms import SENTENCES, ActionForm, PlainForm, day_field, number_field, words_field
from genxu.core.lists import DaysForm
from genxu.core.money import YuanField, yuan
from genxu.core.names import bare
from genxu.core.steps import StepForm
from genxu.organisation.assemblies.models import Motion
from genxu.people.models import Household
from genxu.people.picking import meant
from genxu.places.ledger import chart
from genxu.places.ledger.deciding import motions_for
from genxu.regions.lists import ListForm, choice_box, words_box

from . import queries
from .hints import bodies_for
from .models import (
    AHEAD,
    LARGEST_AREA,
    OBJECT_LIMIT,
    PAPER_LIMIT,
    Contract,
    Ending,
    Rent,
    Way,
    What,
)
from .queries import Door
from .rent_actions import INTO
from .terms import LONGEST, Terms
from .workflow import State

WHO_LIMIT = 80
MOST_STEPS, FIRST_STEPS = 20, 2
SIDES = [("yes", _("A household, or a person")), ("no", _("A company or a cooperative"))]


class AreaField(forms.DecimalField):
    """Mu with two digits behind the point; its value is hundredths of a mu."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_digits=9, decimal_places=2, widget=widget, **more)

    def clean(self, value: Any) -> int | None:
        found = super().clean(str(value or "").replace(",", "").replace("，", "").strip())
        return None if found is None else min(int(found * 100), LARGEST_AREA + 1)

    def prepare_value(self, value: Any) -> Any:
        return f"{value / 100:g}" if isinstance(value, int) else value


class RentStepForm(PlainForm):
    """From which year of the contract on how much a year; one left empty is none."""

    from_year = number_field(_("From year"), 1, LONGEST, required=False)
    yearly = YuanField(label=_("Yuan a year"), least=0, required=False)

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        year, fen = (self.cleaned_data.get(name) for name in ("from_year", "yearly"))
        if fen is not None and year is None and "from_year" not in self.errors:
            self.add_error("from_year", SENTENCES["required"])
        if year not in (None, 1) and fen is None and "yearly" not in self.errors:
            self.add_error("yearly", SENTENCES["required"])
        return data

    @property
    def is_given(self) -> bool:
        return self.cleaned_data.get("yearly") is not None

    def step(self) -> tuple[int, int]:
        return self.cleaned_data["from_year"], self.cleaned_data["yearly"]


StepSet: Any = formset_factory(
    RentStepForm, extra=FIRST_STEPS, max_num=MOST_STEPS, validate_max=True,
    absolute_max=2 * MOST_STEPS,
)  # fmt: skip


def step_set(data: Any, steps: Sequence[tuple[int, int]] = ()) -> "BaseFormSet[Any]":
    begins = [{"from_year": year, "yearly": fen} for year, fen in steps] or [{"from_year": 1}]
    found: BaseFormSet[Any] = StepSet(data, prefix="steps", initial=begins)
    return found


class TermsForm(forms.Form):
    """What a contract says; the steps of its rent stand beside it."""

    way = forms.ChoiceField(
        label=_("Does it come in, or go out?"), choices=Way.choices, widget=forms.RadioSelect
    )
    what = forms.ChoiceField(label=_("What is it?"), choices=What.choices)
    object = forms.CharField(
        label=_("Which one"), max_length=OBJECT_LIMIT,
        help_text=_("As people call it: the orchard behind the hill."),
    )  # fmt: skip
    other = forms.CharField(
        label=_("The other side"), max_length=WHO_LIMIT,
        widget=forms.TextInput(
            {"list": "households", "autocomplete": "off", "data-behaviour": "pick"}
        ),
        help_text=_("A household of the place is known by the name of its head. "
                    "No public page names a person."),
    )  # fmt: skip
    is_person = forms.ChoiceField(label=_("Who is that?"), choices=SIDES, widget=forms.RadioSelect)
    area = AreaField(label=_("Mu (of land only)"), required=False)
    since = day_field(_("From which day"))
    until = day_field(_("Last day"))
    first_due = day_field(
        _("The first rent is due on"), required=False,
        help_text=_("Then on the same day of each year. Empty for land that brings shares."),
    )  # fmt: skip

    known: Sequence[Door] = ()
    offered: Sequence[Door] = ()
    sets: dict[str, Any]

    def among(self, offered: Sequence[Door], known: Sequence[Door]) -> None:
        self.offered, self.known = offered, known

    def clean_other(self) -> str:
        """Who is not picked is a household all the same, where one head alone has this name."""
        typed = str(self.cleaned_data["other"])
        found = meant(typed, self.offered)
        named = [one for one in self.known if bare(one.head_name) == bare(typed)]
        if found is None and len(named) == 1:
            found = named[0]
        self.household = Household.objects.get(pk=found.pk) if found else None
        return typed

    def written(self, name: str) -> list[Any]:
        """The steps that say something, also those that stood there already."""
        return [one for one in self.sets[name] if one.is_given]

    def terms(self) -> Terms:
        data = {name: self.cleaned_data[name] for name in TermsForm.base_fields}
        is_person = data.pop("is_person") == "yes"
        steps = [one.step() for one in self.written("steps")]
        return Terms(**data, is_person=is_person, household=self.household, steps=steps)


class DraftForm(TermsForm, ActionForm):
    """A new contract."""

    def values(self) -> dict[str, Any]:
        return {"terms": self.terms()}


class _OfContract(TermsForm, StepForm[Contract]):
    """What stands in a contract, to be put right or to go on with."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = queries.doors_at(self.row.place)
        self.among(queries.doors_to_name(self.actor, self.row.place, known), known)
        self.with_rows(step_set(self.data if self.is_bound else None, self.row.steps_told))

    def start_values(self) -> dict[str, Any]:
        row = self.row
        told = {name: getattr(row, name) for name in TermsForm.base_fields}
        return told | {"other": row.other_side, "is_person": "yes" if row.is_person else "no"}

    def clean_other(self) -> str:
        """The same as before stays the same, also where it has moved away."""
        typed = super().clean_other()
        if self.household is None and bare(typed) == bare(self.row.other_side):
            self.household = self.row.household
            return self.row.other
        return typed


class CorrectForm(_OfContract):
    words = words_field(_("What was wrong?"), required=False)

    def values(self) -> dict[str, Any]:
        return {"terms": self.terms(), "words": self.cleaned_data["words"]}


class RenewForm(_OfContract):
    """It begins with the terms of the older one, from the day behind it on."""

    def start_values(self) -> dict[str, Any]:
        row = self.row
        first = date.fromordinal(row.last_day.toordinal() + 1)
        span = row.until - row.since
        told = {"since": first, "until": first + span}
        return super().start_values() | told | {"first_due": first if row.has_rent else None}

    def values(self) -> dict[str, Any]:
        return {"terms": self.terms()}


class DecideForm(StepForm[Contract]):
    motion = forms.ModelChoiceField(
        Motion.objects.none(), label=_("Which decision?"),
        help_text=_("Those that carried here; of the body that decides on such a contract."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        carried = motions_for(self.row.place, bodies_for(self.row))
        self.offer("motion", Motion.objects.filter(pk__in=[one.pk for one in carried]))


class SignForm(StepForm[Contract]):
    signed_on = day_field(_("Signed on"), initial=clock.today)
    paper = forms.CharField(label=_("Number of the paper"), max_length=PAPER_LIMIT, required=False)


class RentForm(StepForm[Contract]):
    """The oldest rent that is owed stands there already."""

    year = forms.TypedChoiceField(label=_("For which year?"), coerce=int)
    amount = YuanField(label=_("Yuan"), help_text=_("A part is enough: the rest stays owed."))
    day = day_field(_("On which day"), initial=clock.today)
    account = forms.ChoiceField(label=_("To which account"))
    paper = forms.CharField(label=_("Number of the slip"), max_length=PAPER_LIMIT, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = _("Year %(year)s · due %(day)s · %(owed)s owed")
        self.offer("year", [
            (one.year, told % {"year": one.year, "day": date_format(one.day, "DATE_FORMAT"),
                               "owed": yuan(one.owed)})
            for one in self.row.schedule
        ])  # fmt: skip
        self.offer("account", [(code, chart.accounts()[code].label) for code in INTO])

    def start_values(self) -> dict[str, Any]:
        first = next((one for one in self.row.schedule if one.owed), None)
        return {"year": first.year, "amount": first.owed} if first else {}


class TakeBackForm(StepForm[Contract]):
    rent = forms.ModelChoiceField(Rent.objects.none(), label=_("Which rent?"))
    day = day_field(_("Taken back on"), initial=clock.today)
    words = words_field(_("The reason"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("rent", self.row.rents.standing().order_by("-day", "-pk"))


class EndForm(StepForm[Contract]):
    last_day = day_field(_("Its last day"), initial=clock.today)
    how = forms.ChoiceField(
        label=_("How did it end?"), choices=Ending.choices, widget=forms.RadioSelect
    )
    words = words_field(_("The reason"))


class ContractsForm(DaysForm, ListForm):
    """How the list of contracts is narrowed down."""

    day_of = "until"
    looks_in = ("object", "other", "household__head_name", "place__name")
    words = words_box(_("What it is, the other side, or a place"))
    group = choice_box(_("Show"), [
        ("due", _("Rent owed, or due within sixty days")),
        ("running_out", _("Running out within sixty days")),
        ("stands", _("Running now")),
        ("in", _("Comes in")),
        ("out", _("Let out")),
        (State.DRAFTED, _("Still to be signed")),
    ])  # fmt: skip
    what = choice_box(_("What kind of thing"), What.choices)

    def by_group(self, rows: QuerySet[Contract], group: str) -> QuerySet[Contract]:
        today, found = clock.today(), Contract.objects.all()
        of = {
            "due": found.due_until(today + AHEAD),
            "running_out": found.running_out(today + AHEAD),
            "stands": found.standing_on(today),
            "in": found.coming_in().exclude(state=State.WITHDRAWN),
            "out": found.filter(way=Way.LEASE_OUT).exclude(state=State.WITHDRAWN),
            State.DRAFTED.value: found.filter(state__in=[State.DRAFTED, State.DECIDED]),
        }
        narrowed = rows & of[group]
        return narrowed.order_by("next_due", "pk") if group == "due" else narrowed
