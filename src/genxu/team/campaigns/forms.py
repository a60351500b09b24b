"""What a campaign is to be, what a hamlet says, how the lists are narrowed down."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.calendar import years_on
from genxu.core.forms import ActionForm, day_field, number_field, revealed, words_field
from genxu.core.steps import StepForm
from genxu.people.models import Household
from genxu.people.questions import MOST_WORDS, questions
from genxu.regions.lists import ListForm, choice_box, words_box

from .actions import Given, field_of
from .models import FACT_LIMIT, MOST_FACTS, NAME_LIMIT, WHY_LIMIT, Campaign, Fact, Part
from .plans import Asked, Plan
from .workflow import State

_NUMBERS = range(1, MOST_FACTS + 1)


class PlanForm(ActionForm):
    """A campaign. Which records, since when; what no record holds."""

    name = forms.CharField(label=_("What it is called"), max_length=NAME_LIMIT)
    why = words_field(_("Why"), WHY_LIMIT)
    until = day_field(_("Its last day"))
    question = forms.ChoiceField(label=_("Which records it goes by"), widget=forms.RadioSelect)
    looks_for = forms.CharField(label=_("With one of these words"), required=False)
    since = day_field(
        _("Since which day"), required=False,
        help_text=_("Only for records that come day by day."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = questions().values()
        self.offer("question", [(one.name, one.label) for one in offered])
        self._reveal("looks_for", (one.name for one in offered if one.takes_words))
        self._reveal("since", (one.name for one in offered if one.settles))
        told = _("Up to %(n)s, with blanks between them.") % {"n": MOST_WORDS}
        self.fields["looks_for"].help_text = told
        for n in _NUMBERS:
            self.fields[f"fact_{n}"] = forms.CharField(
                label=_("What else is asked (%(n)s)") % {"n": n}, required=False,
                max_length=FACT_LIMIT,
            )  # fmt: skip
            kind = forms.ChoiceField(
                label=_("How it is answered"), required=False, choices=Fact.Kind.choices,
                initial=Fact.Kind.YES_NO,
            )  # fmt: skip
            self.fields[f"kind_{n}"] = revealed(kind, f"fact_{n}=*")
        self.fields["fact_1"].help_text = _(
            "Only what no record holds. No photo, no position, no sign-in, no identity card."
        )
        self.initial.setdefault("since", years_on(clock.today(), -1))

    def _reveal(self, name: str, asked: Iterable[str]) -> None:
        """Only for the questions that take it."""
        self.fields[name] = revealed(self.fields[name], f"question={','.join(asked)}")

    def plan(self) -> Plan:
        data = self.cleaned_data
        settles = questions()[data["question"]].settles
        facts = [Asked(data[f"fact_{n}"], data[f"kind_{n}"] or Fact.Kind.YES_NO) for n in _NUMBERS]
        return Plan(
            data["name"], data["why"], data["until"], data["question"],
            data["since"] if settles else None, data["looks_for"].replace("，", " ").split(), facts,
        )  # fmt: skip

    def values(self) -> dict[str, Any]:
        return {"plan": self.plan()}


class ChangeForm(PlanForm, StepForm[Campaign]):
    def start_values(self) -> dict[str, Any]:
        row = self.row
        known = {name: getattr(row, name) for name in ("name", "why", "until", "question")}
        if row.since:
            known["since"] = row.since
        facts = {
            f"{part}_{n}": getattr(fact, of)
            for n, fact in enumerate(row.asked, 1)
            for part, of in (("fact", "name"), ("kind", "kind"))
        }
        return {**known, "looks_for": " ".join(row.looks_for), **facts}


class MoveForm(StepForm[Campaign]):
    until = day_field(_("Its last day"))
    words = words_field(_("The reason"))

    def start_values(self) -> dict[str, Any]:
        return {"until": self.row.until}


def answer_field(fact: Fact, label: Any) -> forms.Field:
    """How a fact is answered; empty is not answered yet."""
    if fact.is_number:
        return number_field(label, 0, fact.most, required=False)
    offered = [("1", _("Yes")), ("0", _("No")), ("", _("Not asked yet"))]
    return forms.TypedChoiceField(
        label=label, choices=offered, required=False, coerce=int, empty_value=None,
        widget=forms.RadioSelect,
    )  # fmt: skip


class AnswerForm(StepForm[Part]):
    """The facts of the hamlet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.given: dict[str, Given] = {}
        super().__init__(*args, **kwargs)
        known = {(one.fact_id, one.household_id): one.value for one in self.row.answers.all()}
        for household in self.asked_of():
            for fact in self.row.campaign.asked:
                one = Given(fact.pk, household.pk if household else None, None)
                self._ask(fact, household, one, known.get((one.fact, one.household)))

    def asked_of(self) -> Iterable[Household | None]:
        return [None]

    def _ask(self, fact: Fact, household: Household | None, one: Given, value: Any) -> None:
        name = field_of(one)
        field = answer_field(fact, fact.name)
        field.plain = True  # type: ignore[attr-defined]
        self.fields[name], self.given[name] = field, one
        self.initial.setdefault(name, "" if value is None else value)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"given": [replace(one, value=data[name]) for name, one in self.given.items()]}


def households_sent(sent: Iterable[str]) -> list[int]:
    """Of which households a form has fields: the pages may have shifted since it was shown."""
    found = (re.fullmatch(r"fact_\d{1,18}_(\d{1,18})", name) for name in sent)
    return sorted({int(one[1]) for one in found if one})


class HouseholdsForm(AnswerForm):
    """The facts of some households: those of a page, or those that were sent."""

    def __init__(self, *args: Any, households: Iterable[Household], **kwargs: Any) -> None:
        self.households = list(households)
        super().__init__(*args, **kwargs)

    def asked_of(self) -> Iterable[Household | None]:
        return self.households

    def rows(self) -> list[tuple[Household, list[Any]]]:
        """Each household with its fields."""
        facts = self.row.campaign.asked
        return [
            (one, [self[field_of(Given(fact.pk, one.pk, None))] for fact in facts])
            for one in self.households
        ]


class CampaignsForm(ListForm):
    words = words_box(_("Name of the campaign"))
    looks_in = ("name",)
    state = choice_box(_("Where it stands"), State.choices)

    def by_place(self, rows: Any, code: str) -> QuerySet[Any]:
        """Those of a county hold in all places below it."""
        found: QuerySet[Any] = rows.reaching(code)
        return found


class SamplesForm(ListForm):
    words = words_box(_("Name of the campaign or the hamlet"))
    looks_in = ("part__campaign__name", "part__hamlet__name")
    group = choice_box(
        _("Where it stands"), [("waiting", _("Waits for a look"))], initial="waiting"
    )

    def by_group(self, rows: Any, group: str) -> QuerySet[Any]:
        found: QuerySet[Any] = rows.waiting()
        return found
