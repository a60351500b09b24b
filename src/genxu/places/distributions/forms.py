"""The forms of a distribution: drawing it up, opening it, what was decided, paying it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.forms import (
    ActionForm,
    ManyRowsField,
    day_field,
    number_field,
    revealed,
    words_field,
)
from genxu.core.money import yuan, yuan_field
from genxu.core.steps import ReasonForm, StepForm
from genxu.organisation.assemblies.models import Motion
from genxu.places.collectives.decisions import own_motions
from genxu.regions.lists import ListForm, choice_box, words_box

from .models import NAME_LIMIT, REPORT_LIMIT, Distribution, Portion
from .paying_actions import TEXT_LIMIT
from .paying_actions import waiting as waiting_of
from .workflow import OPEN_FOR, State

TICKED = 60
"""So many parts stand on one page, to be ticked."""


def last_year() -> int:
    return clock.today().year - 1


def end_of_last_year() -> date:
    return date(last_year(), 12, 31)


class DrawForm(ActionForm):
    """Which year, the register of which day, what the meeting is to leave."""

    year = number_field(_("Income of which year?"), 1950, 2200, initial=last_year)
    as_of = day_field(
        _("Shares as of which day?"), initial=end_of_last_year,
        help_text=_("The register and the charter of that day count, whatever changes later."),
    )  # fmt: skip
    kept = yuan_field(
        _("Left for next year, in yuan"), required=False,
        help_text=_("Only if the meeting is to leave something undistributed."),
    )  # fmt: skip
    report = words_field(
        _("Report of the year"), REPORT_LIMIT, required=False,
        help_text=_("In plain words: what the money came from, what it was spent on. It is opened "
                    "with the plan."),
    )  # fmt: skip


def first_meeting() -> date:
    return clock.today() + OPEN_FOR


class PublishForm(StepForm[Distribution]):
    meets_on = day_field(_("When do the members meet?"), initial=first_meeting)
    report = words_field(
        _("Report of the year"), REPORT_LIMIT,
        help_text=_("In plain words: what the money came from, what it was spent on."),
    )  # fmt: skip

    def start_values(self) -> dict[str, Any]:
        return {"report": self.row.report}


class MeetingForm(StepForm[Distribution]):
    meets_on = day_field(_("When do the members meet?"))

    def start_values(self) -> dict[str, Any]:
        return {"meets_on": self.row.meets_on}


class MotionForm(StepForm[Distribution]):
    """One of the questions that the members carried there."""

    motion = forms.ModelChoiceField(
        label=_("Which decision?"), queryset=Motion.objects.none(),
        help_text=_("Only what the members' meeting carried stands here. If it is missing, its "
                    "votes are not counted yet."),
    )  # fmt: skip

    def start_values(self) -> dict[str, Any]:
        keys = [one.pk for one in own_motions(self.row.place)]
        rows = Motion.objects.filter(pk__in=keys).select_related("assembly")
        self.offer("motion", rows.order_by("-assembly__meets_at", "position"))
        return {}


class DayForm(StepForm[Distribution]):
    day = day_field(_("Booked on"), initial=clock.today)


class BackForm(ReasonForm[Distribution]):
    day = day_field(_("Booked on"), initial=clock.today)


class PayForm(StepForm[Distribution]):
    """The parts to be paid at once: those ticked, or all that wait."""

    everyone = forms.BooleanField(label=_("All that are not paid yet"), required=False)
    portions = ManyRowsField(
        label=_("To whom?"), queryset=Portion.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    way = forms.ChoiceField(
        label=_("How?"), choices=Portion.Way.choices, widget=forms.RadioSelect,
        initial=Portion.Way.BANK,
        help_text=_("In cash each signs on the printed sheet."),
    )  # fmt: skip
    day = day_field(_("Paid on"), initial=clock.today)

    def start_values(self) -> dict[str, Any]:
        waiting = waiting_of(self.row).select_related("household").order_by("position")
        self.offer("portions", waiting)
        field: Any = self.fields["portions"]
        field.choices = [(one.pk, f"{one.household} · {yuan(one.sum)}") for one in waiting[:TICKED]]
        self.waiting = waiting.count()
        self.fields["everyone"].label = _("All that wait: %(n)s") % {"n": self.waiting}
        return {}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("everyone") and not data.get("portions"):
            self.add_error("portions", _("Tick those who are paid, or all."))
        return data

    def values(self) -> dict[str, Any]:
        data = super().values()
        field: Any = self.fields["portions"]
        rows = field.queryset if data.pop("everyone") else data["portions"]
        return {**data, "portions": list(rows)}


class PayOneForm(StepForm[Portion]):
    way = forms.ChoiceField(
        label=_("How?"), choices=Portion.Way.choices, widget=forms.RadioSelect,
        initial=Portion.Way.BANK,
    )  # fmt: skip
    signed_by = revealed(
        forms.CharField(label=_("Who signs for it"), max_length=NAME_LIMIT, required=False),
        "way=cash",
    )
    day = day_field(_("Paid on"), initial=clock.today)


class OwedForm(StepForm[Portion]):
    reason = forms.ChoiceField(
        label=_("Why is it not paid now?"), choices=Portion.Reason.choices,
        widget=forms.RadioSelect,
    )  # fmt: skip

    def start_values(self) -> dict[str, Any]:
        return {"reason": self.row.reason}


class UnpayForm(StepForm[Portion]):
    words = words_field(_("The reason"), 200)
    day = day_field(_("Booked on"), initial=clock.today)


class QuestionForm(ActionForm):
    text = words_field(
        _("What is wrong with it?"), TEXT_LIMIT,
        help_text=_("It becomes a matter: you are answered, and only you close it."),
    )  # fmt: skip


class DistributionsForm(ListForm):
    field_order = ("place", "state")
    state = choice_box(_("State"), State.choices)


class PortionsForm(ListForm):
    """Searched by the head's name or the number on the sheet."""

    field_order = ("words", "place", "group", "distribution")
    looks_in = ("household__head_name",)
    words = words_box(_("Name or number"))
    group = choice_box(
        _("State"), [("owed", _("Still owed")), ("paid", _("Paid")), ("kept", _("Stays owed"))]
    )
    distribution = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)
    apart = ("words", "place", "distribution")

    def by_words(self, rows: Any, words: str) -> Any:
        if words.isdecimal() and len(words) < 9:
            return rows.filter(position=int(words))
        return super().by_words(rows, words)

    def by_group(self, rows: Any, group: str) -> Any:
        if group == "paid":
            return rows.exclude(paid_on=None)
        return rows.owed().exclude(reason="") if group == "kept" else rows.owed()
