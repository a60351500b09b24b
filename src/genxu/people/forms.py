"""The forms of the registers. What they refuse they say at the field; what was typed stays."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.access import under
from genxu.core.errors import Invalid
from genxu.core.forms import ActionForm, day_field, number_field
from genxu.core.names import clean_name
from genxu.core.sounding import sought
from genxu.core.steps import StepForm
from genxu.regions.lists import ListForm, words_box
from genxu.regions.models import Region

from . import queries
from .adapter import PhoneField
from .models import HEADS_LIMIT, NAME_LIMIT, NUMBER_LIMIT, Household, HouseholdNeed
from .number_forms import WhoseNumberForm
from .register import Who, asked_who, is_another_now
from .rows import HouseholdRow


def _name_field() -> forms.CharField:
    return forms.CharField(
        label=_("Name of the head"),
        max_length=NAME_LIMIT,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


def _phone_field(**changes: Any) -> PhoneField:
    widget = forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "off"})
    values: dict[str, Any] = {"label": _("Phone number"), "required": False, "widget": widget}
    return PhoneField(**values | changes)


def _heads_field() -> forms.IntegerField:
    return number_field(_("How many people"), 1, HEADS_LIMIT)


class HouseholdForm(ActionForm):
    """A household that is new in the register."""

    hamlet = forms.ChoiceField(label=_("Hamlet"))
    head_name = _name_field()
    head_count = _heads_field()
    phone = _phone_field()
    number = number_field(
        _("House number"),
        1,
        NUMBER_LIMIT,
        required=False,
        help_text=_("Leave it empty for the next free number of the hamlet."),
    )

    def __init__(self, *args: Any, hamlets: list[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("hamlet", _by_village(hamlets))
        if len(hamlets) == 1:
            self.fields["hamlet"].widget = forms.HiddenInput()
            self.fields["hamlet"].initial = hamlets[0].code

    def entered(self) -> HouseholdRow:
        data = self.cleaned_data
        return HouseholdRow(
            data["hamlet"], data["number"], data["head_name"], data["phone"], data["head_count"]
        )


def _by_village(hamlets: list[Region]) -> list[tuple[Any, Any]]:
    villages: dict[str, list[tuple[str, str]]] = {}
    for hamlet in hamlets:
        villages.setdefault(str(hamlet.parent), []).append((hamlet.code, str(hamlet)))
    if len(villages) == 1:
        return list(*villages.values())
    return list(villages.items())


class CorrectForm(WhoseNumberForm, StepForm[Household]):
    """``who`` is asked only where what was typed would make another household of this one."""

    head_name = _name_field()
    head_count = _heads_field()
    phone = _phone_field()
    who = forms.ChoiceField(
        label=_("Who lives here?"), choices=Who.choices, required=False, widget=forms.HiddenInput
    )
    asks = False
    """Whether it was asked: then it is shown what would become of the household until now."""

    def start_values(self) -> dict[str, Any]:
        return {name: getattr(self.row, name) for name in ("head_name", "head_count", "phone")}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if {"head_name", "phone", "head_count"} <= set(data) and self._is_another(data):
            self._ask()
            if not data.get("who"):
                self.add_error("who", asked_who(self.row))
        return data

    def _ask(self) -> None:
        self.asks = self.fields["who"].required = True
        self.fields["who"].widget = forms.RadioSelect(choices=Who.choices)

    def refuse(self, error: Invalid) -> None:
        """Somebody else's change may have made it another household at this very moment."""
        if "who" in error.fields:
            self._ask()
        super().refuse(error)

    def _is_another(self, data: dict[str, Any]) -> bool:
        values = (data["head_name"], data["phone"], data["head_count"])
        row = HouseholdRow(self.row.hamlet_id, self.row.number, *values).cleaned()
        return is_another_now(self.row, row)


class MoveAwayForm(StepForm[Household]):
    on = day_field(_("Since when"), initial=clock.today)


class ComeBackForm(StepForm[Household]):
    """A plain yes."""


class UndoForm(StepForm[Household]):
    words = forms.CharField(
        label=_("Why it is taken back"),
        max_length=200,
        help_text=_("A few words, such as: noted by mistake. They stay in its history."),
    )


