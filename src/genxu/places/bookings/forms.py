"""The forms of bookings: a new one, by oneself or noted down; its steps; the list."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
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
from genxu.core.lists import DaysForm
from genxu.core.steps import StepForm
from genxu.people.models import Household
from genxu.people.picking import Doorplate, meant
from genxu.places.venues.models import MOST_THINGS, Room, Venue
from genxu.places.venues.queries import rooms_of
from genxu.regions.lists import ListForm, choice_box, words_box
from genxu.team.volunteers.models import Outing

from . import queries
from .actions import plan_of
from .free import free_days
from .hours import span
from .keeping_actions import asking
from .linking import last_talks
from .models import MOST_CAME, NAME_LIMIT, TITLE_LIMIT, Booking, Purpose
from .plans import Every, Plan, Series, Who, moment
from .workflow import State

WHO_LIMIT = 60
NONE_YET = ("", _("Please choose one"))
OWN_PURPOSES = [one for one in Purpose.choices if one[0] not in (Purpose.CLOSED, Purpose.TALK)]


def talk_field() -> forms.Field:
    """The evening talk that it is for, once that is recorded."""
    field = forms.TypedChoiceField(
        label=_("Which evening, if it is recorded already?"), required=False, coerce=int,
        empty_value=None,
    )  # fmt: skip
    return revealed(field, "purpose=talk")


def talks_offered(hamlet: str) -> list[tuple[str, Any]]:
    return [("", _("No evening yet")), *((str(key), told) for key, told in last_talks(hamlet))]


class TimeField(forms.TimeField):
    """An hour and a minute; whoever types 24:00 means the midnight at the end of the day."""

    widget = forms.TimeInput({"type": "time"}, format="%H:%M")


def hour_field(label: Any, **more: Any) -> forms.TimeField:
    wrong = {"invalid": _("Please give a time, such as 18:30.")}
    return TimeField(label=label, error_messages=wrong, **more)


class RoomsField(ManyRowsField):
    def label_from_instance(self, obj: Any) -> str:
        told = [str(obj)]
        if obj.tables:
            told.append(str(_("%(n)s tables") % {"n": obj.tables}))
        return " · ".join(told)


class PlanForm(forms.Form):
    """Rooms, what for, from when to when."""

    purpose = forms.ChoiceField(label=_("What for?"), choices=[NONE_YET, *Purpose.choices])
    rooms = RoomsField(
        label=_("Which rooms?"), queryset=Room.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    begins_on = day_field(_("On which day?"))
    begins_at = hour_field(_("Begins at"))
    ends_at = hour_field(_("Ends at"))
    ends_on = day_field(
        _("Until which other day?"), required=False,
        help_text=_("Only if it goes on past midnight, or for several days (at most 7)."),
    )  # fmt: skip

    def offer_rooms(self, venue: int) -> None:
        field: Any = self.fields["rooms"]
        field.queryset = Room.objects.usable().filter(venue=venue).order_by("pk")

    def times(self) -> tuple[datetime, datetime]:
        data = self.cleaned_data
        last = data["ends_on"] or data["begins_on"]
        return moment(data["begins_on"], data["begins_at"]), moment(last, data["ends_at"])

    def plan(self) -> Plan:
        data = self.cleaned_data
        return Plan(
            list(data["rooms"]), *self.times(), purpose=data["purpose"],
            title=data.get("title", ""), is_public=data.get("is_public", False),
        )  # fmt: skip


def asked_day(text: str) -> date | None:
    """The day that an address asks for; none otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def start_of(venue: Venue, day: date | None) -> dict[str, Any]:
    """With what the form of a booking begins: the only room, an evening."""
    rooms = rooms_of(venue)
    found: dict[str, Any] = {"rooms": [rooms[0].pk]} if len(rooms) == 1 else {}
    if day:
        found["begins_on"] = day
    return found


