"""The forms of an assembly: its notice, who came, the count of each question."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.forms import ActionForm, day_field, number_field, words_field
from genxu.core.steps import StepForm
from genxu.regions.lists import ListForm, words_box

from . import queries
from .actions import DUE_LIMIT, QUESTIONS_LIMIT, Call
from .bodies import Basis, BodyName
from .models import QUESTION_LIMIT, TITLE_LIMIT, VENUE_LIMIT, WORDS_LIMIT, Assembly, Motion
from .tally_actions import VOTES, WAYS, Attendance, Tally
from .workflow import State

EVENING = time(19, 30)
QUESTIONS_TEXT = QUESTIONS_LIMIT * (QUESTION_LIMIT + 2)


def _count(label: Any, **more: Any) -> forms.IntegerField:
    return number_field(label, 0, DUE_LIMIT, **more)


class CallForm(ActionForm):
    """Who meets, when, where, on what."""

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
    due = number_field(_("How many are due"), 1, DUE_LIMIT)
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
    announced_on = day_field(_("Notice given on"))
    meets_on = day_field(_("Meets on"))
    meets_time = forms.TimeField(
        label=_("At what time"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    venue = forms.CharField(label=_("Place"), max_length=VENUE_LIMIT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
        "body": BodyName.GROUP_MEETING,
        "basis": Basis.HOUSEHOLDS,
        "announced_on": clock.today(),
        "meets_time": EVENING,
    }


class ChangeForm(StepForm[Assembly], CallForm):
    """The form to change it leaves out the day of the notice."""

    def start_values(self) -> dict[str, Any]:
        del self.fields["announced_on"]
        names = ("body", "basis", "due", "title", "venue", "meets_on")
        return {
            **{name: getattr(self.row, name) for name in names},
            "meets_time": self.row.meets_time.time(),
            "questions": "\n".join(motion.text for motion in queries.motions_of(self.row)),
        }

    def values(self) -> dict[str, Any]:
        return {"call": self.call()}


class CancelForm(StepForm[Assembly]):
    words = words_field(_("Why it is called off"), WORDS_LIMIT)


class AttendanceForm(StepForm[Assembly]):
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
    words = words_field(
        _("Notes for the sheet"),
        WORDS_LIMIT,
        required=False,
        help_text=_("Who led it, who counted; nothing about a person."),
    )
    reason = forms.CharField(label=_("Why this is changed"), required=False, max_length=WORDS_LIMIT)

    def start_values(self) -> dict[str, Any]:
        assembly = self.row
        if not assembly.rule.proxies:
            del self.fields["proxies"]
        if not any(motion.is_tallied for motion in queries.motions_of(assembly)):
            del self.fields["reason"]
        names = (*WAYS, "words") if assembly.is_held else ()
        return {name: getattr(assembly, name) for name in names}

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        came = Attendance(**{name: data.get(name) or 0 for name in WAYS})
        return {"attendance": came, "words": data["words"], "reason": data.get("reason", "")}


class TallyForm(StepForm[Assembly]):
    """How they voted on one question."""

    in_favour = _count(_("In favour"))
    against = _count(_("Against"))
    abstained = _count(_("Abstained"))

    def __init__(self, *args: Any, motion: Motion, **kwargs: Any) -> None:
        self.motion = motion
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        return {"tally": Tally(**{name: self.cleaned_data[name] for name in VOTES})}


class CorrectForm(TallyForm):
    """Another count, and why."""

    reason = forms.CharField(label=_("What was wrong with the first count"), max_length=WORDS_LIMIT)

    def start_values(self) -> dict[str, Any]:
        return dict(zip(VOTES, self.motion.votes, strict=True))

    def values(self) -> dict[str, Any]:
        return {**super().values(), "reason": self.cleaned_data["reason"]}


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
