"""The forms of a matter's steps. What they refuse they say at the field; what was typed stays."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from genxu.core import clock, steps
from genxu.core.access import Actor
from genxu.core.forms import ActionForm, PlainForm, day_field, revealed
from genxu.core.forms import words_field as plain_words_field
from genxu.core.lists import DaysForm
from genxu.core.sounding import sought
from genxu.people.models import Account, Household
from genxu.people.picking import meant
from genxu.regions.lists import ListForm, choice_box, words_box
from genxu.regions.models import Region

from . import queries
from .actions import said_without_talk
from .deadlines import EXTENSIONS
from .guessing import guessed_tier
from .helper_queries import Helper, helpers_at
from .models import (
    TEXT_LIMIT,
    TITLE_LIMIT,
    WORDS_LIMIT,
    Matter,
    MatterQuerySet,
    Suggestion,
    Verdict,
    raiser_known_to,
    readable_by,
)
from .noting_actions import LINE_LIMIT
from .opening import helper_for
from .workflow import FINISHED, OPEN, WAITING_FOR_VERDICT, Answer, State, Tier, Urgency

if TYPE_CHECKING:
    _ModelChoiceField = forms.ModelChoiceField[Matter]
else:
    _ModelChoiceField = forms.ModelChoiceField

TIER_CHOICES = [
    (Tier.PERSONAL, _("Personal: the centre household and neighbours help")),
    (Tier.COMMON, _("Common: we do it together; everybody can read it")),
    (Tier.SPECIALIST, _("Specialist: it goes up a level")),
]


words_field = partial(plain_words_field, limit=WORDS_LIMIT)
"""A field for a few sentences of a step."""


class MatterChoiceField(_ModelChoiceField):
    """A choice among matters, shown by their titles."""

    def label_from_instance(self, obj: Matter) -> str:
        return obj.shown_title


class StepForm(steps.StepForm[Matter]):
    """What every step of a matter carries; as it is, a plain yes."""


class TriageForm(StepForm):
    tier = forms.ChoiceField(
        label=_("Who should deal with it?"), choices=TIER_CHOICES, widget=forms.RadioSelect
    )
    urgency = forms.ChoiceField(
        label=_("How urgent is it?"),
        choices=Urgency.choices,
        initial=Urgency.ORDINARY,
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        label=_("What is to be done"),
        max_length=TITLE_LIMIT,
        help_text=_("In a few words and without anybody's name: a common matter is public."),
    )

    def start_values(self) -> dict[str, Any]:
        return {name: getattr(self.row, name) for name in ("title", "urgency", "tier")}


class AssignForm(StepForm):
    """One choice among all who serve here, by name and office; a name of one's own last."""

    assignee = forms.ChoiceField(label=_("Given to"), required=False)
    assignee_name = forms.CharField(
        label=_("or by name"),
        required=False,
        max_length=40,
        help_text=_("For example the council, a neighbour, the water station."),
    )
    words = words_field(_("A word to them"), required=False)

    def start_values(self) -> dict[str, Any]:
        matter = self.row
        self.fields["assignee_name"] = revealed(self.fields["assignee_name"], "assignee=")
        nearest = helper_for(matter.tier, matter.suggestions.all()) if matter.tier else None
        self.helpers = helpers_at(matter.place_id, nearest)
        known = [(one.key, _label(one, nearest)) for one in self.helpers.values()]
        self.offer("assignee", [*known, ("", _("Somebody else, by name"))])
        return {} if matter.assignee_id or not nearest else {"assignee": str(nearest.pk)}

    def values(self) -> dict[str, Any]:
        values = super().values()
        chosen = self.helpers.get(values["assignee"])
        values["assignee"] = chosen.account if chosen else None
        if chosen:
            values["assignee_name"] = chosen.name
        return values


def _label(one: Helper, nearest: Account | None) -> Any:
    if nearest and one.account == nearest:
        return _("%(name)s, who looks after this household") % {"name": one.name}
    return one.label


