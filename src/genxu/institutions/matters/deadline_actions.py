"""From when a matter's deadline counts, and counting it anew when its year is published."""

from datetime import datetime

from genxu.core import calendar, clock
from genxu.core.access import Actor, system
from genxu.core.actions import action
from genxu.core.errors import Conflict

from . import rules
from .deadlines import Deadline, deadline
from .models import Matter
from .workflow import COUNT_ANEW, TAKING_UP, WORKING, State, Urgency

AT_ONCE = 500
"""So many matters are counted anew at a time: the duty comes again."""


def round_began(matter: Matter) -> datetime:
    """When the matter was registered, or last taken up again."""
    if matter.round == 1:
        return matter.registered_at
    began = matter.steps.filter(step__in=TAKING_UP, to_state=State.UNDER_WAY)
    last = began.order_by("pk").last()
    return last.at if last else matter.registered_at


def counted(matter: Matter, more: int = 0) -> Deadline:
    """The deadline as it is counted today, lengthened by so many working days: from the beginning
    of the round, the 24 hours of an urgent matter from when it was called so."""
    start = round_began(matter)
    if matter.urgency == Urgency.URGENT:
        called = matter.steps.filter(step="triage", at__gte=start).order_by("-pk").first()
        start = called.at if called else start
    return deadline(start, matter.tier, matter.urgency, more)


@action(rules.count_deadline_anew, locks="matter")
def count_deadline_anew(*, actor: Actor, matter: Matter) -> Matter:
    """The State Council has published the year in which the deadline lies: it is counted with its
    holidays now. Whoever still had time is not made late by it."""
    if matter.uncounted_year not in calendar.KNOWN_YEARS or matter.state not in WORKING:
        raise Conflict(matter.get_state_display())
    now, granted = clock.now(), matter.extension == Matter.Extension.APPROVED
    limit = counted(matter, matter.extension_days if granted else 0)
    if not limit.due_at < now <= matter.due_at:
        limit = limit.reminding_after(now)
        matter.due_at, matter.remind_at = limit.due_at, limit.remind_at
    matter.uncounted_year = None
    matter.version += 1
    matter.save()
    before = matter.state
    matter.remember(actor, COUNT_ANEW, before, place_id=matter.place_id, due_at=matter.due_at)
    return matter


def count_deadlines_anew() -> int:
    """Count anew what waits for a year that is published by now; how many there were."""
    waiting = Matter.objects.filter(
        uncounted_year__in=calendar.KNOWN_YEARS, state__in=WORKING
    ).order_by("pk")[:AT_ONCE]
    done = 0
    for matter in waiting:
        try:
            count_deadline_anew(actor=system("calendar"), matter=matter)
        except Conflict:  # a step came between; it comes again if it still waits
            continue
        done += 1
    return done
