"""Hours as somebody says them: what is refused, and how they are put down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.calendar import years_on
from genxu.core.days import wrong_day
from genxu.core.declared import declared
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import required

from .models import LIMITS, Hours, Outing, Visit, Volunteer, minutes_of
from .workflow import SAY, State

YEARS_BACK = 3


@dataclass(frozen=True, slots=True)
class Work:
    """When somebody worked, and on which outing; ``what`` where it was none."""

    day: date
    starts_at: time
    ends_at: time
    outing: Outing | None = None
    visit: Visit | None = None
    what: str = ""

    @property
    def minutes(self) -> int:
        return minutes_of(self.starts_at, self.ends_at)


def put_down(actor: Actor, volunteer: Volunteer, work: Work) -> Hours:
    """A part of actions: the hours, checked; they count once another one has vouched."""
    work = checked(volunteer, work)
    hours = Hours(hamlet_id=volunteer.hamlet_id, volunteer=volunteer, said_by=actor.label)
    fill(hours, work)
    hours.save()
    hours.remember(actor, SAY, "")
    return hours


def fill(hours: Hours, work: Work) -> None:
    hours.outing, hours.visit, hours.what = work.outing, work.visit, work.what
    hours.day, hours.starts_at, hours.ends_at = work.day, work.starts_at, work.ends_at
    hours.minutes, hours.written_on = work.minutes, clock.today()


def checked(volunteer: Volunteer, work: Work, but: Hours | None = None) -> Work:
    """The work as it is kept; ``Invalid`` at its fields, ``Conflict`` if it cannot be at all.
    ``but`` is what it takes the place of."""
    if volunteer.accepted_on is None or not volunteer.name:
        raise Conflict(_("Nobody has said yes to this volunteer yet."))
    if wrong := _wrong_times(work):
        raise Invalid(wrong)
    if work.outing:
        _check_outing(volunteer, work, Outing.objects.get(pk=work.outing.pk))
        what = ""
    else:
        what = required(work.what, LIMITS["what"], "what", _("Please say in a line what it was."))
    _check_free(volunteer, work, but)
    _check_duty(volunteer, work)
    return Work(work.day, work.starts_at, work.ends_at, work.outing, work.visit, what)


def _wrong_times(work: Work) -> dict[str, Any]:
    now = timezone.localtime(clock.now())
    too_early = _("That is more than three years ago; is the year right?")
    if wrong := wrong_day("day", work.day, years_on(now.date(), -YEARS_BACK), too_early):
        return wrong
    if work.ends_at <= work.starts_at:
        text = _("It ends after it begins; what goes on past midnight is written down day by day.")
        return {"ends_at": text}
    if work.day == now.date() and work.ends_at > now.time():
        return {"ends_at": _("That hour is still to come.")}
    if not work.minutes:
        return {"ends_at": _("A quarter of an hour is the least that is counted.")}
    return {}


def _check_outing(volunteer: Volunteer, work: Work, outing: Outing) -> None:
    if outing.hamlet_id != volunteer.hamlet_id:
        raise Invalid({"outing": _("That outing is of another hamlet.")})
    if outing.state == State.CALLED_OFF:
        raise Conflict(_("That outing was called off: nobody can have worked there."))
    if outing.state == State.CLOSED:
        raise Conflict(_("That outing is closed. Ask whoever leads the team."))
    if not outing.begins_on <= work.day <= outing.ends_on:
        raise Invalid({"day": _("The outing was on another day.")})
    if work.visit and work.visit.outing_id != outing.pk:
        raise Invalid({"outing": _("That visit is of another outing.")})


def _check_free(volunteer: Volunteer, work: Work, but: Hours | None) -> None:
    """One person is in one place at a time, whatever hamlet it is written down in."""
    same = Volunteer.objects.of_person(volunteer).values("pk")
    rows = Hours.objects.standing().filter(volunteer__in=same, day=work.day)
    rows = rows.filter(starts_at__lt=work.ends_at, ends_at__gt=work.starts_at)
    others = rows.exclude(pk=but.pk) if but else rows
    found = others.order_by("starts_at").first()
    if found:
        text = _("From %(start)s to %(end)s of that day is written down already.")
        told = {"start": f"{found.starts_at:%H:%M}", "end": f"{found.ends_at:%H:%M}"}
        raise Invalid({"starts_at": text % told})


def _check_duty(volunteer: Volunteer, work: Work) -> None:
    """A duty turn is an assignment: no volunteering unless one signed up by oneself. Apps that
    have rotas say who has a turn on a day: ``has_turn`` in their room ``assigned``."""
    if work.outing and work.outing.sign_ups.filter(volunteer=volunteer).exists():
        return
    asked = {"hamlet": volunteer.hamlet_id, "day": work.day, "name": volunteer.name,
             "member": volunteer.member_id}  # fmt: skip
    if any(has_turn(**asked) for has_turn in declared("assigned", "has_turn")):
        raise Conflict(_("On that day it was a turn of the rota: that is no volunteering."))


def lock_person(*, volunteer: Volunteer, **_others: Any) -> None:
    """All entries of one person, in the order of their keys: hours of two hamlets follow each
    other."""
    lock_people([volunteer])


def lock_people(volunteers: Iterable[Volunteer]) -> None:
    keys: set[int] = set()
    for one in volunteers:
        keys |= set(Volunteer.objects.of_person(one).values_list("pk", flat=True))
    rows = Volunteer.objects.filter(pk__in=keys).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
