"""The forms of a dispute: who and what it is about, a talk, the agreement, what a side says."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.errors import Invalid
from genxu.core.forms import (
    LARGEST,
    SENTENCES,
    ActionForm,
    ManyRowsField,
    PlainForm,
    day_field,
    number_field,
    words_field,
)
from genxu.core.lists import DaysForm
from genxu.core.names import bare
from genxu.core.steps import StepForm
from genxu.people.models import Account
from genxu.people.picking import Doorplate, meant
from genxu.regions.lists import ListForm, choice_box

from . import queries
from .choosing import Choice, WhoRow, peacemakers_at
from .models import (
    FEWEST,
    LINE_LIMIT,
    MOST,
    NAME_LIMIT,
    STORY_LIMIT,
    TERMS_LIMIT,
    Dispute,
    Meeting,
    Side,
)
from .workflow import OPEN, State

WHO_LIMIT = 60
NOBODY_YET = _("Still to be found")


class FactsForm(forms.Form):
    """What kind of dispute, what it is about, when it was told."""

    kind = forms.ChoiceField(
        label=_("What kind"), choices=Dispute.Kind.choices, widget=forms.RadioSelect
    )
    story = words_field(
        _("What the dispute is about"), STORY_LIMIT,
        help_text=_("Only its peacemaker and the secretary read it. It stands on the agreement, "
                    "if one is printed: write it so that all sides may read it."),
    )  # fmt: skip
    told_on = day_field(_("When was it told?"), initial=clock.today)


class BeginForm(FactsForm, ActionForm):
    """Who settles it is asked of the secretary; anybody else settles it himself."""

    peacemaker = forms.ChoiceField(
        label=_("Who settles it?"), required=False,
        help_text=_("The sides may choose; nobody who is related to one of them."),
    )  # fmt: skip
    from_matter = number_field(_("Number of the matter that it was"), 1, LARGEST, required=False)

    def __init__(self, *args: Any, choices: dict[int, Choice] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices or {}
        if choices is None:
            del self.fields["peacemaker"]
        else:
            offered = [(str(pk), one.label) for pk, one in choices.items()]
            self.offer("peacemaker", [("", NOBODY_YET), *offered])

    def values(self) -> dict[str, Any]:
        data = super().values()
        chosen = data.pop("peacemaker", "")
        account = self.choices[int(chosen)].account if chosen else None
        return {**data, "peacemaker": account}


def _who_box(label: Any) -> forms.CharField:
    picks = {"list": "households", "autocomplete": "off", "data-behaviour": "pick"}
    return forms.CharField(label=label, max_length=WHO_LIMIT, widget=forms.TextInput(picks))


class SideForm(PlainForm):
    """A side: a household that is picked, by number or initials too, or the name of a person."""

    who = _who_box(_("Side"))
    household: int | None = None

    def __init__(
        self, *args: Any, households: Sequence[Doorplate], known: Sequence[Doorplate] = (),
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.households, self.known = households, known

    def clean_who(self) -> str:
        """Who is no household of the list is one of its hamlet all the same, where a single one
        has a head of that very name."""
        typed = str(self.cleaned_data["who"])
        found = meant(typed, self.households)
        named = [one for one in self.known if bare(one.head_name) == bare(typed)]
        if found is None and len(named) == 1:
            found = named[0]
        if found is None and len(typed.strip()) > NAME_LIMIT:
            raise forms.ValidationError(_("A name is shorter than that."))
        self.household = found.pk if found else None
        return typed

    def row(self) -> WhoRow:
        household = queries.household_of(self.household)
        return WhoRow(household) if household else WhoRow(None, self.cleaned_data["who"])


SideSet: Any = formset_factory(
    SideForm, extra=FEWEST, max_num=MOST, validate_max=True, absolute_max=2 * MOST
)


def side_set(
    data: Any, households: Sequence[Doorplate], known: Sequence[Doorplate]
) -> "BaseFormSet[Any]":
    kwargs = {"households": households, "known": known}
    found: BaseFormSet[Any] = SideSet(data, prefix="sides", form_kwargs=kwargs)
    return found


class CorrectForm(FactsForm, StepForm[Dispute]):
    words = words_field(_("Why it is corrected"), required=False)

    def start_values(self) -> dict[str, Any]:
        return {name: getattr(self.row, name) for name in ("kind", "story", "told_on")}


class AddSideForm(StepForm[Dispute]):
    """One more side."""

    who = _who_box(_("Who?"))

    def start_values(self) -> dict[str, Any]:
        self.households = queries.households_to_name(self.actor, self.row.hamlet)
        return {}

    def clean_who(self) -> WhoRow:
        known = queries.households_in(self.row.hamlet_id)
        one = SideForm({"who": self.cleaned_data["who"]}, households=self.households, known=known)
        if not one.is_valid():
            raise forms.ValidationError(list(one.errors["who"]))
        return one.row()

    def values(self) -> dict[str, Any]:
        return {"sides": [self.cleaned_data["who"]]}

    def refuse(self, error: Invalid) -> None:
        """The action names the row; here there is one."""
        super().refuse(Invalid({"who": error.message}))


class PeacemakerForm(StepForm[Dispute]):
    """Who settles it from now on, and how the sides said that they want it so."""

    peacemaker = forms.ChoiceField(label=_("Who settles it?"), widget=forms.RadioSelect)
    words = words_field(
        _("How did the sides say yes to it?"),
        help_text=_("Who said so, and when; why somebody else steps aside, if he does."),
    )

    def start_values(self) -> dict[str, Any]:
        self.makers = peacemakers_at(self.row.hamlet_id)
        self.makers.pop(self.row.peacemaker_id or 0, None)
        self.offer("peacemaker", [(str(pk), one.label) for pk, one in self.makers.items()])
        return {}

    def values(self) -> dict[str, Any]:
        maker: Account = self.makers[int(self.cleaned_data["peacemaker"])].account
        return {**super().values(), "peacemaker": maker}


def _sides(row: Dispute) -> QuerySet[Side]:
    return row.sides.select_related("household").order_by("pk")


class MeetingForm(StepForm[Dispute]):
    """When they talked, who came, what was said."""

    day = day_field(_("When was it?"), initial=clock.today)
    came = ManyRowsField(
        label=_("Who came?"), queryset=Side.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Nobody is an answer, too."),
    )  # fmt: skip
    words = words_field(
        _("What was said"), required=False, help_text=_("Only those who settle it read it.")
    )

    def start_values(self) -> dict[str, Any]:
        self.offer("came", _sides(self.row))
        return {}

    def values(self) -> dict[str, Any]:
        return {**super().values(), "came": list(self.cleaned_data["came"])}


class StrikeForm(StepForm[Dispute]):
    meeting = forms.ModelChoiceField(
        label=_("Which one?"), queryset=Meeting.objects.none(), widget=forms.RadioSelect,
        empty_label=None,
    )  # fmt: skip
    words = words_field(_("What is wrong with it"))

    def start_values(self) -> dict[str, Any]:
        self.offer("meeting", self.row.meetings.filter(struck=False).order_by("day", "pk"))
        return {}


class DraftForm(StepForm[Dispute]):
    """What they agree on, how and until when it is done."""

    terms = words_field(_("What is agreed"), TERMS_LIMIT)
    manner = forms.CharField(label=_("How is it done?"), max_length=LINE_LIMIT, required=False)
    until = day_field(_("Until when?"), required=False)

    def start_values(self) -> dict[str, Any]:
        return {name: getattr(self.row, name) for name in ("terms", "manner", "until")}


class AgreeForm(DraftForm):
    """The same, with the yes of each side."""

    agreed_on = day_field(
        _("When did they agree?"), initial=clock.today,
        help_text=_("On paper: the day of the last signature."),
    )  # fmt: skip

    def start_values(self) -> dict[str, Any]:
        self.sides = list(_sides(self.row))
        for one in self.sides:
            self.fields[f"yes_{one.pk}"] = forms.ChoiceField(
                label=_("%(side)s says yes") % {"side": one}, choices=Side.Yes.choices,
                widget=forms.RadioSelect, error_messages=SENTENCES,
            )  # fmt: skip
        return super().start_values()

    def values(self) -> dict[str, Any]:
        data = super().values()
        yes = {one.pk: data.pop(f"yes_{one.pk}") for one in self.sides}
        return {**data, "yes": yes}


class SendUpForm(StepForm[Dispute]):
    agreed = forms.BooleanField(
        label=_("All sides agree that it is passed on"), required=False,
        help_text=_("It says neither who nor about what; but the hamlet sees that there is one."),
    )  # fmt: skip


class AnswerForm(StepForm[Dispute]):
    """What a side says a month later, and who heard it."""

    side = forms.ModelChoiceField(
        label=_("Which side?"), queryset=Side.objects.none(), widget=forms.RadioSelect,
        empty_label=None,
    )  # fmt: skip
    answer = forms.ChoiceField(
        label=_("Does the agreement hold?"), choices=Side.Answer.choices, widget=forms.RadioSelect
    )
    heard_by = forms.CharField(label=_("Who heard it?"), max_length=NAME_LIMIT)
    heard_on = day_field(_("When was it heard?"), initial=clock.today)

    def start_values(self) -> dict[str, Any]:
        self.offer("side", _sides(self.row).exclude(word_by="", answered_on__isnull=False))
        return {"heard_by": self.actor.name}


class DisputesForm(ListForm, DaysForm):
    """Their days are those on which they were told."""

    day_of = "told_on"
    field_order = ("place", "group", "kind", "since", "until")
    group = choice_box(
        _("State"), [("open", _("Not at its end")), ("due", _("To be looked back at")),
                     *State.choices],
    )  # fmt: skip
    kind = choice_box(_("What kind"), Dispute.Kind.choices)

    def by_group(self, rows: Any, group: str) -> QuerySet[Any]:
        if group == "due":
            return rows.to_look_back_at()  # type: ignore[no-any-return]
        found: QuerySet[Any] = rows.filter(state__in=OPEN if group == "open" else [group])
        return found
