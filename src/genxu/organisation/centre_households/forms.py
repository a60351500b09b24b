"""The forms of centre households. What they refuse they say at the field; what was typed stays."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from genxu.core import clock, steps
from genxu.core.access import Actor
from genxu.core.days import wrong_day
from genxu.core.forms import KEY, SENTENCES, ActionForm, day_field, number_field, words_field
from genxu.core.names import clean_name
from genxu.core.sounding import sought
from genxu.people.models import Household
from genxu.people.number_forms import WhoseNumberForm
from genxu.people.picking import meant
from genxu.people.roles import KEEPERS
from genxu.regions.lists import ListForm, choice_box, words_box

from . import queries
from .appointing import LONGEST_TERM, TERM_YEARS
from .facts import NAME_LIMIT, STATEMENT_LIMIT
from .models import REMIND, SILENT, CentreHousehold, Duty
from .workflow import Leaving, State

HOUSEHOLD = re.compile(rf"for-{KEY.pattern}")


def duties_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("What it does"), choices=Duty.choices, widget=forms.CheckboxSelectMultiple
    )


class StepForm(steps.StepForm[CentreHousehold]):
    """What every step of a centre household carries; as it is, a plain yes."""


class PassOverForm(StepForm):
    words = words_field(_("The reason"), help_text=_("Those who stand will read it word for word."))


class SendBackForm(StepForm):
    words = words_field(_("What should the branch look at again?"))


class RenewForm(steps.WordsForm[CentreHousehold]):
    years = number_field(_("For how many years"), 1, LONGEST_TERM, initial=TERM_YEARS)
    field_order: tuple[str, ...] = ("years", "words")


class AppointForm(WhoseNumberForm, RenewForm):
    appointed_on = day_field(
        _("Appointed from"),
        initial=clock.today,
        help_text=_("The day that stands on the certificate."),
    )
    field_order = ("appointed_on", "years", "words")


class CorrectForm(WhoseNumberForm, StepForm):
    person_name = forms.CharField(
        label=_("Name of the person"),
        max_length=NAME_LIMIT,
        help_text=_("As it stands on the certificate."),
    )
    duties = duties_field()

    def start_values(self) -> dict[str, Any]:
        return {"person_name": self.row.person_name, "duties": self.row.duties}


class EndForm(StepForm):
    reason = forms.ChoiceField(
        label=_("Why it ends"), choices=Leaving.choices, widget=forms.RadioSelect
    )
    left_on = day_field(_("Last day of service"))
    words = words_field(
        _("A word about it"),
        required=False,
        help_text=_("Needed if the rules were broken or the appraisal failed."),
    )

    def start_values(self) -> dict[str, Any]:
        """Of one that has moved away the reason and the day are known."""
        return self.row.ends_by_moving or {"left_on": clock.today()}


class ConsentForm(ActionForm):
    """The two things that only the person can allow."""

    shown = forms.BooleanField(
        label=_("My name and duties may stand on the public card that the door plate opens."),
        required=False,
    )
    phone_shown = forms.BooleanField(
        label=_("The households I look after may see my phone number and ring me."),
        required=False,
    )

    def __init__(self, *args: Any, one: CentreHousehold, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.one = one
        self.initial.setdefault("shown", one.shown)
        self.initial.setdefault("phone_shown", one.phone_shown)


class StandForm(ActionForm):
    """A household nominates one of its own, on its own page."""

    person_name = forms.CharField(
        label=_("Who of you"),
        max_length=NAME_LIMIT,
        help_text=_("Any adult of your household."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    duties = forms.MultipleChoiceField(
        label=_("What you would like to do for the neighbours"),
        choices=Duty.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    statement = words_field(
        _("Why you?"),
        STATEMENT_LIMIT,
        required=False,
        help_text=_("One or two sentences that your neighbours will read."),
    )
    shown = forms.BooleanField(
        label=_("Once appointed, my name and duties may stand on the public card."),
        required=False,
    )
    phone_shown = forms.BooleanField(
        label=_("The households I look after may see my phone number and ring me."),
        required=False,
    )

    def __init__(self, *args: Any, household: Household, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("person_name", household.head_name)


class HouseholdChoice:
    """The households of a hamlet as they are picked from a list while one types."""

    def __init__(self, households: Sequence[Household]) -> None:
        self.households = households

    def find(self, text: str) -> Household | None:
        """As ``meant`` finds it, or by its head's name if only one has it."""
        alike = [one for one in self.households if clean_name(text) == one.head_name]
        return alike[0] if len(alike) == 1 else meant(text, self.households)


