"""The forms of an assembly: its notice, who came, the count of each question."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.forms import ActionForm, PlainForm, day_field, number_field, words_field
from genxu.core.steps import StepForm
from genxu.regions.lists import ListForm, choice_box, words_box

from . import queries
from .actions import GIVEN
from .bodies import Basis, BodyName, Kind
from .calls import DUE_LIMIT, QUESTIONS_LIMIT, Announcement, Call, Question
from .models import (
    NAME_LIMIT,
    QUESTION_LIMIT,
    TITLE_LIMIT,
    VENUE_LIMIT,
    VOTES,
    WAYS,
    WORDS_LIMIT,
    Assembly,
    AssemblyStep,
    Motion,
    NoticeWay,
)
from .tally_actions import Attendance, Tally
from .workflow import State

EVENING = time(19, 30)
BLANK_QUESTIONS = 2
"""Empty lines for questions beside those that stand already."""


def _count(label: Any, **more: Any) -> forms.IntegerField:
    return number_field(label, 0, DUE_LIMIT, **more)


class QuestionForm(PlainForm):
    """One question; its kind matters where the collective decides, and is sent there alone."""

    text = forms.CharField(label=_("What is to be decided"), max_length=QUESTION_LIMIT)
    kind = forms.ChoiceField(
        label=_("Kind of question"), choices=Kind.choices, initial=Kind.PLAIN, required=False
    )

    def has_changed(self) -> bool:
        return "text" in self.changed_data

    def question(self) -> Question:
        return Question(self.cleaned_data["text"], self.cleaned_data["kind"] or Kind.PLAIN)


class Questions(BaseFormSet[QuestionForm]):
    """Those that are left empty are none, whether they stood there before or not."""

    def initial_form_count(self) -> int:
        return 0 if self.is_bound else super().initial_form_count()


QuestionSet: Any = formset_factory(
    QuestionForm, Questions, extra=BLANK_QUESTIONS, max_num=QUESTIONS_LIMIT, absolute_max=200
)


class NoticeForm(ActionForm):
    """That a person gave the notice: when, who, how."""

    announced_on = day_field(_("Notice given on"))
    announced_by = forms.CharField(label=_("Who gave it"), max_length=NAME_LIMIT)
    announced_ways = forms.MultipleChoiceField(
        label=_("How it was given"), choices=NoticeWay.choices, widget=forms.CheckboxSelectMultiple
    )

    def announcement(self) -> Announcement | None:
        """What was filled in; None if no day is named."""
        data = self.cleaned_data
        if not data["announced_on"]:
            return None
        return Announcement(data["announced_on"], data["announced_by"], data["announced_ways"])


class CallForm(NoticeForm):
    """Who meets, when, where, on what; and that notice was given, if it was."""

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
    households = _count(_("Households that chose them"), required=False)
    women = _count(_("Women among them"), required=False)
    title = forms.CharField(
        label=_("What it is about"),
        max_length=TITLE_LIMIT,
        help_text=_("In a few words and without anybody's name."),
    )
    meets_on = day_field(_("Meets on"))
    meets_time = forms.TimeField(
        label=_("At what time"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    venue = forms.CharField(label=_("Place"), max_length=VENUE_LIMIT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meets_time"].error_messages["invalid"] = _("Please give a time, as 19:30.")
        for name in ("announced_on", "announced_by", "announced_ways"):
            self.fields[name].required = False
        sent = self.data if self.is_bound else None
        self.with_rows(QuestionSet(sent, prefix="question", initial=self.start_questions()))

    def start_questions(self) -> list[dict[str, str]]:
        return []

    @property
    def questions(self) -> Any:
        """The rows of the questions."""
        return self.sets["question"]

    def call(self) -> Call:
        data = self.cleaned_data
        moment = datetime.combine(data["meets_on"], data["meets_time"])
        names = ("body", "title", "venue", "due", "households", "women")
        return Call(
            **{name: data[name] for name in names},
            meets_at=timezone.make_aware(moment),
            basis=data["basis"] or Basis.HOUSEHOLDS,
            questions=tuple(one.question() for one in self.written("question")),
            announcement=self.announcement(),
        )


class ChangeForm(StepForm[Assembly], CallForm):
    """The notice as it stands; changed, it is a new one, that is still to be given."""

    def start_values(self) -> dict[str, Any]:
        names = ("body", "basis", "due", "households", "women", "title", "venue", "meets_on")
        return {
            **{name: getattr(self.row, name) for name in names},
            "meets_time": self.row.meets_time.time(),
            "announced_by": self.row.announced_by or self.actor.name,
        }

    def start_questions(self) -> list[dict[str, str]]:
        return [{"text": one.text, "kind": one.kind} for one in queries.motions_of(self.row)]

    def values(self) -> dict[str, Any]:
        return {"call": self.call()}


class AnnounceForm(StepForm[Assembly], NoticeForm):
    """When the notice was given, by whom, how."""

    def start_values(self) -> dict[str, Any]:
        if self.row.announced_on:
            return {name: getattr(self.row, name) for name in GIVEN}
        return {"announced_on": clock.today(), "announced_by": self.actor.name}

    def values(self) -> dict[str, Any]:
        return {"announcement": self.announcement()}


class CancelForm(StepForm[Assembly]):
    words = words_field(_("Why it is called off"), WORDS_LIMIT)


class CameForm(StepForm[Assembly]):
    """How many came in each way that the meeting knows."""

    in_person = _count(_("In person"))
    online = _count(_("Online"), required=False)
    proxies = _count(
        _("By proxy"),
        required=False,
        help_text=_("Of the same household, with a paper that says so; held by one who came."),
    )
    papers = _count(
        _("By paper"), required=False, help_text=_("Votes that were fetched at the door.")
    )

    def start_values(self) -> dict[str, Any]:
        rule = self.row.rule
        for name, known in (("proxies", rule.proxies), ("papers", rule.papers)):
            if not known:
                del self.fields[name]
        return {name: getattr(self.row, name) for name in WAYS} if self.row.is_held else {}

    def came(self) -> Attendance:
        return Attendance(**{name: self.cleaned_data.get(name) or 0 for name in WAYS})


class AttendanceForm(CameForm):
    """Who came, with notes for the sheet."""

    words = words_field(
        _("Notes for the sheet"),
        WORDS_LIMIT,
        required=False,
        help_text=_("Who led it, who counted; nothing about a person."),
    )

    def start_values(self) -> dict[str, Any]:
        return {**super().start_values(), "words": self.row.words}

    def values(self) -> dict[str, Any]:
        return {"attendance": self.came(), "words": self.cleaned_data["words"]}


class CameAfterAllForm(CameForm):
    """Other numbers of who came or was due, and why."""

    due = number_field(_("How many were due"), 1, DUE_LIMIT)
    reason = forms.CharField(label=_("What was wrong with it"), max_length=WORDS_LIMIT)

    def start_values(self) -> dict[str, Any]:
        return {**super().start_values(), "due": self.row.due}

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"attendance": self.came(), "due": data["due"], "reason": data["reason"]}


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


class AnswerForm(StepForm[Assembly]):
    """A plain yes to a correction."""

    def __init__(self, *args: Any, correction: AssemblyStep, **kwargs: Any) -> None:
        self.correction = correction
        super().__init__(*args, **kwargs)


class DeclineForm(AnswerForm):
    words = words_field(_("Why the numbers stay"), WORDS_LIMIT)


class AssembliesForm(ListForm):
    """How a list of assemblies is narrowed down; of those to come, the next is the first."""

    looks_in = ("title",)
    words = words_box(_("Search what it was about"))
    group = choice_box(_("State"), queries.GROUPS.items())
    body = choice_box(_("Who met"), BodyName.choices)

    def by_group(self, rows: QuerySet[Any], group: str) -> QuerySet[Any]:
        if group in ("held", "cancelled"):
            return rows.filter(state=group)
        rows = rows.filter(state=State.CONVENED).order_by("meets_at", "pk")
        if group == "coming":
            return rows.filter(meets_at__gt=clock.now())
        return rows.filter(meets_at__lte=clock.now())
