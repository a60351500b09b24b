"""What is typed about a fund: what came, what is asked, decided, paid, planned."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.forms import ActionForm, day_field, number_field, revealed, words_field
from genxu.core.lists import DaysForm
from genxu.core.money import yuan_field
from genxu.core.names import bare
from genxu.core.photo_fields import PhotosField
from genxu.core.steps import StepForm
from genxu.organisation.assemblies.bodies import Kind
from genxu.organisation.assemblies.models import Motion
from genxu.people.models import Household
from genxu.people.picking import meant
from genxu.places.ledger.deciding import motions_for
from genxu.regions.lists import ListForm, choice_box, words_box
from genxu.regions.models import Region

from . import choosing, queries
from .actions import OF_MEMBERS
from .choosing import Somebody
from .limits import REFUSED
from .models import (
    GOODS_LIMIT,
    NAME_LIMIT,
    PAPER_LIMIT,
    WHAT_LIMIT,
    Budget,
    Contribution,
    Purpose,
    Purse,
    Source,
    Spending,
)
from .spending_actions import CHIT_PROOF, FOUR, OF_HAMLET
from .workflow import OPEN, Asked, Came

PERSON = [("person", _("A person")), ("firm", _("A firm, a shop, an association"))]
PROOFS = [("number", _("A receipt or an invoice")), (CHIT_PROOF, _("Only a chit"))]
PURPOSES = [
    ("", _("Please choose one")), *Purpose.choices,
    *((key, label) for key, (label, _why) in REFUSED.items()),
]  # fmt: skip


def kind_of(*, is_person: bool) -> str:
    return "person" if is_person else "firm"


def _who(label: Any, **more: Any) -> forms.CharField:
    picks = {"list": "households", "autocomplete": "off", "data-behaviour": "pick"}
    return forms.CharField(
        label=label, max_length=NAME_LIMIT, widget=forms.TextInput(picks), **more
    )


def _radio(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


class WithSomebody(forms.Form):
    """A form with a field of who gave or gets money: a household by name, number or initials, or
    whoever has that name. ``hamlet`` is whose households are meant; they are offered to who keeps
    the register only (``picks``), others type the whole name."""

    somebody = ""
    hamlet: Region
    picks = True

    @cached_property
    def households(self) -> list[Any]:
        return choosing.households_in(self.hamlet.code)

    def who(self) -> Somebody:
        data = self.cleaned_data
        typed = str(data.pop(self.somebody, ""))
        found = meant(typed, self.households) if self.picks else None
        if not self.picks:
            named = [one for one in self.households if bare(one.head_name) == bare(typed)]
            found = named[0] if len(named) == 1 else None
        household = Household.objects.get(pk=found.pk) if found else None
        return Somebody(typed, data.pop("kind", "") == "person", household)

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        if self.cleaned_data.get(self.somebody):
            try:
                self.cleaned_data["who"] = self.who()
            except forms.ValidationError as error:
                self.add_error(self.somebody, error)
        return data


class MotionField(forms.ModelChoiceField[Motion]):
    """What carried, with the day and the name of its meeting, and what of the fund it was used for
    already."""

    def __init__(self, label: Any, **more: Any) -> None:
        self.used: Mapping[int, list[str]] = {}
        super().__init__(queryset=Motion.objects.none(), label=label, **more)

    def label_from_instance(self, obj: Motion) -> str:
        told = f"{obj.assembly.meets_on:%Y-%m-%d} {obj.assembly} · {obj}"
        used = self.used.get(obj.pk)
        return f"{told} · {queries.told_used(used)}" if used else told

    def among(self, hamlet: Region, bodies: Any, kinds: Collection[str] = Kind.values) -> bool:
        """Offer what carried there; whether there is any."""
        keys = [one.pk for one in motions_for(hamlet, bodies) if one.kind in kinds]
        self.used = queries.uses_of(keys)
        rows = Motion.objects.filter(pk__in=keys).select_related("assembly__hamlet")
        self.queryset = rows.order_by("-assembly__meets_at", "position")
        return bool(keys)


class ContributionForm(WithSomebody, ActionForm):
    """What came in; the accounts follow from where it came from."""

    somebody = "giver"
    source = _radio(_("Where does it come from?"), Source.choices)
    amount = yuan_field(
        _("How much, in yuan"), required=False, help_text=_("Leave it empty for things.")
    )
    goods = forms.CharField(
        label=_("Or which things"), max_length=GOODS_LIMIT, required=False,
        help_text=_("Such as ten sacks of cement. No sum is made of them."),
    )  # fmt: skip
    purse = _radio(_("Where does the money lie?"), Purse.choices, initial=Purse.BANK)
    day = day_field(_("When did it come?"), initial=clock.today)
    giver = revealed(_who(_("Who gave it?"), required=False), f"source={Source.SOCIETY}")
    kind = revealed(
        _radio(_("Is that a person?"), PERSON, required=False),
        f"source={Source.SOCIETY}",
    )
    named = revealed(
        forms.BooleanField(
            label=_("The giver wishes to be named on the wall"), required=False,
            help_text=_("Only if asked and agreed. Otherwise it says: a villager."),
        ),
        f"source={Source.SOCIETY}",
    )  # fmt: skip
    motion = revealed(
        MotionField(_("Which decision of the members?"), required=False), f"source={Source.OWN}"
    )
    paper = forms.CharField(
        label=_("Number of the slip, if there is one"), max_length=PAPER_LIMIT, required=False
    )
    instead: Contribution | None = None

    def at(self, hamlet: Region, *, picks: bool) -> "ContributionForm":
        self.hamlet, self.picks = hamlet, picks
        self.fields["motion"].among(hamlet, OF_MEMBERS, [Kind.PLAIN])  # type: ignore[attr-defined]
        return self

    def clean(self) -> dict[str, Any] | None:
        """Whether a giver is a person is known to who notes it only: it is asked."""
        data = self.cleaned_data
        if data.get("source") == Source.SOCIETY and data.get("giver") and not data.get("kind"):
            self.add_error("kind", _("This is still missing."))
        return super().clean()

    def values(self) -> dict[str, Any]:
        data = super().values()
        data |= {"giver": data.pop("who", None), "instead": self.instead}
        data.pop("kind", None)
        return data


class SeenForm(StepForm[Contribution]):
    """A plain yes."""


class ThanksForm(StepForm[Contribution]):
    thanked_on = day_field(_("When were thanks said?"), initial=clock.today)
    words = words_field(_("How they were said"), required=False)


class WishForm(StepForm[Contribution]):
    named = forms.BooleanField(label=_("Wishes to be named on the wall"), required=False)
    words = words_field(_("What did the giver say, and when?"))

    def start_values(self) -> dict[str, Any]:
        return {"named": not self.row.named}


class GiveBackForm(StepForm[Contribution]):
    day = day_field(_("When was it given back?"), initial=clock.today)
    words = words_field(_("The reason"))


# --- what is asked -------------------------------------------------------------------------------


class AskFields(WithSomebody):
    somebody = "payee"
    what = forms.CharField(
        label=_("What for?"), max_length=WHAT_LIMIT,
        help_text=_("It stands so in the open accounts: no names of persons."),
    )  # fmt: skip
    purpose = forms.ChoiceField(label=_("What kind of spending"), choices=PURPOSES)
    amount = yuan_field(_("How much, in yuan"))
    payee = _who(_("Who gets the money?"))
    kind = _radio(_("Is that a person?"), PERSON)
    wanted_on = day_field(_("When is it needed?"), required=False)


def _asked(data: dict[str, Any]) -> dict[str, Any]:
    data["payee"] = data.pop("who")
    data.pop("kind", None)
    return data


class AskForm(AskFields, ActionForm):
    def at(self, hamlet: Region) -> "AskForm":
        self.hamlet = hamlet
        return self

    def values(self) -> dict[str, Any]:
        return _asked(super().values())


class CorrectForm(AskFields, StepForm[Spending]):
    words = words_field(_("Why it is corrected"), required=False)

    def start_values(self) -> dict[str, Any]:
        row, self.hamlet = self.row, self.row.hamlet
        names = ("what", "purpose", "amount", "wanted_on")
        payee = row.household.label if row.household else row.payee
        kind = kind_of(is_person=row.is_person)
        return {name: getattr(row, name) for name in names} | {"payee": payee, "kind": kind}

    def values(self) -> dict[str, Any]:
        return _asked(super().values())


class DecideForm(StepForm[Spending]):
    beside = forms.ChoiceField(
        label=_("Who of the council was there?"),
        help_text=_("One does not decide alone."),
    )  # fmt: skip
    decided_on = day_field(_("When was it decided?"), initial=clock.today)
    words = words_field(_("A word about it"), required=False)

    def start_values(self) -> dict[str, Any]:
        self.seats = {str(one.pk): one for one in choosing.seats_at(self.row.hamlet_id)}
        others = [(key, one.name) for key, one in self.seats.items() if one.name != self.actor.name]
        self.offer("beside", others)
        return {}

    def values(self) -> dict[str, Any]:
        return {**super().values(), "beside": self.seats[self.cleaned_data["beside"]]}


class BringForm(StepForm[Spending]):
    """The first three of the four steps, each with its day, as they come."""

    proposed_on = day_field(_("The branch proposed it"), required=False)
    discussed_on = day_field(_("The committees discussed it"), required=False)
    deliberated_on = day_field(_("The Party members' meeting deliberated on it"), required=False)

    def start_values(self) -> dict[str, Any]:
        return {name: getattr(self.row, name) for name in FOUR}


class ResolveForm(StepForm[Spending]):
    motion = MotionField(
        _("Which decision of the meeting?"),
        help_text=_("What carried stands here. Its votes are counted under Assemblies."),
    )

    def start_values(self) -> dict[str, Any]:
        self.fields["motion"].among(self.row.hamlet, OF_HAMLET)  # type: ignore[attr-defined]
        return {}


class PublishForm(StepForm[Spending]):
    published_on = day_field(_("Since when does it hang there?"), initial=clock.today)


class ResultForm(StepForm[Spending]):
    told_on = day_field(_("Since when does it hang there?"), initial=clock.today)


class PayForm(StepForm[Spending]):
    amount = yuan_field(_("How much was paid, in yuan"))
    purse = _radio(_("Out of what?"), Purse.choices, initial=Purse.BANK)
    day = day_field(_("When was it paid?"), initial=clock.today)
    proof = _radio(_("What paper is there?"), PROOFS, initial="number")
    paper = forms.CharField(label=_("Its number"), max_length=PAPER_LIMIT, required=False)
    photos = PhotosField(label=_("Or a picture of it"))

    def __init__(self, *args: Any, files: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.files = files or self.files

    def start_values(self) -> dict[str, Any]:
        return {"amount": self.row.decided}


class UnpayForm(StepForm[Spending]):
    day = day_field(_("When did it come back?"), initial=clock.today)
    words = words_field(_("The reason"))


# --- the year ------------------------------------------------------------------------------------


def _planned() -> dict[str, Any]:
    return {one.value: yuan_field(one.label, least=0, required=False) for one in Purpose}


class PlanFields(forms.Form):
    """A sum for each purpose, in yuan; empty is nothing."""

    office, utilities, repairs, events, facilities, other = _planned().values()

    def sums(self, data: dict[str, Any]) -> dict[str, Any]:
        planned = {purpose: data.pop(purpose, None) or 0 for purpose in Purpose.values}
        return {**data, "planned": planned}


class PlanForm(PlanFields, ActionForm):
    year = number_field(_("Which year"), 2000, 2100, initial=lambda: clock.today().year)
    field_order = ("year",)

    def values(self) -> dict[str, Any]:
        return self.sums(super().values())


class ChangePlanForm(PlanFields, StepForm[Budget]):
    words = words_field(_("The reason"))

    def start_values(self) -> dict[str, Any]:
        return {purpose: self.row.planned(purpose) for purpose in Purpose.values}

    def values(self) -> dict[str, Any]:
        return self.sums(super().values())


class LimitForm(ActionForm):
    amount = yuan_field(_("From this sum on, in yuan"))


# --- lists ---------------------------------------------------------------------------------------


class FundsForm(ListForm):
    """By place only."""


class ContributionsForm(ListForm, DaysForm):
    day_of = "day"
    field_order = ("place", "source", "state", "since", "until")
    source = choice_box(_("Where from"), Source.choices)
    state = choice_box(_("State"), Came.choices)


class SpendingsForm(ListForm, DaysForm):
    day_of = "asked_on"
    looks_in = ("what",)
    field_order = ("words", "place", "group", "purpose", "since", "until")
    words = words_box(_("What the money is for"))
    group = choice_box(_("State"), [("open", _("Not at its end")), *Asked.choices])
    purpose = choice_box(_("What kind of spending"), Purpose.choices)

    def by_group(self, rows: Any, group: str) -> QuerySet[Any]:
        found: QuerySet[Any] = rows.filter(state__in=OPEN if group == "open" else [group])
        return found