class _PickForm(ActionForm):
    """A form that begins with a household of the hamlet."""

    household = forms.CharField(
        label=_("Household"),
        max_length=60,
        help_text=_("Type the name of its head or its number, and pick it."),
        widget=forms.TextInput(
            {"list": "households", "autocomplete": "off", "data-behaviour": "pick"}
        ),
    )

    def __init__(self, *args: Any, households: Sequence[Household], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice = HouseholdChoice(households)

    def clean_household(self) -> Household:
        found = self.choice.find(self.cleaned_data["household"])
        if found is None:
            raise forms.ValidationError(_("Please pick a household of this hamlet from the list."))
        return found


class RecommendForm(_PickForm):
    """What a neighbour said to the secretary."""


class NominateForm(_PickForm):
    """The branch writes a nomination down for a household."""

    person_name = forms.CharField(
        label=_("Who of this household"), max_length=NAME_LIMIT, help_text=_("Any adult of it.")
    )
    duties = duties_field()
    statement = words_field(
        _("Why?"),
        STATEMENT_LIMIT,
        required=False,
        help_text=_("One or two sentences that the neighbours will read."),
    )


class CoverageForm(ActionForm):
    """Who looks after whom, as it was drawn. The field of a household, ``for-KEY``, is there to
    bear what is refused of it; ``shown`` is the fingerprint of what the page had shown."""

    shown = forms.CharField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pairs: list[tuple[int, int | None]] = []
        self.drawn = [name for name in self.data if HOUSEHOLD.fullmatch(name)]
        self.fields |= {name: forms.Field(required=False, label="") for name in self.drawn}

    def clean(self) -> None:
        for name in self.drawn:
            household = int(name.removeprefix("for-"))
            for value in cast("QueryDict", self.data).getlist(name):
                if value and not KEY.fullmatch(value):
                    self.add_error(name, SENTENCES["invalid_choice"])
                else:
                    self.pairs.append((household, int(value) if value else None))


class AppointManyForm(ActionForm):
    """The term of all that are ticked."""

    appointed_on = day_field(_("Appointed from"))
    years = number_field(_("For how many years"), 1, LONGEST_TERM)

    def clean_appointed_on(self) -> date:
        day: date = self.cleaned_data["appointed_on"]
        if wrong := wrong_day("appointed_on", day):
            raise forms.ValidationError(str(wrong["appointed_on"]))
        return day


STATES: dict[str, tuple[str, ...]] = {
    "serving": (State.APPOINTED,),
    "nominated": (State.NOMINATED,),
    "selected": (State.SELECTED,),
    "left": (State.LEFT,),
    "rest": (State.NOT_CHOSEN, State.WITHDRAWN),
}
FEWEST_DIGITS = 4


class CentreHouseholdsForm(ListForm):
    """How the list is narrowed down: to those who serve, unless somebody asks for others."""

    words = words_box(_("Name, or the last digits of the certificate"), 40)
    group = choice_box(_("State"), queries.GROUPS.items(), initial="serving")

    def __init__(self, data: Any, *, actor: Actor) -> None:
        super().__init__(data, actor=actor)
        if not actor.plays(KEEPERS):
            self.apart = (*self.apart, "group")

    def by_words(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        """A part of the name, or the last digits of the certificate."""
        if words.isascii() and words.isdecimal() and len(words) >= FEWEST_DIGITS:
            return rows.filter(certificate__endswith=words)
        return rows.filter(sought("person_name", words))

    def by_group(self, rows: QuerySet[Any], group: str) -> QuerySet[Any]:
        """Of one state; those whose term is due by the day on which it ends."""
        if group == "due":
            due = rows.filter(state=State.APPOINTED, term_ends_on__lte=clock.today() + REMIND)
            return due.order_by("term_ends_on", "pk")
        if group == "silent":
            return rows.filter(SILENT, state=State.APPOINTED)
        if group == "gone":
            return rows.filter(state=State.APPOINTED, household__left_on__isnull=False)
        return rows.filter(state__in=STATES[group])