class PassOnForm(AssignForm):
    words = words_field(_("Why it is passed on"))


class ProgressForm(StepForm):
    words = words_field(_("What is new?"))


class PassUpForm(StepForm):
    words = words_field(
        _("A word to them"),
        required=False,
        help_text=_("What was said, by whom, and every step so far goes along by itself."),
    )


class AnswerForm(StepForm):
    words = words_field(
        _("Your answer to the hamlet"),
        help_text=_("The resident will read it word for word."),
    )


class FinishForm(StepForm):
    words = words_field(
        _("What was done?"),
        help_text=_("The resident will read it and then say whether it is settled."),
    )


class CorrectForm(StepForm):
    title = forms.CharField(
        label=_("What is to be done"),
        max_length=TITLE_LIMIT,
        help_text=_("In a few words and without anybody's name: a common matter is public."),
    )
    text = words_field(_("What was said"), limit=TEXT_LIMIT, required=False)
    words = words_field(_("Why it is corrected"))

    def start_values(self) -> dict[str, Any]:
        said = said_without_talk(self.row)
        if said is None:
            del self.fields["text"]
        return {"title": self.row.title, "text": said.text if said else ""}


class ExplanationForm(StepForm):
    words = words_field(
        _("Why can it not be done?"),
        help_text=_("The resident will read it word for word, and may answer."),
    )
    basis = words_field(
        _("On what basis?"), help_text=_("The law, the rule or the plan, with its article.")
    )


class JudgementForm(StepForm):
    words = words_field(
        _("How do you judge it, and why?"),
        help_text=_("The resident will read it word for word, and may answer."),
    )


class ExtensionForm(StepForm):
    days = forms.TypedChoiceField(
        label=_("How many working days more?"),
        choices=[(n, str(n)) for n in EXTENSIONS],
        coerce=int,
        widget=forms.RadioSelect,
    )
    words = words_field(_("The reason"))


