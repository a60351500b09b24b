"""The forms of collectives: charter, offices, an entry of the roll, shares; how lists narrow."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BaseFormSet, formset_factory
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.forms import ActionForm, PlainForm, day_field, number_field, revealed, words_field
from genxu.core.steps import StepForm
from genxu.organisation.assemblies.bodies import Kind
from genxu.organisation.assemblies.models import Motion
from genxu.people.models import Household
from genxu.regions.lists import ListForm, choice_box, words_box

from .actions import Choices, Elected
from .decisions import carried_for
from .fields import HundredthsField
from .filing_actions import DOUBT_LIMIT
from .law import NEEDS_MOTION, Gained, Lost, Never
from .models import (
    KIND_LIMIT,
    NAME_LIMIT,
    NUMBER_LIMIT,
    PERSON_LIMIT,
    SHARE,
    WORDS_LIMIT,
    Collective,
    Membership,
    Officer,
    ShareKind,
)
from .picking import doors_of, household_meant
from .roll import Entry
from .shares import held_of, shown
from .workflow import State

EMPTY_OFFICES = 6
NO_MOTION = ("", _("None: it needs no decision, or it was decided before Genxu"))


def _pick(label: Any, key: str = "households", **more: Any) -> forms.CharField:
    """A household, picked while one types."""
    widget = forms.TextInput({"list": key, "autocomplete": "off", "data-behaviour": "pick"})
    help_text = _("From the list, by its number, or by initials.")
    return forms.CharField(label=label, max_length=60, widget=widget, help_text=help_text, **more)


def _motion_field(**more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Decided by the members' meeting"), **more)


class MotionMixin(PlainForm):
    """A form with ``motion``: what the members' meeting of the collective has carried."""

    def offer_motions(self, collective: Collective, *kinds: Kind, needed: bool = False) -> None:
        self.motions = {str(one.pk): one for one in carried_for(collective, *kinds)}
        rows: list[tuple[str, Any]] = [(key, _told(one)) for key, one in self.motions.items()]
        self.offer("motion", rows if needed else [NO_MOTION, *rows])
        if needed and not rows:
            text = _("No such question has carried yet: it is put to a members' meeting first.")
            self.fields["motion"].help_text = text

    def chosen_motion(self) -> Motion | None:
        return self.motions.get(self.cleaned_data.get("motion", ""))


def _told(motion: Motion) -> str:
    day = date_format(motion.assembly.meets_on, "SHORT_DATE_FORMAT")
    return f"{day} {motion.text}"


class ChoicesForm(ActionForm):
    """What a charter chooses."""

    reserve_rate = forms.DecimalField(
        label=_("For the reserve, in percent of a year's income"),
        min_value=0, max_value=100, decimal_places=1, max_digits=4, initial=Decimal(20),
        widget=forms.NumberInput({"inputmode": "decimal", "step": "0.1"}),
    )  # fmt: skip
    follows = forms.ChoiceField(
        label=_("When somebody is born or dies"),
        choices=[("", _("Shares stay as they are")), ("yes", _("Shares follow"))],
        required=False,
        widget=forms.RadioSelect,
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of shares"),
        choices=ShareKind.choices,
        initial=[ShareKind.MEMBER],
        widget=forms.CheckboxSelectMultiple,
    )
    other_name = revealed(
        forms.CharField(
            label=_("What the other shares are called"), max_length=KIND_LIMIT, required=False
        ),
        "kinds=other",
    )
    each = HundredthsField(_("Member shares of each"), initial=SHARE)
    whole = HundredthsField(
        _("All shares together"),
        required=False,
        help_text=_("If the charter says so; else leave it empty."),
    )

    def choices(self) -> Choices:
        data = self.cleaned_data
        return Choices(
            reserve_rate=int(data["reserve_rate"] * 10),
            follows=bool(data["follows"]),
            each=data["each"],
            whole=data["whole"],
            kinds=data["kinds"],
            other_name=data["other_name"],
        )


