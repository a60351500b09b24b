"""The forms of catalogue, stewards, certifications and errands."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.forms import ActionForm, ManyRowsField, day_field, words_field
from genxu.core.lists import DaysForm
from genxu.core.sounding import sought
from genxu.core.steps import ReasonForm, StepForm
from genxu.people.adapter import PhoneField
from genxu.people.answers import Answer
from genxu.people.models import Household
from genxu.people.number_forms import WhoseNumberForm
from genxu.people.picking import Doorplate, meant
from genxu.regions.lists import ListForm, choice_box, words_box
from genxu.regions.models import Region
from genxu.regions.queries import called

from . import queries
from .asking import needs_company
from .models import (
    LINE_LIMIT,
    NAME_LIMIT,
    RECEIPT_LIMIT,
    WHOM_LIMIT,
    Certification,
    Channel,
    Errand,
    Institution,
    Item,
    Posting,
)
from .workflow import RUNNING, State

FACTS = ("name", "bring", "channel", "takes", "certifies", "is_example")


class ItemForm(ActionForm):
    """An item: what it is called, what to bring, which way, how long."""

    name = forms.CharField(label=_("What is done"), max_length=NAME_LIMIT)
    bring = forms.CharField(label=_("What to bring"), max_length=LINE_LIMIT)
    channel = forms.ChoiceField(
        label=_("Official channel"), choices=Channel.choices, widget=forms.RadioSelect
    )
    takes = forms.CharField(label=_("How long it takes"), max_length=NAME_LIMIT, required=False)
    certifies = forms.BooleanField(
        label=_("It confirms a pension for twelve months"), required=False
    )
    is_example = forms.BooleanField(label=_("Only an example: not confirmed yet"), required=False)


class ChangeItemForm(StepForm[Item], ItemForm):
    def start_values(self) -> dict[str, Any]:
        return {name: getattr(self.row, name) for name in FACTS}


def _name_box(label: Any, **more: Any) -> forms.CharField:
    widget = forms.TextInput({"autocomplete": "off"})
    return forms.CharField(label=label, max_length=NAME_LIMIT, widget=widget, **more)


class PostForm(WhoseNumberForm):
    """Whom a unit sends."""

    institution = forms.CharField(
        label=_("Which unit sends him or her?"),
        max_length=NAME_LIMIT,
        widget=forms.TextInput({"list": "units", "autocomplete": "off"}),
    )
    name = _name_box(_("Name"))
    phone = PhoneField(
        label=_("Phone number"),
        widget=forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
        help_text=_("To sign in with. Households see it only if the steward agrees."),
    )
    since = day_field(_("Since"), initial=clock.today)


class ChangePostingForm(PostForm, StepForm[Posting]):
    def start_values(self) -> dict[str, Any]:
        row = self.row
        return {"institution": row.institution.name, "name": row.name, "phone": row.phone,
                "since": row.since}  # fmt: skip


class HouseholdsField(ManyRowsField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


class LinkForm(StepForm[Posting]):
    """Who said yes to this steward, to whom, on which day."""

    households = HouseholdsField(
        label=_("Who said yes?"),
        queryset=Household.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Households without a steward. Each can say no on its own page."),
    )
    heard_by = _name_box(_("Who heard it?"))
    heard_on = day_field(_("When was it heard?"))

    def start_values(self) -> dict[str, Any]:
        self.offer("households", queries.without_steward(self.row.hamlet_id))
        return {"heard_by": self.actor.name, "heard_on": clock.today()}

    def values(self) -> dict[str, Any]:
        return {**super().values(), "households": list(self.cleaned_data["households"])}


def _whom_box() -> forms.CharField:
    return forms.CharField(
        label=_("For whom?"),
        max_length=WHOM_LIMIT,
        required=False,
        help_text=_("A word is enough: grandmother, father. No name is needed."),
    )


class PickForm(ActionForm):
    """One of the households that have a steward."""

    household = forms.CharField(
        label=_("Which household?"),
        max_length=60,
        help_text=_("A name from the list, or its initials."),
        widget=forms.TextInput(
            {"list": "households", "autocomplete": "off", "data-behaviour": "pick"}
        ),
    )

    def __init__(self, *args: Any, households: Sequence[Doorplate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.households = households

    def clean_household(self) -> Household:
        found = meant(self.cleaned_data["household"], self.households)
        if found is None:
            raise forms.ValidationError(_("Please pick one of the households offered."))
        return Household.objects.select_related("hamlet").get(pk=found.pk)


class ItemChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """What is offered, with what to bring."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{obj.bring}）" if obj.bring else str(obj.name)


def _item_box() -> ItemChoiceField:
    return ItemChoiceField(
        label=_("What is to be done?"), queryset=Item.objects.none(), widget=forms.RadioSelect,
        empty_label=None,
    )  # fmt: skip


