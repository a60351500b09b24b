"""The forms of a rota: what it is for, who is on it, its turns, what was found."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.forms import ActionForm, day_field, number_field, revealed, words_field
from genxu.core.promises import StrOrPromise
from genxu.core.steps import ReasonForm, StepForm
from genxu.core.texts import sentences
from genxu.organisation.branches.models import Member
from genxu.people.models import mobile
from genxu.regions.lists import ListForm, choice_box, words_box
from genxu.regions.queries import called

from . import fair, queries, rules
from .models import (
    MOST_A_TURN,
    NAME_LIMIT,
    PERSON_LIMIT,
    WEEKDAYS,
    WORDS_LIMIT,
    Found,
    OnRota,
    Rota,
    Turn,
)
from .plans import Asked, Note, Plan
from .workflow import State


class PlanFields(forms.Form):
    """What a rota is: on a page of its own, and when it is changed."""

    kind = forms.ChoiceField(
        label=_("What for"), choices=Rota.Kind.choices, widget=forms.RadioSelect,
        initial=Rota.Kind.CLEANUP,
    )  # fmt: skip
    name = revealed(
        forms.CharField(label=_("What it is called"), max_length=NAME_LIMIT, required=False),
        "kind=other",
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days"), choices=list(enumerate(WEEKDAYS)), coerce=int, initial=[5],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    size = number_field(_("How many come at a time"), 1, MOST_A_TURN, initial=2)
    pairs = forms.BooleanField(
        label=_("Whoever is new comes with somebody who knows it"), required=False
    )
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"), help_text=_("A year at most."))

    def plan(self) -> Plan:
        data = self.cleaned_data
        return Plan(
            kind=data["kind"], name=data["name"], weekdays=tuple(data["weekdays"]),
            size=data["size"], pairs=data["pairs"], starts_on=data["starts_on"],
            ends_on=data["ends_on"],
        )  # fmt: skip


class NewRotaForm(PlanFields, ActionForm):
    def values(self) -> dict[str, Any]:
        return {"plan": self.plan()}


def usual_days() -> dict[str, date]:
    """From the day after tomorrow to the end of the year; late in the year, to the next summer."""
    first = clock.today() + timedelta(days=2)
    late = first.month > 10
    end = date(first.year + late, 6, 30) if late else date(first.year, 12, 31)
    return {"starts_on": first, "ends_on": end}


class ChangeForm(PlanFields, StepForm[Rota]):
    def start_values(self) -> dict[str, Any]:
        names = ("kind", "name", "weekdays", "size", "pairs", "starts_on", "ends_on")
        return {name: getattr(self.row, name) for name in names}

    def values(self) -> dict[str, Any]:
        return {"plan": self.plan()}


class AskedForm(StepForm[Rota]):
    """What somebody says when asked; a stretch of days away is added to those that are kept."""

    exempt = forms.BooleanField(
        label=_("Exempt: gets no turns. Why is asked by nobody and kept nowhere."), required=False
    )
    new_hand = forms.BooleanField(label=_("New to it"), required=False)
    away_from = day_field(_("Away from"), required=False)
    away_until = day_field(_("Away until"), required=False)
    keeps = forms.MultipleChoiceField(
        label=_("Away as said before"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Take the tick away where it no longer holds."),
    )  # fmt: skip
    since = day_field(_("Can come from"), required=False)
    until = day_field(_("Can come until"), required=False)
    shown = forms.BooleanField(
        label=_("Agrees to be named on the hamlet's public page"), required=False
    )

    def __init__(self, *args: Any, person: OnRota | None = None, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)
        kept = person.away_days if person else []
        choices = [(f"{a} {b}", f"{date_format(a)} – {date_format(b)}") for a, b in kept]
        self.offer("keeps", choices)
        if not choices:
            del self.fields["keeps"]

    def start_values(self) -> dict[str, Any]:
        if self.person is None:
            return {}
        names = ("exempt", "new_hand", "since", "until", "shown")
        found = {name: getattr(self.person, name) for name in names}
        return found | {"keeps": [f"{a} {b}" for a, b in self.person.away_days]}

    def clean_away_until(self) -> date | None:
        first, last = self.cleaned_data.get("away_from"), self.cleaned_data["away_until"]
        if last and not first:
            raise forms.ValidationError(_("From which day on?"))
        return last or first

    def asked(self) -> Asked:
        data = self.cleaned_data
        kept = [tuple(map(date.fromisoformat, one.split())) for one in data.get("keeps", ())]
        if data["away_from"]:
            kept.append((data["away_from"], data["away_until"]))
        return Asked(
            since=data["since"], until=data["until"], away=tuple((a, b) for a, b in kept),
            exempt=data["exempt"], new_hand=data["new_hand"], shown=data["shown"],
        )  # fmt: skip

    def values(self) -> dict[str, Any]:
        return {"asked": self.asked()}


class EnrolForm(AskedForm):
    """Who, and what she says."""

    member = forms.ModelChoiceField(
        label=_("A member"), queryset=Member.objects.none(), required=False,
        empty_label=_("Nobody of these"),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Or somebody who is none: the name"), max_length=PERSON_LIMIT, required=False
    )
    phone = forms.CharField(label=_("Phone"), max_length=11, required=False, validators=[mobile])
    field_order = ("member", "name", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = queries.members_not_on(self.row).order_by("name")
        self.offer("member", members)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"asked": self.asked(), "member": data["member"], "name": data["name"],
                "phone": data["phone"]}  # fmt: skip


class ReleaseForm(StepForm[Rota]):
    """A plain yes, for one person."""

    def __init__(self, *args: Any, person: OnRota, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class DealForm(StepForm[Rota]):
    """A plain yes: the turns are worked out before anything is locked, and written by the action,
    if nobody has changed the rota since."""

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        if not rules.deal_rota(self.actor, rota=self.row):
            return data
        answer = fair.propose(queries.question_of(self.row))
        if answer.short:
            self.add_error(None, told_short(answer.short))
        self.cleaned_data["turns"] = {day: list(keys) for day, keys in answer.turns.items()}
        return data


MOST_TOLD = 6


def told_short(short: tuple[fair.Short, ...]) -> str:
    """The days that lack people, in a few sentences."""
    told = [_short(one) for one in short[:MOST_TOLD]]
    if more := len(short) - len(told):
        told.append(_("And %(n)s more days.") % {"n": more})
    return sentences([_("It cannot be made like this."), *told,
                      _("Ask more people, or let fewer come at a time.")])  # fmt: skip


def _short(one: fair.Short) -> StrOrPromise:
    told = {"first": date_format(one.first), "last": date_format(one.last), "n": one.wanted,
            "able": one.able}  # fmt: skip
    if one.first != one.last:
        return _("From %(first)s to %(last)s %(n)s are wanted, and %(able)s can.") % told
    if not one.able:
        return _("On %(first)s nobody can.") % told
    return _("On %(first)s only %(able)s can, %(n)s are wanted.") % told


class MoveForm(StepForm[Rota]):
    day = forms.TypedChoiceField(label=_("Which day"), coerce=date.fromisoformat)
    to = day_field(_("To which day"), required=False, help_text=_("Left empty: it is called off."))
    words = words_field(_("A word about it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [day for day in self.row.days if day >= clock.today()]
        choices = [(str(day), f"{date_format(day)} {WEEKDAYS[day.weekday()]}") for day in days]
        self.offer("day", choices)


class EndForm(ReasonForm[Rota]):
    words = words_field(_("A word about it"), required=False)


class OnTurnForm(StepForm[Rota]):
    """A step on one turn of the rota."""

    def __init__(self, *args: Any, turn: Turn, **kwargs: Any) -> None:
        self.turn = turn
        super().__init__(*args, **kwargs)


def _who(label: Any) -> forms.ModelChoiceField[OnRota]:
    return forms.ModelChoiceField(
        label=label, queryset=OnRota.objects.none(), empty_label=None, widget=forms.RadioSelect
    )


class TurnField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A turn, by its day and whose it is."""

    def label_from_instance(self, turn: Any) -> str:
        return f"{date_format(turn.day)} {turn.person}"