class FoundForm(ChoicesForm):
    """A collective as it is entered; the fields of its charter stand behind its own."""

    name = forms.CharField(label=_("Name of the collective"), max_length=NAME_LIMIT)
    number = forms.CharField(
        label=_("Registered number"), max_length=NUMBER_LIMIT, required=False,
        help_text=_("As on its certificate of registration, if it has one."),
    )  # fmt: skip
    since = day_field(_("Founded on"))
    field_order = ["name", "number", "since"]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        named = {name: data[name] for name in ("name", "number", "since")}
        return {**named, "choices": self.choices()}


class CharterForm(StepForm[Collective], ChoicesForm, MotionMixin):
    since = day_field(_("Holds from"))
    motion = _motion_field()
    field_order = ["since", "motion"]

    def start_values(self) -> dict[str, Any]:
        self.offer_motions(self.row, Kind.CHARTER, needed=True)
        now = self.row.charter_on(clock.today())
        return {
            "reserve_rate": Decimal(now.reserve_rate) / 10,
            "follows": "yes" if now.follows else "",
            **{name: getattr(now, name) for name in ("kinds", "other_name", "each", "whole")},
        }

    def values(self) -> dict[str, Any]:
        since = self.cleaned_data["since"]
        return {"since": since, "choices": self.choices(), "motion": self.chosen_motion()}


class OfficerForm(PlainForm):
    """Who was elected; a row that nobody filled in is left out."""

    name = forms.CharField(label=_("Full name"), max_length=PERSON_LIMIT)
    office = forms.ChoiceField(label=_("Office"), choices=Officer.Office.choices)
    declared = forms.BooleanField(
        label=_("Says: no close relative of anybody of whom I may be none"), required=False
    )

    def has_changed(self) -> bool:
        return "name" in self.changed_data

    def elected(self) -> Elected:
        return Elected(**{name: self.cleaned_data[name] for name in ("name", "office", "declared")})


OfficerFormSet = formset_factory(
    OfficerForm, extra=EMPTY_OFFICES, max_num=20, validate_max=True, absolute_max=30
)


class ElectionForm(StepForm[Collective]):
    """A new term, with who was elected."""

    since = day_field(_("Elected on"), initial=clock.today)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows: BaseFormSet[Any] = OfficerFormSet(self.data or None, prefix="officers")
        self.with_rows(rows)

    def values(self) -> dict[str, Any]:
        elected = [one.elected() for one in self.written("officers")]
        return {"since": self.cleaned_data["since"], "elected": elected}


class EndForm(StepForm[Collective], MotionMixin):
    ended_on = day_field(_("Ended on"), initial=clock.today)
    motion = _motion_field()

    def start_values(self) -> dict[str, Any]:
        self.offer_motions(self.row, Kind.ENDING, needed=True)
        return {}

    def values(self) -> dict[str, Any]:
        return {"ended_on": self.cleaned_data["ended_on"], "motion": self.chosen_motion()}


class EntryFields(PlainForm):
    """What an entry of the roll says of somebody."""

    name = forms.CharField(label=_("Full name"), max_length=PERSON_LIMIT)
    birth_year = number_field(
        _("Year of birth"), 1900, 2200, help_text=_("Only the year: who is of age votes.")
    )
    since = day_field(_("Member since"))
    gained = forms.ChoiceField(
        label=_("How she became a member"), choices=Gained.choices, widget=forms.RadioSelect
    )
    apart = forms.BooleanField(label=_("Another person of that name"), required=False)

    def entry(self) -> Entry:
        names = ("name", "birth_year", "since", "gained", "apart")
        return Entry(**{name: self.cleaned_data[name] for name in names})


