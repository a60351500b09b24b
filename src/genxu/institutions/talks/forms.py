"""The one screen on which a talk is recorded."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.forms import BaseFormSet, formset_factory
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.forms import (
    SENTENCES,
    ActionForm,
    PlainForm,
    day_field,
    number_field,
    words_field,
)
from genxu.core.lists import DaysForm
from genxu.core.photo_fields import PhotosField
from genxu.core.sounding import sought
from genxu.institutions.announcements.models import Wish
from genxu.institutions.matters.models import TEXT_LIMIT, TITLE_LIMIT, Matter, Suggestion
from genxu.institutions.matters.queries import joinable
from genxu.institutions.matters.workflow import Tier
from genxu.people.models import Household
from genxu.people.picking import Doorplate, meant
from genxu.people.queries import doorplates
from genxu.regions.lists import ListForm, words_box
from genxu.regions.models import Region

from . import rules
from .actions import HEADS_LIMIT, SUGGESTIONS_LIMIT, Gathering, Said, wrong_words
from .models import Raised, Talk, TalkQuerySet
from .workflow import State

GROUPS = {
    "held": _("Held"),
    "nobody": _("Nobody came"),
    "gone": _("Withdrawn or joined"),
}


class EveningForm(ActionForm):
    """When, where, about what, with how many."""

    held_on = day_field(_("Date"))
    venue = forms.CharField(label=_("Place"), max_length=60)
    topic = forms.CharField(label=_("Topic"), max_length=60)
    head_count = number_field(_("How many came"), 0, HEADS_LIMIT)
    host = forms.CharField(label=_("Host"), max_length=40)
    recorder = forms.CharField(label=_("Recorder"), max_length=40)

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        if day > clock.today():
            raise forms.ValidationError(_("A talk that is still to come cannot be recorded yet."))
        return day

    def gathering(self) -> Gathering:
        data = self.cleaned_data
        names = {field.name for field in fields(Gathering)}
        return Gathering(**{name: data[name] for name in names if name in data})


class TalkForm(EveningForm):
    """An evening with its pictures. Whoever writes down what was said need not say more: neither
    what it was about nor how many came. That nobody came is one tap. ``another`` holds the day of
    which she said that a second talk was held; ``wishes`` are the keys of the lines for the talk
    that stand on the page."""

    another = forms.CharField(required=False, widget=forms.HiddenInput)
    wishes = forms.CharField(required=False, widget=forms.HiddenInput)
    nobody = forms.BooleanField(label=_("Nobody came"), required=False)
    photos = PhotosField(label=_("Pictures, if there are any"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["head_count"].required = self.fields["topic"].required = False

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        if not self.cleaned_data.get("nobody") and not self.written("said"):
            for name in ("topic", "head_count"):
                if self.cleaned_data.get(name, "") in ("", None):
                    self.add_error(name, SENTENCES["required"])
        if self.cleaned_data.get("nobody") and not self.errors:
            self.cleaned_data["head_count"] = self.cleaned_data["head_count"] or 0
            self.cleaned_data["topic"] = self.cleaned_data["topic"] or gettext("Nobody came")
            if self.cleaned_data["head_count"]:
                self.add_error("head_count", _("Either nobody came, or so many did."))
        return data

    def shown_of(self, wishes: Sequence[Wish]) -> list[Wish]:
        """Those of the lines for the talk that stood on the page; others came since, and wait."""
        keys = set(self.cleaned_data["wishes"].split(","))
        return [one for one in wishes if str(one.pk) in keys]

    @property
    def is_another(self) -> bool:
        return bool(self.cleaned_data["another"] == str(self.cleaned_data["held_on"]))


def start_values(name: str, last: Talk | None) -> dict[str, Any]:
    """What a new record begins with: today, the usual place, the secretary herself."""
    return {
        "held_on": clock.today(),
        "venue": last.venue if last else "",
        "host": name,
        "recorder": last.recorder if last else name,
    }


class Surroundings:
    """The households and open matters of a hamlet, read when first asked for."""

    def __init__(self, actor: Actor, hamlet: Region) -> None:
        self.actor = actor
        self.hamlet = hamlet

    @cached_property
    def households(self) -> list[Doorplate]:
        """Only the one that is meant is made a row of."""
        if not self.actor.holds(Household.seen_by, self.hamlet.code):
            return []
        return [Doorplate(*row) for row in doorplates(self.hamlet.code)]

    def household(self, typed: str) -> Household | None:
        """The household that is meant; None for a name of its own, ``ValidationError`` as
        ``meant`` says."""
        one = meant(typed, self.households) if typed else None
        if one is None:
            return None
        pk, number, name, _initials = one
        return Household(pk=pk, hamlet=self.hamlet, number=number, head_name=name)

    @cached_property
    def joinable(self) -> Sequence[Matter]:
        return list(joinable(self.hamlet))

    @cached_property
    def matters(self) -> dict[str, Matter]:
        return {str(matter.pk): matter for matter in self.joinable}

    def matter_choices(self) -> list[tuple[str, Any]]:
        titles = [(key, matter.shown_title) for key, matter in self.matters.items()]
        return [("", _("No, it is new")), *titles]


WHO = {"list": "households", "autocomplete": "off", "data-behaviour": "pick"}
"""The field in which a household is picked (frontend/pick.ts)."""


class SaidForm(PlainForm):
    """One suggestion: what was said, who raised it, what was made of it."""

    wish = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    text = words_field(_("What was said"), TEXT_LIMIT)
    who = forms.CharField(
        label=_("Who raised it"),
        required=False,
        max_length=40,
        help_text=_(
            "A name, initials (lcy) or the number of the house; empty if nobody is to be named."
        ),
        widget=forms.TextInput(WHO),
    )
    response = forms.ChoiceField(
        label=_("What was made of it"),
        choices=[
            (Suggestion.Response.TAKEN_UP, _("Taken up")),
            (Suggestion.Response.ANSWERED, _("Answered on the spot")),
            (Suggestion.Response.DECLINED, _("Declined")),
        ],
        widget=forms.RadioSelect,
        initial=Suggestion.Response.TAKEN_UP,
    )
    reply = forms.CharField(
        label=_("What was replied"),
        required=False,
        help_text=_("The answer, or the reason why not."),
        widget=forms.Textarea({"rows": 2}),
    )
    joins = forms.ChoiceField(label=_("The same as an earlier matter?"), required=False)
    tier = forms.ChoiceField(
        label=_("Who should deal with it"),
        required=False,
        choices=[*Tier.choices, ("", _("To be sorted later"))],
        widget=forms.RadioSelect,
        initial="",
    )
    title = forms.CharField(
        label=_("A short title"),
        required=False,
        help_text=_("In a few words and without anybody's name: others may read it."),
    )
    household: Household | None = None
    title_limit = TITLE_LIMIT

    def __init__(
        self,
        *args: Any,
        around: "Surroundings",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("joins", around.matter_choices())
        self.around = around

    def has_changed(self) -> bool:
        """A line for the talk that was emptied is left out, like a row that was never filled in."""
        return bool(set(self.changed_data) - {"wish"})

    def clean_who(self) -> str:
        who = str(self.cleaned_data["who"]).strip()
        self.household = self.around.household(who)
        return who

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        if not self.errors:
            for name, text in wrong_words(self.said()):
                self.add_error(name, text)
        return data

    def said(self) -> Said:
        data = self.cleaned_data
        taken_up = data["response"] == Suggestion.Response.TAKEN_UP
        return Said(
            text=data["text"],
            response=data["response"],
            reply=data["reply"],
            household=self.household,
            name="" if self.household else data["who"],
            tier=data["tier"] if taken_up else "",
            title=data["title"] if taken_up and not data["joins"] else "",
            joins=self.around.matters.get(data["joins"]) if taken_up and data["joins"] else None,
            wish=data["wish"],
        )


class SaidRows(BaseFormSet[SaidForm]):
    """Each row is one to be filled in: what it begins with may be left out as well."""

    def initial_form_count(self) -> int:
        return 0


SaidFormSet = formset_factory(
    SaidForm,
    formset=SaidRows,
    extra=1,
    max_num=SUGGESTIONS_LIMIT,
    validate_max=True,
    absolute_max=200,
)


def said_formset(
    actor: Actor, hamlet: Region, data: Any = None, wishes: Sequence[Wish] = ()
) -> "BaseFormSet[SaidForm]":
    """The repeated part of the screen, with the choices of its hamlet; it begins with the lines
    that were sent for the talk, to be taken or left."""
    around = Surroundings(actor, hamlet)
    known = {one.pk: one.label for one in around.households} if wishes else {}
    begun = [
        {"wish": one.pk, "text": one.text, "who": known.get(one.household_id or 0, "")}
        for one in wishes
    ]
    rows = SaidFormSet(data, prefix="said", initial=begun, form_kwargs={"around": around})
    rows.extra = len(begun) + (0 if begun else 1)
    return rows


class TalksForm(ListForm, DaysForm):
    """How a list of talks is narrowed down: those that were held, unless others are asked for."""

    day_of = "held_on"
    field_order = ("words", "place", "group")
    words = words_box(_("Search the topics, in your hamlet what was said too"))
    group = forms.ChoiceField(
        label=_("Which talks"), choices=GROUPS.items(), initial="held", required=False
    )

    def by_words(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        """By the topic; by what was said where the minutes may be read."""
        inside = within(self.actor, "talk__hamlet", rules.read_minutes.roles)
        said = Raised.objects.filter(inside, suggestion__text__contains=words)
        return rows.filter(sought("topic", words) | Q(pk__in=said.values("talk")))

    def by_group(self, rows: TalkQuerySet, group: str) -> QuerySet[Any]:
        if group == "gone":
            return rows.exclude(state=State.RECORDED)
        return rows.standing().filter(head_count=0) if group == "nobody" else rows.held()