class OwnForm(PlanForm, ActionForm):
    """A household books by its code."""

    asks = revealed(
        forms.BooleanField(
            label=_("If it is taken: ask the others to move, and wait for their yes"),
            required=False,
        ),
        "purpose=funeral",
    )  # fmt: skip

    def __init__(self, *args: Any, venue: Venue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("purpose", [NONE_YET, *OWN_PURPOSES])
        self.offer_rooms(venue.pk)

    def values(self) -> dict[str, Any]:
        return {"plan": self.plan(), "asks": self.cleaned_data["asks"]}


class WhoForm(forms.Form):
    """For whom: a household of the hamlet, picked or by its number, or a name."""

    who = forms.CharField(
        label=_("Who needs it?"), max_length=WHO_LIMIT, required=False,
        widget=forms.TextInput(
            {"list": "households", "autocomplete": "off", "data-behaviour": "pick"}
        ),
        help_text=_("A household from the list, its number or initials, or a name. Empty: the "
                    "hamlet itself."),
    )  # fmt: skip
    title = forms.CharField(
        label=_("What is the event called?"), max_length=TITLE_LIMIT, required=False,
        help_text=_("Of an event. It stands on the public page only if everybody may come."),
    )  # fmt: skip
    is_public = forms.BooleanField(label=_("Everybody may come"), required=False)
    households: Sequence[Doorplate] = ()
    household: int | None = None

    def clean_who(self) -> str:
        typed = str(self.cleaned_data["who"])
        found = meant(typed, self.households) if typed.strip() else None
        if found is None and len(typed.strip()) > NAME_LIMIT:
            raise forms.ValidationError(_("A name is shorter than that."))
        self.household = found.pk if found else None
        return typed

    def who_it_is(self) -> Who:
        household = Household.objects.filter(pk=self.household).first() if self.household else None
        return Who(household, "" if household else self.cleaned_data["who"])


class BookForm(OwnForm, WhoForm):
    """Those in charge book, or note down who rang; a series, a talk, an outing."""

    field_order = ("purpose", "who", "rooms", "begins_on", "begins_at", "ends_at", "ends_on",
                   "asks", "title", "is_public", "every", "until", "anyway", "talk",
                   "outing")  # fmt: skip
    every = forms.ChoiceField(label=_("How often?"), choices=Every.choices, required=False)
    until = revealed(
        day_field(_("Until which day, the last time?"), required=False), "every=weekly,monthly"
    )
    anyway = revealed(
        forms.BooleanField(
            label=_("Leave out the dates that are taken, and book the others"), required=False
        ),
        "every=weekly,monthly",
    )  # fmt: skip
    talk = talk_field()
    outing = forms.ModelChoiceField(
        label=_("Do volunteers help?"), queryset=Outing.objects.none(), required=False,
        empty_label=_("Nothing of the kind"),
    )  # fmt: skip

    def __init__(
        self, *args: Any, venue: Venue, households: Sequence[Doorplate], **kwargs: Any
    ) -> None:
        super().__init__(*args, venue=venue, **kwargs)
        self.households = households
        self.offer("purpose", [NONE_YET, *Purpose.choices])
        self.offer("outing", queries.outings_near(venue.hamlet_id))
        self.offer("talk", talks_offered(venue.hamlet_id))

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        series = Series(data["every"], data["until"], data["anyway"])
        return {"plan": self.plan(), "who": self.who_it_is(), "series": series,
                "asks": data["asks"], "talk": data["talk"], "outing": data["outing"]}  # fmt: skip


def _as_it_is(booking: Booking) -> dict[str, Any]:
    begins, ends = timezone.localtime(booking.begins_at), timezone.localtime(booking.ends_at)
    other = ends.date() if ends.date() != begins.date() else None
    return {
        "purpose": booking.purpose, "begins_on": begins.date(), "begins_at": begins.time(),
        "ends_at": ends.time(), "ends_on": other, "title": booking.title,
        "is_public": booking.is_public, "rooms": [room.pk for room in plan_of(booking).rooms],
    }  # fmt: skip


class ChangeForm(StepForm[Booking], PlanForm, WhoForm):
    field_order = ("purpose", "who", "rooms", "begins_on", "begins_at", "ends_at", "ends_on",
                   "title", "is_public", "talk", "words")  # fmt: skip
    talk = talk_field()
    words = words_field(_("A word about it"), required=False)

    def start_values(self) -> dict[str, Any]:
        self.households = queries.households_in(self.row.hamlet_id)
        self.offer_rooms(self.row.venue_id)
        self.offer("talk", talks_offered(self.row.hamlet_id))
        return {**_as_it_is(self.row), "who": self.row.for_whom, "talk": self.row.talk}

    def values(self) -> dict[str, Any]:
        data, row = self.cleaned_data, self.row
        as_it_was = data["who"] == row.for_whom
        who = Who(row.household, row.name) if as_it_was else self.who_it_is()
        return {"plan": self.plan(), "who": who, "words": data["words"], "talk": data["talk"]}


class OwnChangeForm(PlanForm, ActionForm):
    def __init__(self, *args: Any, row: Booking, **kwargs: Any) -> None:
        super().__init__(*args, row=row, initial=_as_it_is(row), **kwargs)
        self.offer("purpose", OWN_PURPOSES)
        self.offer_rooms(row.venue_id)

    def values(self) -> dict[str, Any]:
        return {"plan": self.plan()}


# --- asked to move -------------------------------------------------------------------------------


def free_for(booking: Booking) -> list[tuple[str, str]]:
    """The next free times of the same hours, (moment, as one says it); not where the funeral would
    be."""
    wanted = [(plea.booking.begins_at, plea.booking.ends_at) for plea in asking(booking)]
    plans = free_days(plan_of(booking), booking.pk, besides_times=wanted)
    return [(one.begins_at.isoformat(), span(one.begins_at, one.ends_at)) for one in plans]


class MoveField(forms.Form):
    """One of the free times, or another one."""

    begins_at = forms.ChoiceField(
        label=_("To which time?"), widget=forms.RadioSelect, required=False, choices=[]
    )
    other_day = day_field(_("Or another day"), required=False)
    other_hour = hour_field(_("Begins at"), required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        day, hour = data.get("other_day"), data.get("other_hour")
        if day and hour:
            data["begins_at"] = moment(day, hour).isoformat()
        elif day or not data.get("begins_at"):
            self.add_error("other_hour" if day else "begins_at", _("To which time does it move?"))
        return data

    def offer_times(self, booking: Booking) -> None:
        field: Any = self.fields["begins_at"]
        field.choices, field.plain = free_for(booking), True

    def chosen(self) -> datetime:
        return datetime.fromisoformat(self.cleaned_data["begins_at"])


class YesForm(MoveField, StepForm[Booking]):
    heard_by = forms.CharField(label=_("Who heard it?"), max_length=NAME_LIMIT)

    def start_values(self) -> dict[str, Any]:
        self.offer_times(self.row)
        return {"heard_by": self.actor.name}

    def values(self) -> dict[str, Any]:
        return {"begins_at": self.chosen(), "heard_by": self.cleaned_data["heard_by"]}


class OwnYesForm(MoveField, ActionForm):
    def __init__(self, *args: Any, row: Booking, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.offer_times(row)

    def values(self) -> dict[str, Any]:
        return {"begins_at": self.chosen()}


class NoForm(StepForm[Booking]):
    heard_by = forms.CharField(label=_("Who heard it?"), max_length=NAME_LIMIT)

    def start_values(self) -> dict[str, Any]:
        return {"heard_by": self.actor.name}


# --- things and heads ----------------------------------------------------------------------------


class HandOverForm(StepForm[Booking]):
    """How many of each thing of the place."""

    day = day_field(_("When?"), initial=clock.today)

    def start_values(self) -> dict[str, Any]:
        known = {one.thing_id: one.count for one in self.row.handed.all()}
        self.things = queries.things_at(self.row.venue_id)
        for one in self.things:
            self.fields[f"thing_{one.pk}"] = number_field(
                f"{one}（{one.count}）", 0, MOST_THINGS, required=False
            )
        return {f"thing_{key}": count for key, count in known.items()}

    def values(self) -> dict[str, Any]:
        data = super().values()
        counts = {one.pk: data.pop(f"thing_{one.pk}") or 0 for one in self.things}
        return {**data, "counts": counts}


class HandBackForm(StepForm[Booking]):
    """How many of each came back; at first all."""

    day = day_field(_("When?"), initial=clock.today)
    words = words_field(
        _("A word about it"), required=False, help_text=_("What is missing or broken; no money.")
    )

    def start_values(self) -> dict[str, Any]:
        self.handed = queries.handed_of(self.row)
        for one in self.handed:
            self.fields[f"thing_{one.thing_id}"] = number_field(
                f"{one.thing}（{one.count}）", 0, MOST_THINGS
            )
        self.order_fields([*(name for name in self.fields if name != "words"), "words"])
        return {
            f"thing_{one.thing_id}": one.count if one.back is None else one.back
            for one in self.handed
        }

    def values(self) -> dict[str, Any]:
        data = super().values()
        counts = {one.thing_id: data.pop(f"thing_{one.thing_id}") for one in self.handed}
        return {**data, "counts": counts}


class HoldForm(StepForm[Booking]):
    head_count = number_field(
        _("How many came?"), 0, MOST_CAME, help_text=_("Nobody is an answer, too.")
    )


class CountForm(HoldForm):
    words = words_field(_("A word about it"), required=False)

    def start_values(self) -> dict[str, Any]:
        return {"head_count": self.row.head_count}


class BookingsForm(ListForm, DaysForm):
    """Their days are those on which they begin."""

    day_of = "begins_on"
    field_order = ("words", "place", "group", "purpose", "since", "until")
    looks_in = ("name", "household__head_name", "title", "venue__name", "hamlet__name")
    words = words_box(_("Name, title, place"), 40)
    group = choice_box(
        _("Show"), [("coming", _("Yet to come")), ("asked", _("Asked to move")),
                    ("out", _("Things not back yet")), *State.choices],
    )  # fmt: skip
    purpose = choice_box(_("What for?"), Purpose.choices)

    def by_group(self, rows: Any, group: str) -> QuerySet[Any]:
        if group == "coming":
            found: QuerySet[Any] = rows.to_come().order_by("begins_at", "pk")
        elif group == "asked":
            found = rows.filter(asked__answer="", asked__isnull=False).distinct()
        else:
            found = rows.unreturned() if group == "out" else rows.filter(state=group)
        return found