class EnterForm(StepForm[Collective], EntryFields, MotionMixin):
    """Somebody new on the roll."""

    household = _pick(_("With which household"))
    motion = revealed(_motion_field(required=False), "gained=decision")
    field_order = ["household", "name", "birth_year", "since", "gained", "motion", "apart"]

    def start_values(self) -> dict[str, Any]:
        self.households = doors_of(self.row)
        self.offer_motions(self.row, Kind.MEMBERSHIP)
        return {"gained": Gained.BIRTH}

    def clean_household(self) -> Household:
        return household_meant(self.cleaned_data["household"], self.households)

    def values(self) -> dict[str, Any]:
        household = self.cleaned_data["household"]
        return {"household": household, "entry": self.entry(), "motion": self.chosen_motion()}


class CorrectForm(StepForm[Membership], EntryFields):
    words = words_field(_("Why it is put right"), WORDS_LIMIT)

    def start_values(self) -> dict[str, Any]:
        return {name: getattr(self.row, name) for name in ("name", "birth_year", "since", "gained",
                                                           "apart")}  # fmt: skip

    def values(self) -> dict[str, Any]:
        return {"entry": self.entry(), "words": self.cleaned_data["words"]}


class LeaveForm(StepForm[Membership], MotionMixin):
    """Why a membership ends; what never ends one is asked all the same, and answered."""

    lost = forms.ChoiceField(
        label=_("Why"),
        choices=[*Lost.choices, *Never.choices],
        widget=forms.RadioSelect,
    )
    until = day_field(_("From which day on"), initial=clock.today)
    words = revealed(
        forms.CharField(
            label=_("Of which collective she is a member now"),
            max_length=WORDS_LIMIT, required=False,
        ),
        f"lost={Lost.ANOTHER}",
    )  # fmt: skip
    motion = revealed(_motion_field(required=False), f"lost={','.join(NEEDS_MOTION[1:])}")
    married = forms.BooleanField(label=_("Within a year of a marriage"), required=False)
    declared = forms.BooleanField(
        label=_("It is as the law wants it: a member elsewhere, or by her own written wish"),
        required=False,
    )

    def start_values(self) -> dict[str, Any]:
        self.offer_motions(self.row.collective, Kind.MEMBERSHIP)
        return {}

    def values(self) -> dict[str, Any]:
        return {**super().values(), "motion": self.chosen_motion()}


class MoveForm(StepForm[Membership]):
    household = _pick(_("With which household from then on"))
    day = day_field(_("Since"), initial=clock.today)

    def start_values(self) -> dict[str, Any]:
        self.households = doors_of(self.row.collective)
        return {}

    def clean_household(self) -> Household:
        return household_meant(self.cleaned_data["household"], self.households)


class QuantifyForm(StepForm[Collective], MotionMixin):
    """Every member gets what the charter says."""

    day = day_field(_("As of"), initial=clock.today)
    motion = _motion_field(required=False)

    def start_values(self) -> dict[str, Any]:
        self.offer_motions(self.row, Kind.SHARES)
        return {}

    def values(self) -> dict[str, Any]:
        return {"day": self.cleaned_data["day"], "motion": self.chosen_motion()}


class HoldingForm(StepForm[Collective], MotionMixin):
    """A step on what one household holds."""

    quantity = HundredthsField(_("How many shares"))
    day = day_field(_("On which day"), initial=clock.today)

    def __init__(self, *args: Any, household: Household, **kwargs: Any) -> None:
        self.household = household
        super().__init__(*args, **kwargs)

    def offer_members(self) -> None:
        rows = self.row.memberships.on_roll().filter(household=self.household).order_by("pk")
        self.members = {str(one.pk): one for one in rows}
        named = [(key, one.name) for key, one in self.members.items()]
        self.offer("member", [("", _("The household itself")), *named])

    def offer_holdings(self) -> None:
        held = held_of(self.row, self.household.pk)
        names = dict(Membership.objects.filter(household=self.household).values_list("pk", "name"))
        self.offer("holding", [
            (f"{kind}-{member or ''}",
             " · ".join(filter(None, (f"{ShareKind(kind).label} {shown(many)}",
                                      names.get(member or 0, "")))))
            for (member, kind), many in held.items()
        ])  # fmt: skip


def _holding(value: str) -> tuple[int | None, str]:
    """In whose name and of which kind, as the form offers it."""
    kind, _dash, member = value.partition("-")
    return (int(member) if member else None), kind