class HandForm(OnTurnForm):
    """Who comes instead, and which turn of hers is taken in exchange."""

    person = _who(_("Who comes instead"))
    back = TurnField(
        label=_("In exchange for"), queryset=Turn.objects.none(), required=False,
        empty_label=_("Nothing, just so"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = self.row.people.present().exclude(pk=self.turn.person_id)
        self.offer("person", others.select_related("member").order_by("pk"))
        turns = self.row.turns.to_come().exclude(person=self.turn.person_id)
        self.offer("back", turns.select_related("person__member").order_by("day", "pk"))


class StandInForm(OnTurnForm):
    """Who came: anybody for the secretary, oneself for everybody else."""

    person = _who(_("Who came instead"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = self.row.people.present()
        if not rules.steers(self.actor, self.row):
            rows = self.row.people.of(self.actor)
        rows = rows.exclude(pk=self.turn.person_id).select_related("member").order_by("pk")
        self.offer("person", rows)
        if len(found := list(rows[:2])) == 1:
            self.initial.setdefault("person", found[0].pk)


class NoteForm(OnTurnForm):
    """One tap where all is well; else what is to be seen to."""

    found = forms.ChoiceField(
        label=_("How it was"), choices=Found.choices, initial=Found.CLEAN, widget=forms.RadioSelect
    )
    head_count = number_field(_("How many came"), 0, 999, required=False)
    text = revealed(
        words_field(
            _("What is to be seen to"), WORDS_LIMIT, required=False,
            help_text=_("It becomes a matter of the hamlet. Leave names out of it."),
        ),
        "found=something",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.row.is_cleanup:
            del self.fields["head_count"]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"note": Note(data["found"], data.get("head_count"), data["text"])}


class RotasForm(ListForm):
    """The list of rotas."""

    words = words_box(_("Hamlet or village"))
    kind = choice_box(_("What for"), Rota.Kind.choices)
    state = choice_box(_("How far"), State.choices)

    def by_words(self, rows: Any, words: str) -> Any:
        return rows.filter(called(words))
