"""What was held, who came; training; how the lists are narrowed down."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.forms import ActionForm, ManyRowsField, day_field, words_field
from genxu.core.lists import DaysForm
from genxu.core.steps import ReasonForm, StepForm
from genxu.organisation.branches.models import Member, Organisation
from genxu.regions.lists import ListForm, choice_box, words_box

from .actions import Held
from .models import FACTS, TOPIC_LIMIT, How, Kind, Meeting, hours_of


def hours_field(**more: Any) -> forms.DecimalField:
    widget = forms.NumberInput({"inputmode": "decimal", "step": "0.5", "min": "0"})
    return forms.DecimalField(
        label=_("Hours of study"), max_digits=4, decimal_places=1, widget=widget, **more
    )


class MembersField(ManyRowsField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


def _members(label: Any, **more: Any) -> MembersField:
    return MembersField(
        label=label,
        queryset=Member.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        **more,
    )


class HeldForm(ActionForm):
    """What was held. ``members`` are those who can have come."""

    kind = forms.ChoiceField(label=_("What was it?"), choices=Kind.choices)
    held_on = day_field(_("Held on"))
    topic = forms.CharField(label=_("What it was about"), max_length=TOPIC_LIMIT)
    hours = hours_field(required=False, help_text=_("Only what was study; empty if it was none."))
    came = _members(_("Who was there"), help_text=_("Nobody came? Leave all of them open."))
    at_home = _members(
        _("To whose door it was brought"),
        help_text=_("For those who are old, ill or cannot walk: it counts just the same."),
    )

    def among(self, members: QuerySet[Member]) -> None:
        for name in ("came", "at_home"):
            self.offer(name, members)

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        came, at_home = (set(self.cleaned_data.get(name) or ()) for name in ("came", "at_home"))
        if both := came & at_home:
            names = "、".join(sorted(one.name for one in both))
            self.add_error("at_home", _("Either there or at home: %s is ticked twice.") % names)
        return data

    def held(self) -> Held:
        data = self.cleaned_data
        attended = dict.fromkeys((one.pk for one in data["came"]), How.CAME.value)
        attended |= dict.fromkeys((one.pk for one in data["at_home"]), How.AT_HOME.value)
        hours = data["hours"] or Decimal(0)
        return Held(data["kind"], data["held_on"], data["topic"], hours, attended)


class NoteForm(HeldForm):
    """``organisation`` is the one that held it."""

    organisation: Organisation
    another = forms.BooleanField(
        label=_("It is another one of that day"), required=False, widget=forms.HiddenInput
    )

    def add_error(self, field: Any, error: Any) -> None:
        """Asked for only once it is needed."""
        if field == "another":
            self.fields["another"].widget = forms.CheckboxInput()
        super().add_error(field, error)


class CorrectForm(HeldForm, StepForm[Meeting]):
    words = words_field(_("What was wrong?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stood = self.row.attended.values("member")
        there = Q(organisation=self.row.organisation) & ~Q(left_on__lt=self.row.held_on)
        self.among(Member.objects.filter(there | Q(pk__in=stood)).order_by("hamlet", "pk"))

    def start_values(self) -> dict[str, Any]:
        facts = {name: getattr(self.row, name) for name in FACTS if name != "half_hours"}
        attended = list(self.row.attended.all())
        named = {
            name: [one.member_id for one in attended if one.how == how]
            for name, how in (("came", How.CAME), ("at_home", How.AT_HOME))
        }
        return {**facts, **named, "hours": hours_of(self.row.half_hours) or None}

    def values(self) -> dict[str, Any]:
        return {"held": self.held(), "words": self.cleaned_data["words"]}


class WithdrawForm(ReasonForm[Meeting]):
    pass


class TrainingForm(ActionForm):
    topic = forms.CharField(label=_("What it was about"), max_length=TOPIC_LIMIT)
    held_on = day_field(_("Held on"))
    hours = hours_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("held_on", clock.today())


class MeetingsForm(DaysForm, ListForm):
    """How the list of meetings is narrowed down."""

    day_of = "held_on"
    looks_in = ("topic", "hamlet__name")
    words = words_box(_("Topic, or the name of a hamlet"))
    kind = choice_box(_("Kind"), Kind.choices)


class StudyForm(ListForm):
    looks_in = ("name", "hamlet__name")
    words = words_box(_("Name of the organisation or the hamlet"))
