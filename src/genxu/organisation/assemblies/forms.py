"""The forms of an assembly: its notice, who came, the count of each question."""

from datetime import datetime, time
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.forms import PlainForm
from genxu.regions.lists import ListForm, words_box

from . import queries
from .actions import DUE_LIMIT, QUESTIONS_LIMIT, Call
from .bodies import Basis, BodyName
from .models import QUESTION_LIMIT, TITLE_LIMIT, VENUE_LIMIT, WORDS_LIMIT, Assembly, Motion
from .tallies import VOTES, WAYS, Attendance, Tally
from .workflow import State

EVENING = time(19, 30)
QUESTIONS_TEXT = QUESTIONS_LIMIT * (QUESTION_LIMIT + 2)


def _date_input() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def _count(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=DUE_LIMIT,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        **more,
    )


class CallForm(PlainForm):
    """Who meets, when, where, on what; the form to change it leaves out the day of the notice."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    body = forms.ChoiceField(
        label=_("Who is to meet"), choices=BodyName.choices, widget=forms.RadioSelect
    )
    basis = forms.ChoiceField(
        label=_("How those due are counted"),
        choices=[(basis.value, basis.label) for basis in (Basis.ADULTS, Basis.HOUSEHOLDS)],
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Only the meetings of villagers and of a group leave the choice."),
    )
    due = forms.IntegerField(
        label=_("How many are due"),
        min_value=1,
        max_value=DUE_LIMIT,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    title = forms.CharField(
        label=_("What it is about"),
        max_length=TITLE_LIMIT,
        help_text=_("In a few words and without anybody's name."),
    )
    questions = forms.CharField(
        label=_("What is to be decided"),
        max_length=QUESTIONS_TEXT,
        help_text=_("One question a line, so that one can say yes or no to it. No names."),
        widget=forms.Textarea({"rows": 4}),
    )
    announced_on = forms.DateField(label=_("Notice given on"), widget=_date_input())
    meets_on = forms.DateField(label=_("Meets on"), widget=_date_input())
    meets_time = forms.TimeField(
        label=_("At what time"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    venue = forms.CharField(label=_("Place"), max_length=VENUE_LIMIT)

    def __init__(self, *args: Any, changing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if changing:
            del self.fields["announced_on"]
        self.fields["meets_time"].error_messages["invalid"] = _("Please give a time, as 19:30.")

    def call(self) -> Call:
        data = self.cleaned_data
        moment = datetime.combine(data["meets_on"], data["meets_time"])
        return Call(
            body=data["body"],
            title=data["title"],
            venue=data["venue"],
            meets_at=timezone.make_aware(moment),
            announced_on=data.get("announced_on") or clock.today(),
            basis=data["basis"] or Basis.HOUSEHOLDS,
            due=data["due"],
            questions=tuple(data["questions"].splitlines()),
        )


def start_of_call() -> dict[str, Any]:
    """What a new notice begins with: given today, the group's households, in the evening."""
    return {
        "client_id": uuid4(),
        "body": BodyName.GROUP_MEETING,
        "basis": Basis.HOUSEHOLDS,
        "announced_on": clock.today(),
        "meets_time": EVENING,
    }


def values_of(assembly: Assembly, motions: list[Motion]) -> dict[str, Any]:
    """What the form to change a notice begins with."""
    return {
        "client_id": uuid4(),
        "version": assembly.version,
        **{name: getattr(assembly, name) for name in ("body", "basis", "due", "title", "venue")},
        "meets_on": assembly.meets_on,
        "meets_time": assembly.meets_time.time(),
        "questions": "\n".join(motion.text for motion in motions),
    }


class StepForm(PlainForm):
    """What every step carries: the submission's own id and the version that was seen."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CancelForm(StepForm):
    words = forms.CharField(
        label=_("Why it is called off"),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea({"rows": 3}),
    )


class AttendanceForm(StepForm):
    """How many came in each way; the proxies only where they are allowed."""

    in_person = _count(_("In person"))
    online = _count(_("Online"), required=False)
    proxies = _count(
        _("By proxy"),
        required=False,
        help_text=_("Of the same household, with a paper that says so."),
    )
    papers = _count(
        _("By paper"), required=False, help_text=_("Votes that were fetched at the door.")
    )
    words = forms.CharField(
        label=_("Notes for the sheet"),
        required=False,
        max_length=WORDS_LIMIT,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Who led it, who counted; nothing about a person."),
    )
    reason = forms.CharField(label=_("Why this is changed"), required=False, max_length=WORDS_LIMIT)

    def __init__(self, *args: Any, assembly: Assembly, tallied: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not assembly.rule.proxies:
            del self.fields["proxies"]
        if not tallied:
            del self.fields["reason"]

    def attendance(self) -> Attendance:
        return Attendance(**{name: self.cleaned_data.get(name) or 0 for name in WAYS})


class TallyForm(StepForm):
    """How they voted on one question; a correction says why."""

    in_favour = _count(_("In favour"))
    against = _count(_("Against"))
    abstained = _count(_("Abstained"))
    reason = forms.CharField(label=_("What was wrong with the first count"), max_length=WORDS_LIMIT)

    def __init__(self, *args: Any, correcting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not correcting:
            del self.fields["reason"]

    def tally(self) -> Tally:
        return Tally(**{name: self.cleaned_data[name] for name in VOTES})


class AssembliesForm(ListForm):
    """How a list of assemblies is narrowed down; of those to come, the next is the first."""

    words = words_box(_("Search what it was about"))
    group = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *queries.GROUPS.items()]
    )
    body = forms.ChoiceField(
        label=_("Who met"), required=False, choices=[("", _("All")), *BodyName.choices]
    )

    def by_words(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        return rows.filter(title__contains=words)

    def by_group(self, rows: QuerySet[Any], group: str) -> QuerySet[Any]:
        if group in ("held", "cancelled"):
            return rows.filter(state=group)
        rows = rows.filter(state=State.CONVENED).order_by("meets_at", "pk")
        if group == "coming":
            return rows.filter(meets_at__gt=clock.now())
        return rows.filter(meets_at__lte=clock.now())

    def by_body(self, rows: QuerySet[Any], body: str) -> QuerySet[Any]:
        return rows.filter(body=body)