class DecisionForm(StepForm):
    approved = forms.TypedChoiceField(
        label=_("Your decision"),
        choices=[("yes", _("Grant the time")), ("no", _("Refuse"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = words_field(_("A word about it (needed if you refuse)"), required=False)


class VerdictForm(PlainForm):
    """One of the five answers, with a few words if she likes."""

    round = forms.IntegerField(widget=forms.HiddenInput, required=False)
    answer = forms.ChoiceField(
        label=_("What does the resident say?"), choices=Answer.choices, widget=forms.RadioSelect
    )
    words = words_field(_("In the resident’s own words, if there are any"), required=False)
    heard_by = forms.CharField(
        label=_("Who heard it?"),
        required=False,
        max_length=40,
        help_text=_("Not whoever did the work."),
    )
    heard_on = forms.DateField(
        label=_("When was it heard?"), required=False, widget=forms.DateInput({"type": "date"})
    )
    heard_how = forms.ChoiceField(
        label=_("How was it heard?"),
        required=False,
        choices=Verdict.How.choices,
        initial=Verdict.How.IN_PERSON,
        widget=forms.RadioSelect,
    )

    def clean_heard_how(self) -> str:
        return self.cleaned_data["heard_how"] or Verdict.How.IN_PERSON


class NoteForm(ActionForm):
    """One line of one household or of nobody; the tier is guessed from it and then confirmed."""

    text = forms.CharField(
        label=_("What is it about?"),
        max_length=LINE_LIMIT,
        help_text=_("In one line, and without anybody's name."),
    )
    who = forms.CharField(
        label=_("Which household says it?"),
        required=False,
        max_length=60,
        help_text=_(
            "A name from the list, initials (lcy), a house number; empty if nobody is named."
        ),
        widget=forms.TextInput(
            {"list": "households", "autocomplete": "off", "data-behaviour": "pick"}
        ),
    )
    said_on = day_field(_("When was it said?"), required=False)
    tier = forms.ChoiceField(
        label=_("Who should deal with it?"),
        required=False,
        choices=[*TIER_CHOICES, ("", _("Not sure: the secretary sorts it"))],
        widget=forms.RadioSelect,
        help_text=_("Guessed from the words. Please see whether it is right."),
    )

    def __init__(self, *args: Any, actor: Actor, hamlet: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("said_on", clock.today())
        self.fields["tier"].plain = True  # type: ignore[attr-defined]
        self.households = queries.households_to_name(actor, hamlet)

    @property
    def asks_tier(self) -> bool:
        return "tier" in self.data

    def confirmed(self) -> bool:
        """Whether the tier was seen; else it is guessed, and the form is shown once more."""
        if self.asks_tier:
            return True
        data = cast("QueryDict", self.data).copy()
        data["tier"] = guessed_tier(self.cleaned_data["text"]) or ""
        self.data = data
        return False

    def clean_who(self) -> Household | None:
        who = self.cleaned_data["who"].strip()
        found = meant(who, self.households) if who else None
        if who and found is None:
            raise forms.ValidationError(_("Please pick one of the households offered."))
        return found

    def values(self) -> dict[str, Any]:
        values = super().values()
        values["household"] = values.pop("who")
        return values


class SayForm(ActionForm):
    """What a household says on its own page."""

    text = forms.CharField(
        label=_("I have something to say"),
        max_length=LINE_LIMIT,
        help_text=_("In one line. The branch secretary reads it first."),
    )


class OpenMatterForm(ActionForm):
    title = forms.CharField(
        label=_("What else is to be done?"),
        max_length=TITLE_LIMIT,
        help_text=_("In a few words and without anybody's name."),
    )


class JoinMatterForm(ActionForm):
    matter = MatterChoiceField(label=_("The matter it joins"), queryset=Matter.objects.none())

    def __init__(self, *args: Any, suggestion: Suggestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("matter", queries.joinable(suggestion.hamlet))


STATES_OF: dict[str, tuple[str, ...]] = {
    "open": OPEN,
    "verdict": WAITING_FOR_VERDICT,
    "done": FINISHED,
    "closed": (State.CLOSED,),
    "unconfirmed": (State.UNCONFIRMED,),
    "explained": (State.EXPLAINED,),
    "no_agreement": (State.NO_AGREEMENT,),
    "reopened": OPEN,
}


class MattersForm(ListForm, DaysForm):
    """How a list of matters is narrowed down; the most pressing first where time presses. Their
    days are those on which they were raised."""

    day_of = "registered_at"
    apart = ("words", "place", "hand")
    field_order = ("words", "place", "group", "tier", "since", "until")
    words = words_box(_("Search by words, number, or who raised it"))
    group = choice_box(_("State"), queries.GROUPS.items())
    tier = choice_box(_("Tier"), Tier.choices)
    hand = choice_box("", [("mine", _("Given to me"))])
    done_until = forms.DateField(
        label=_("Done until"), required=False, widget=forms.DateInput({"type": "date"})
    )

    def by_words(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        """By the title, as far as it may be read; by who raised it, where she may know that."""
        found = readable_by(self.actor) & sought("title", words)
        found |= raiser_known_to(self.actor) & Q(pk__in=queries.raised_by(self.actor, words))
        if words.isdecimal() and len(words) < 18:
            found |= Q(pk=int(words))
        return rows.filter(found)

    def by_group(self, rows: MatterQuerySet, group: str) -> QuerySet[Any]:
        if group in ("overdue", "soon"):
            pressing = rows.overdue() if group == "overdue" else rows.due_soon()
            return pressing.order_by("due_at", "pk")
        rows = rows.filter(state__in=STATES_OF[group])
        return rows.filter(round__gt=1) if group == "reopened" else rows

    def by_hand(self, rows: QuerySet[Any], hand: str) -> QuerySet[Any]:
        return rows.filter(assignee=self.actor.account_id)

    def by_done_until(self, rows: QuerySet[Any], day: date) -> QuerySet[Any]:
        return rows.filter(state__in=FINISHED, done_on__lte=day).order_by("-done_on", "-pk")