class UndoMergeForm(UndoForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = False


class MergeForm(StepForm[Household]):
    """Which one, then, once it is seen what becomes of all that is its own, the yes."""

    double = forms.TypedChoiceField(
        label=_("The other entry"),
        coerce=int,
        help_text=_("It is no longer listed or counted. You can undo it at any time."),
    )

    def start_values(self) -> dict[str, Any]:
        others = _others_of(self.row)
        if self.is_bound:  # sent twice, it names a double by now: the action says what became of it
            others += [(one.pk, one.label) for one in self.row.doubles.all()]
        self.offer("double", others)
        return {}

    @property
    def chosen(self) -> Household | None:
        """The other entry, as it was chosen or sent."""
        given = str(self["double"].value() or "")
        others = Household.objects.filter(hamlet=self.row.hamlet_id)
        return others.filter(pk=int(given)).first() if _is_key(given) else None

    def clean_double(self) -> Household:
        return Household.objects.get(pk=self.cleaned_data["double"])


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18


def _others_of(household: Household) -> list[tuple[Any, Any]]:
    """The other households of the hamlet, those that look alike first."""
    rows = Household.objects.living_here().filter(hamlet=household.hamlet_id)
    found = list(rows.exclude(pk=household.pk).order_by("number"))

    def is_far(one: Household) -> bool:
        same_phone = one.phone and one.phone == household.phone
        return one.head_name != household.head_name and not same_phone

    named = [(one.pk, one.label) for one in sorted(found, key=is_far)]
    return [("", _("Choose a household")), *named]


class NeedsForm(StepForm[Household]):
    kinds = forms.MultipleChoiceField(
        label=_("What the household needs"),
        choices=HouseholdNeed.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(
        label=_("The household was asked and agrees that this is kept"),
        required=False,
        help_text=_("Needed by law for such things (PIPL 29). Nothing else is written down."),
    )

    def start_values(self) -> dict[str, Any]:
        return {"kinds": list(self.row.needs.values_list("kind", flat=True))}


class EraseForm(StepForm[Household]):
    sure = forms.BooleanField(label=_("Yes, erase it for good. I know that nobody can undo it."))

    def values(self) -> dict[str, Any]:
        return {}


class OwnRecordForm(ActionForm):
    """What a household itself may correct."""

    phone = _phone_field(label=_("New phone number"))
    head_count = _heads_field()

    def __init__(self, *args: Any, household: Household, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("head_count", household.head_count)
        if household.phone:
            text = _("Leave it empty to keep %s.")
            self.fields["phone"].help_text = text % household.phone_masked


LEAST_DIGITS = 3
"""So many last digits of a phone number are asked for: fewer would find half the hamlet."""


class HouseholdsForm(ListForm):
    """How the register of a place is narrowed down: to those who live there, at first."""

    words = words_box(_("Name, initials (zxf) or end of the phone number"), NAME_LIMIT)
    standing = forms.ChoiceField(
        label=_("Which"), required=False, choices=list(queries.STANDINGS.items())
    )

    @cached_property
    def at(self) -> Region:
        """The place whose register is shown: the one asked for, or the actor's own."""
        if self.chosen["place"]:
            return queries.in_charge(self.actor, self.found)
        return queries.place_in_charge(self.actor, self.actor.places(Household.seen_by)[0])

    @property
    def is_narrowed(self) -> bool:
        """Whether not all who live there are shown."""
        return bool(self.chosen["words"] or self.chosen["standing"])

    @cached_property
    def counts(self) -> queries.Counts:
        """How many live there."""
        return queries.counts_of(self.actor, self.at.code)

    def narrowed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        rows = super().narrowed(rows).filter(under(self.at.code, "hamlet"), merged_into=None)
        return rows if self.chosen["standing"] in ("left", "erasure") else rows.filter(left_on=None)

    def by_place(self, rows: QuerySet[Any], code: str) -> QuerySet[Any]:
        return rows  # as ``at`` says

    def by_words(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        """Digits are a number of the house or the end of a phone number, letters are pinyin."""
        text = clean_name(words)
        if text.isdecimal() and text.isascii():
            found = Q(number=int(text)) if len(text) <= 4 else Q()
            ends = Q(phone__endswith=text) if len(text) >= LEAST_DIGITS else Q()
            return rows.filter(found | ends)
        by_initials = Q(initials__contains=text.lower()) if text.isascii() else Q()
        return rows.filter(by_initials | sought("head_name", text))

    def by_standing(self, rows: QuerySet[Any], standing: str) -> QuerySet[Any]:
        if standing == "needs":
            return rows.filter(Exists(HouseholdNeed.objects.filter(household=OuterRef("pk"))))
        field = {"left": "left_on", "erasure": "erasure_asked_on"}[standing]
        return rows.filter(**{f"{field}__isnull": False})