class AskForm(PickForm):
    """An errand that a household asks for."""

    item = _item_box()
    whom = _whom_box()

    def __init__(self, *args: Any, items: QuerySet[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("item", items)


class OwnAskForm(ActionForm):
    """The same on its own page."""

    item = _item_box()
    whom = _whom_box()

    def __init__(self, *args: Any, items: QuerySet[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("item", items)


class MonthField(forms.DateField):
    """A month; a day within it is read too."""

    def __init__(self, **more: Any) -> None:
        widget = forms.DateInput({"type": "month"}, format="%Y-%m")
        super().__init__(input_formats=["%Y-%m", "%Y-%m-%d", "%Y.%m"], widget=widget, **more)


class CertificationForm(PickForm):
    whom = forms.CharField(
        label=_("Who is it?"), max_length=WHOM_LIMIT,
        help_text=_("A word is enough: grandmother, father. No name is needed."),
    )  # fmt: skip
    month = MonthField(label=_("Month of the last one"))


class ChangeCertificationForm(StepForm[Certification]):
    whom = forms.CharField(label=_("Who is it?"), max_length=WHOM_LIMIT)
    month = MonthField(label=_("Month of the last one"))

    def start_values(self) -> dict[str, Any]:
        return {"whom": self.row.whom, "month": self.row.month}


# --- steps of an errand --------------------------------------------------------------------------


class AuthoriseForm(StepForm[Errand]):
    """Her yes: how, to whom, when."""

    heard_how = forms.ChoiceField(
        label=_("How did she say yes?"),
        choices=[one for one in Errand.How.choices if one[0] != Errand.How.OWN],
        widget=forms.RadioSelect,
    )
    heard_by = _name_box(
        _("Who heard it, or has the slip?"),
        help_text=_("By word of mouth: somebody else than the steward."),
    )
    heard_on = day_field(_("When was it?"))

    def start_values(self) -> dict[str, Any]:
        return {"heard_on": clock.today(), "heard_by": self.actor.name}


class CompanyForm(StepForm[Errand]):
    """Asks who goes along, only where somebody has to."""

    beside = _name_box(
        _("Who goes along?"), required=False,
        help_text=_("She was not content the last time: so nobody comes alone."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_company(self.row):
            self.fields["beside"].required = True
        else:
            del self.fields["beside"]


class ReceiptForm(StepForm[Errand]):
    """The number of the receipt, or that she has it in hand: one of the two."""

    done_on = day_field(_("Done on"))
    receipt = forms.CharField(
        label=_("Number of the receipt"), max_length=RECEIPT_LIMIT, required=False,
        help_text=_("No amount, no password, no number of an identity card."),
    )  # fmt: skip
    handed_over = forms.BooleanField(label=_("She has the receipt in hand"), required=False)

    def start_values(self) -> dict[str, Any]:
        row = self.row
        known = {"receipt": row.receipt, "handed_over": not row.receipt} if row.done_on else {}
        return {"done_on": row.done_on or clock.today(), **known}


class FinishForm(ReceiptForm, CompanyForm):
    field_order = ("done_on", "receipt", "handed_over", "beside")


class GiveUpForm(ReasonForm[Errand]):
    words = words_field(
        _("What was tried, and why it did not work"),
        help_text=_("Whoever takes it up reads it: nobody's name, no amount."),
    )


class WordForm(StepForm[Errand]):
    """What she told somebody who did not do it."""

    answer = forms.ChoiceField(
        label=_("What does she say?"), choices=Answer.choices, widget=forms.RadioSelect
    )
    heard_by = _name_box(_("Who heard it?"), help_text=_("Not whoever did it."))
    words = words_field(_("In her own words, if there are any"), required=False)

    def start_values(self) -> dict[str, Any]:
        return {"heard_by": self.actor.name}


# --- lists ---------------------------------------------------------------------------------------


class ItemsForm(ListForm):
    looks_in = ("name",)
    words = words_box(_("Name of an item"))


class PostingsForm(ListForm):
    words = words_box(_("Name of a hamlet, a steward, a unit"), 40)

    def by_words(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        units = Institution.objects.filter(name__contains=words).values("pk")
        found = called(words, "hamlet__name") | sought("name", words) | Q(institution__in=units)
        return rows.filter(found)


class LinksForm(ListForm):
    words = words_box(_("Name or number of a household"))
    group = choice_box(_("Show"), [("without", _("Without a steward")),
                 ("with", _("With a steward"))], _("All households"))  # fmt: skip

    def by_words(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        if words.isdecimal() and len(words) < 5:
            return rows.filter(number=int(words))
        return rows.filter(sought("head_name", words))

    def by_group(self, rows: QuerySet[Any], group: str) -> QuerySet[Any]:
        return rows.filter(queries.linked() if group == "with" else ~queries.linked())


class ErrandsForm(ListForm, DaysForm):
    """Their days are those on which they were asked for."""

    day_of = "asked_on"
    field_order = ("words", "place", "group", "since", "until")
    words = words_box(_("An item, a steward, a household"))
    group = choice_box(_("State"), [("running", _("Under way")), *State.choices])  # fmt: skip

    def by_words(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        found = sought("item__name", words) | sought("posting__name", words)
        return rows.filter(found | sought("household__head_name", words))

    def by_group(self, rows: QuerySet[Any], group: str) -> QuerySet[Any]:
        return rows.filter(state__in=RUNNING if group == "running" else [group])


class CertificationsForm(ListForm):
    looks_in = ("household__head_name",)
    words = words_box(_("Name of a household"))
    group = choice_box(_("Show"), [("due", _("Falls due")), ("lapsed", _("Lapsed"))])  # fmt: skip

    def by_group(self, rows: Any, group: str) -> QuerySet[Any]:
        return rows.due() if group == "due" else rows.lapsed()  # type: ignore[no-any-return]


def units_at(hamlet: Region) -> list[Institution]:
    """Those known in the county, to be picked from."""
    rows = Institution.objects.filter(place=hamlet.code[:6])
    return list(rows.order_by("name"))


def this_month() -> date:
    return clock.today().replace(day=1)
