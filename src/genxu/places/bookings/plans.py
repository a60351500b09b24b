"""What is asked for: rooms, from when to when, what for, for whom; a series of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core import clock
from genxu.core.calendar import months_later, years_on
from genxu.core.errors import Invalid
from genxu.core.names import clean_name
from genxu.core.texts import MISSING, readable, too_long
from genxu.people.models import Household
from genxu.places.venues.models import Room
from genxu.regions.codes import LENGTHS, Level

from .models import LONGEST, NAME_LIMIT, TITLE_LIMIT, Purpose

AHEAD, BEHIND = 2, timedelta(days=366)
"""So many years ahead may be booked; so long afterwards may what was be written down."""
MOST_DATES = 60


class Every(TextChoices):
    ONCE = "", gettext_lazy("Once")
    WEEKLY = "weekly", gettext_lazy("Every week")
    MONTHLY = "monthly", gettext_lazy("Every month")


@dataclass(frozen=True, slots=True)
class Plan:
    """The rooms, from when to when, what for; of an event its title, and whether all may come."""

    rooms: Sequence[Room]
    begins_at: datetime
    ends_at: datetime
    purpose: str
    title: str = ""
    is_public: bool = False

    @property
    def keys(self) -> list[int]:
        return [room.pk for room in self.rooms]

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.begins_at

    def at(self, begins_at: datetime) -> "Plan":
        """The same at another time."""
        return replace(self, begins_at=begins_at, ends_at=begins_at + self.length)


@dataclass(frozen=True, slots=True)
class Who:
    """For whom: a household of the register, or somebody by name; neither: for the hamlet."""

    household: Household | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """How often, until which day; ``anyway``: the dates that are taken are left out."""

    every: str = Every.ONCE
    until: date | None = None
    anyway: bool = False


def moment(day: date, hour: time) -> datetime:
    """A minute of a day by the clock of the place."""
    whole = hour.replace(second=0, microsecond=0)
    return timezone.make_aware(datetime.combine(day, whole))


def checked(plan: Plan, venue: int) -> Plan:
    """The plan as it is kept; ``Invalid`` names what is wrong with it by itself."""
    plan = replace(plan, title=readable(plan.title), begins_at=_minute(plan.begins_at),
                   ends_at=_minute(plan.ends_at))  # fmt: skip
    wrong = {**_wrong_rooms(plan, venue), **_wrong_times(plan)}
    if plan.purpose not in Purpose:
        wrong["purpose"] = _("Please choose one of those offered.")
    if len(plan.title) > TITLE_LIMIT:
        wrong["title"] = too_long(TITLE_LIMIT)
    elif plan.is_public and not plan.title:
        wrong["title"] = _("What is it called, that everybody may come to?")
    elif plan.is_public and plan.purpose in (Purpose.FUNERAL, Purpose.CLOSED):
        wrong["is_public"] = _("That is not announced to everybody.")
    if wrong:
        raise Invalid(wrong)
    return plan


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _wrong_rooms(plan: Plan, venue: int) -> dict[str, str]:
    if not plan.rooms:
        return {"rooms": _("Which room?")}
    if any(room.venue_id != venue or room.until for room in plan.rooms):
        return {"rooms": _("That room is not one of this place.")}
    if len(set(plan.keys)) != len(plan.keys):
        return {"rooms": _("The same room stands there twice.")}
    return {}


def _wrong_times(plan: Plan) -> dict[str, str]:
    if plan.ends_at <= plan.begins_at:
        return {"ends_at": _("It ends before it begins. If it goes on past midnight, say on which "
                             "day it ends.")}  # fmt: skip
    if plan.length > LONGEST:
        text = _("At most %(days)s days at a time.")
        return {"ends_at": text % {"days": LONGEST.days}}
    if plan.begins_at > _far_ahead():
        return {"begins_at": _("That is very far ahead; is the year right?")}
    if plan.begins_at < clock.now() - BEHIND:
        return {"begins_at": _("That is very long ago; is the year right?")}
    return {}


def _far_ahead() -> datetime:
    return moment(years_on(clock.today(), AHEAD), time(23, 59))


def checked_who(who: Who, hamlet: str, known: int | None = None) -> Who:
    """For whom, as it is kept; the household ``known`` so far stays, also if it has moved away."""
    name = clean_name(readable(who.name))
    if len(name) > NAME_LIMIT:
        raise Invalid({"who": too_long(NAME_LIMIT)})
    one = who.household
    if one is not None and one.pk != known and not _lives_near(one, hamlet):
        raise Invalid({"who": _("There is no such household here.")})
    return Who(one, "" if one else name)


def _lives_near(one: Household, hamlet: str) -> bool:
    """In the village of the hamlet."""
    village = LENGTHS[Level.VILLAGE]
    return one.lives_here and one.hamlet_id[:village] == hamlet[:village]


def need_who(plan: Plan, who: Who) -> None:
    """A wedding and a funeral are somebody's."""
    if plan.purpose in (Purpose.WEDDING, Purpose.FUNERAL) and not (who.household or who.name):
        raise Invalid({"who": MISSING})


def dates_of(plan: Plan, series: Series) -> tuple[list[Plan], list[str]]:
    """The plans of a series in their order, the first one among them, and the dates that there are
    not (31 June, 29 February)."""
    if series.every == Every.ONCE:
        return [plan], []
    first, until = timezone.localdate(plan.begins_at), series.until
    if series.every not in Every or until is None:
        raise Invalid({"until": _("Until which day?")})
    if until < first:
        raise Invalid({"until": _("That is before the first day.")})
    if until > years_on(first, 1):
        raise Invalid({"until": _("A year at a time, please.")})
    plans, none = [], []
    for n in range(MOST_DATES):
        day = first + timedelta(weeks=n) if series.every == Every.WEEKLY else months_later(first, n)
        if day > until:
            break
        if series.every == Every.MONTHLY and day.day != first.day:
            none.append(_("there is no %(day)s in month %(month)s")
                        % {"day": first.day, "month": day.month})  # fmt: skip
            continue
        hour = timezone.localtime(plan.begins_at).time()
        plans.append(plan.at(moment(day, hour)))
    return plans, none
