"""When rooms are taken, by what kind of thing, and what is free next: the sentences say it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from django.utils.translation import gettext as _

from genxu.core import clock

from .hours import span
from .models import Booking, Use
from .plans import Plan

LOOKS_AHEAD = timedelta(days=60)
OFFERED = 3
"""So many free times are offered."""


def in_the_way(plan: Plan, besides: int | None = None) -> list[Booking]:
    """The bookings that have one of the rooms in the time of the plan, in their order."""
    rows = Use.objects.meeting(plan.keys, plan.begins_at, plan.ends_at)
    rows = rows.exclude(booking=besides).select_related("booking")
    return list(dict.fromkeys(use.booking for use in rows))


def clashes_of(plans: Sequence[Plan]) -> list[list[Booking]]:
    """For each of several plans of the same rooms what is in its way: one query for them all."""
    since, until = min(one.begins_at for one in plans), max(one.ends_at for one in plans)
    rows = Use.objects.meeting(plans[0].keys, since, until).select_related("booking")
    uses = list(rows)
    return [
        list(dict.fromkeys(use.booking for use in uses
                           if use.begins_at < one.ends_at and use.ends_at > one.begins_at))
        for one in plans
    ]  # fmt: skip


def next_free(plan: Plan, besides: int | None = None) -> datetime | None:
    """The first moment from the beginning of the plan on at which all its rooms are free for so
    long."""
    until = plan.begins_at + LOOKS_AHEAD
    rows = Use.objects.meeting(plan.keys, plan.begins_at, until).exclude(booking=besides)
    at = plan.begins_at
    for begins, ends in rows.values_list("begins_at", "ends_at"):
        if begins >= at + plan.length:
            break
        at = max(at, ends)
    return at if at + plan.length <= until else None


def free_days(
    plan: Plan, besides: int | None = None, most: int = OFFERED,
    besides_times: Sequence[tuple[datetime, datetime]] = (),
) -> list[Plan]:  # fmt: skip
    """The same hours on the next days on which the rooms are free, and not in ``besides_times``:
    one query."""
    until = plan.begins_at + LOOKS_AHEAD
    rows = Use.objects.meeting(plan.keys, plan.begins_at, until + plan.length)
    taken = list(rows.exclude(booking=besides).values_list("begins_at", "ends_at"))
    taken += besides_times
    return list(islice(_free(plan, taken), most))


def _free(plan: Plan, taken: Sequence[tuple[datetime, datetime]]) -> Iterator[Plan]:
    for day in range(1, LOOKS_AHEAD.days):
        one = plan.at(plan.begins_at + timedelta(days=day))
        if one.begins_at > clock.now() and not any(
            begins < one.ends_at and ends > one.begins_at for begins, ends in taken
        ):
            yield one


def taken_sentence(plan: Plan, others: Sequence[Booking], besides: int | None = None) -> str:
    """When it is taken and by what kind of thing (not whose), and what is free next."""
    told = "；".join(
        f"{span(one.begins_at, one.ends_at)} {one.get_purpose_display()}" for one in others
    )
    text = _("It is taken: %(told)s.") % {"told": told}
    at = next_free(plan, besides)
    if at is None:
        return text
    free = _("Free next: %(span)s.") % {"span": span(at, at + plan.length)}
    return f"{text}{free}"