class GiveForm(HoldingForm):
    kind = forms.ChoiceField(label=_("Kind of shares"), widget=forms.RadioSelect)
    member = forms.ChoiceField(label=_("In whose name"), required=False)
    area = HundredthsField(_("How much land, in mu"), required=False)
    motion = _motion_field(required=False)
    field_order = ["kind", "member", "quantity", "area", "day", "motion"]

    def start_values(self) -> dict[str, Any]:
        self.offer_members()
        self.offer_motions(self.row, Kind.NON_MEMBER_SHARE)
        self.offer("kind", self.row.charter_on(clock.today()).offered)
        return {}

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        given = {name: data[name] for name in ("kind", "quantity", "area", "day")}
        return given | {"member": self.members.get(data["member"]), "motion": self.chosen_motion()}


class TakeForm(HoldingForm):
    holding = forms.ChoiceField(label=_("Which shares"), widget=forms.RadioSelect)
    field_order = ["holding", "quantity", "day"]

    def start_values(self) -> dict[str, Any]:
        self.offer_holdings()
        return {}

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "holding": _holding(data["holding"]), "quantity": data["quantity"], "day": data["day"],
        }  # fmt: skip


class PassOnForm(TakeForm):
    to = _pick(_("To which household"))
    inherited = forms.BooleanField(label=_("They were inherited"), required=False)
    motion = _motion_field(required=False)
    field_order = ["holding", "quantity", "to", "inherited", "day", "motion"]

    def start_values(self) -> dict[str, Any]:
        self.households = doors_of(self.row)
        self.offer_motions(self.row, Kind.NON_MEMBER_SHARE)
        return super().start_values()

    def clean_to(self) -> Household:
        return household_meant(self.cleaned_data["to"], self.households)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        more = {"to": data["to"], "inherited": data["inherited"], "motion": self.chosen_motion()}
        return super().values() | more


class DoubtForm(ActionForm):
    words = words_field(_("What is not right?"), DOUBT_LIMIT)


class CollectivesForm(ListForm):
    looks_in = ("name", "place__name")
    words = words_box(_("Name of a collective or a place"))


class AsOfForm(ListForm):
    """A list as of a day, today if none is said."""

    apart = ("words", "place")
    day = day_field(_("As of"), required=False)

    @property
    def as_of(self) -> date:
        found: date = self.chosen["day"] or clock.today()
        return found


class RollForm(AsOfForm):
    """Whom a list of members shows: those of a day, or all that was ever entered."""

    words = words_box(_("Name of a member or of the head of a household"), 40)
    looks_in = ("name", "household__head_name")
    state = choice_box(
        _("Show"),
        [
            ("ended", _("Members no longer")),
            (State.WITHDRAWN, State.WITHDRAWN.label),
            ("all", _("All that was entered")),
        ],
        _("Members on that day"),
    )
    gained = choice_box(_("How she became a member"), Gained.choices)

    def narrowed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if not self.errors and not self.chosen["state"]:
            rows = rows.on_day(self.as_of)  # type: ignore[attr-defined]
        return super().narrowed(rows)

    def by_state(self, rows: QuerySet[Any], state: str) -> QuerySet[Any]:
        if state == "ended":
            return rows.filter(state=State.LEFT, until__lte=self.as_of)
        return rows if state == "all" else rows.filter(state=state)

    def by_day(self, rows: QuerySet[Any], _day: date) -> QuerySet[Any]:
        return rows


class SharesForm(AsOfForm):
    words = words_box(_("Name of the head of a household or of a member"), 40)
    looks_in = ("household__head_name", "membership__name")
    kind = choice_box(_("Kind of shares"), ShareKind.choices)

    def by_day(self, rows: QuerySet[Any], day: date) -> QuerySet[Any]:
        return rows.filter(day__lte=day)

    def narrowed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        found = super().narrowed(rows)
        return found if self.chosen["day"] else found.filter(day__lte=clock.today())
