"""Bookings: made, by a series too, changed, withdrawn; one room never twice at one hour.

Each of them holds the place first, then the booking: so those of one place follow each other, and
whoever comes second is told when it is taken and what is free next.
"""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict, Invalid
from genxu.core.sheets.intake import keys_of, locked
from genxu.people.models import Household
from genxu.people.roles import KEEPERS
from genxu.places.venues.models import Venue
from genxu.team.volunteers.models import Outing

from . import rules
from .free import clashes_of, in_the_way, taken_sentence
from .hours import span
from .linking import talk_at
from .models import Booking, Plea, Purpose, Use
from .plans import Plan, Series, Who, checked, checked_who, dates_of, need_who
from .workflow import BOOK, State

NEVER_ASKED = (Purpose.FUNERAL, Purpose.CLOSED)
"""A funeral asks neither another one nor a closure to move."""
MOST_OWN = 6
"""So many bookings to come a household may have by its own code: nobody fills the hall with it."""
ONCE = Series()


def hold_venue(*, booking: Booking, **_given: Any) -> None:
    """Its place is held before the booking itself."""
    list(keys_of(locked(Venue.objects.filter(pk=booking.venue_id))))


@action(rules.book_venue, locks="venue", notes=("talk",))
def book_venue(
    *,
    actor: Actor,
    venue: Venue,
    plan: Plan,
    who: Who,
    series: Series = ONCE,
    asks: bool = False,
    talk: int | None = None,
    outing: Outing | None = None,
) -> Booking:
    """By those in charge: for the hamlet, or noted down for somebody. ``asks``: a funeral asks what
    is in its way to move, and waits."""
    if plan.purpose == Purpose.CLOSED and not actor.holds(KEEPERS, venue.hamlet_id):
        raise Invalid({"purpose": _("Only who keeps the place closes it.")})
    who = checked_who(who, venue.hamlet_id)
    need_who(plan, who)
    links = {"talk": talk_at(venue.hamlet_id, talk), "outing": _ours(venue, outing)}
    return _book(actor, venue, plan, who, series, asks, links)


def _ours(venue: Venue, outing: Outing | None) -> Outing | None:
    if outing is not None and outing.hamlet_id != venue.hamlet_id:
        raise Invalid({"outing": _("Please choose one of those offered.")})
    return outing


@action(rules.book_own, locks="venue")
def book_own(
    *, actor: Actor, venue: Venue, household: Household, plan: Plan, asks: bool = False
) -> Booking:
    """By the household itself, with its code: for a time to come, and not too many."""
    if plan.purpose in (Purpose.CLOSED, Purpose.TALK) or plan.is_public:
        raise Invalid({"purpose": _("Please choose one of those offered.")})
    if plan.begins_at < clock.now():
        raise Invalid({"begins_at": _("That is over already.")})
    if Booking.objects.to_come().filter(household=household, own=True).count() >= MOST_OWN:
        raise Conflict(_("Your household has booked quite a lot already. Please ring for more."))
    return _book(actor, venue, plan, Who(household), ONCE, asks, {"own": True})


def _book(
    actor: Actor, venue: Venue, plan: Plan, who: Who, series: Series, asks: bool,
    links: dict[str, Any],
) -> Booking:  # fmt: skip
    if not venue.is_open:
        raise Conflict(_("This place is closed."))
    plan = checked(plan, venue.pk)
    plans, none = dates_of(plan, series)
    clashes = clashes_of(plans)
    if len(plans) == 1 and not none and clashes[0]:
        if not asks:
            raise Invalid(_taken(plan, clashes[0]))
        return _wait(actor, venue, plan, who, clashes[0], links)
    free = _those_free(plans, clashes, none, anyway=series.anyway)
    made = [_make(actor, venue, one, who, links) for one in free]
    if len(plans) > 1:
        Booking.objects.filter(pk__in=[one.pk for one in made]).update(series=made[0].pk)
        made[0].series = made[0].pk
    return made[0]


def _taken(plan: Plan, others: Sequence[Booking]) -> dict[str, str]:
    found = {"begins_at": taken_sentence(plan, others)}
    if plan.purpose == Purpose.FUNERAL and not _unasked(others):
        found["asks"] = _("A funeral may ask them to move: tick here, then it waits for their yes.")
    return found


def _those_free(
    plans: Sequence[Plan], clashes: Sequence[Sequence[Booking]], none: Sequence[str], *,
    anyway: bool,
) -> list[Plan]:  # fmt: skip
    """Those of a series that can be booked; which cannot is told first."""
    taken = [
        f"{span(one.begins_at, one.ends_at)} {others[0].get_purpose_display()}"
        for one, others in zip(plans, clashes, strict=True) if others
    ]  # fmt: skip
    free = [one for one, others in zip(plans, clashes, strict=True) if not others]
    if not free:
        raise Invalid({"until": _("All these dates are taken.")})
    if (taken or none) and not anyway:
        told = {"told": "；".join([*taken, *none])}
        raise Invalid({"anyway": _("These dates are taken: %(told)s. Tick here to book the "
                                   "others.") % told})  # fmt: skip
    return free


def _make(
    actor: Actor, venue: Venue, plan: Plan, who: Who, links: dict[str, Any],
    state: str = State.BOOKED,
) -> Booking:  # fmt: skip
    booking = Booking.objects.create(
        hamlet_id=venue.hamlet_id, venue=venue, household=who.household, name=who.name,
        state=state, **times_of(plan), purpose=plan.purpose, title=plan.title,
        is_public=plan.is_public, **links,
    )  # fmt: skip
    take_rooms(booking, plan, stands=state == State.BOOKED)
    booking.remember(actor, BOOK, "")
    return booking


def times_of(plan: Plan) -> dict[str, Any]:
    return {"begins_at": plan.begins_at, "ends_at": plan.ends_at,
            "begins_on": timezone.localdate(plan.begins_at)}  # fmt: skip


def take_rooms(booking: Booking, plan: Plan, *, stands: bool) -> None:
    """Its rooms are those of the plan, in its time."""
    Use.objects.filter(booking=booking).delete()
    Use.objects.bulk_create(
        Use(hamlet_id=booking.hamlet_id, booking=booking, room=room, begins_at=plan.begins_at,
            ends_at=plan.ends_at, stands=stands)
        for room in plan.rooms
    )  # fmt: skip


# --- a funeral that asks -------------------------------------------------------------------------


def _unasked(others: Sequence[Booking]) -> Sequence[Booking]:
    """Those that are not asked to move: funerals, closures, what has begun."""
    return [one for one in others if one.purpose in NEVER_ASKED or one.has_begun]


def _wait(
    actor: Actor, venue: Venue, plan: Plan, who: Who, others: Sequence[Booking],
    links: dict[str, Any],
) -> Booking:  # fmt: skip
    """It takes no room until each of those in its way has said yes."""
    if plan.purpose != Purpose.FUNERAL:
        raise Invalid({"asks": _("Only a funeral asks others to move.")})
    if _unasked(others):
        raise Invalid({"asks": _("What is in the way cannot move. Please choose another time or "
                                 "room.")})  # fmt: skip
    booking = _make(actor, venue, plan, who, links, State.WAITING)
    Plea.objects.bulk_create(
        Plea(hamlet_id=venue.hamlet_id, booking=booking, other=other) for other in others
    )
    return booking


def no_longer_asked(booking: Booking) -> None:
    """Its pleas, and those that were made to it, are over."""
    for pleas in (booking.pleas, booking.asked):
        pleas.filter(answer="").update(answer=Plea.Answer.OVER, answered_on=clock.today())


def let_stand(actor: Actor, venue: int) -> None:
    """The bookings of a place that wait and whose way is free by now, the first one first."""
    rows = Booking.objects.filter(venue=venue, state=State.WAITING, ends_at__gt=clock.now())
    for booking in rows.order_by("pk"):
        if not in_the_way(plan_of(booking)):
            Use.objects.filter(booking=booking).update(stands=True)
            no_longer_asked(booking)
            booking.advance(actor, "stand")


def plan_of(booking: Booking) -> Plan:
    """What it asked for."""
    rooms = [use.room for use in booking.uses.select_related("room").order_by("room")]
    return Plan(rooms, booking.begins_at, booking.ends_at, booking.purpose, booking.title,
                booking.is_public)  # fmt: skip


# --- changed and withdrawn -----------------------------------------------------------------------


@action(rules.keep_booking, locks="booking", first=hold_venue, notes=("talk",))
def change_booking(
    *,
    actor: Actor,
    booking: Booking,
    plan: Plan,
    who: Who,
    words: str = "",
    talk: int | None = None,
) -> Booking:
    """Another time, another room, another name; what it was before is kept."""
    who = checked_who(who, booking.hamlet_id, booking.household_id)
    need_who(plan, who)
    talk = talk_at(booking.hamlet_id, talk)
    return _change(actor, booking, plan, words, household=who.household, name=who.name, talk=talk)


@action(rules.keep_own, locks="booking", first=hold_venue)
def change_own(*, actor: Actor, booking: Booking, plan: Plan) -> Booking:
    """By the household itself, before it begins."""
    if booking.has_begun:
        raise Conflict(_("It has begun already. Please ring."))
    if plan.begins_at < clock.now():
        raise Invalid({"begins_at": _("That is over already.")})
    return _change(actor, booking, plan, "")


def _change(actor: Actor, booking: Booking, plan: Plan, words: str, **more: Any) -> Booking:
    booking.check_step("change")
    plan = checked(plan, booking.venue_id)
    if others := in_the_way(plan, booking.pk):
        raise Invalid({"begins_at": taken_sentence(plan, others, booking.pk)})
    about = {"replaced": {"begins_at": booking.begins_at.isoformat(),
                          "ends_at": booking.ends_at.isoformat()}}  # fmt: skip
    no_longer_asked(booking)
    take_rooms(booking, plan, stands=True)
    found = booking.advance(
        actor, "change", words=words, about=about, target=State.BOOKED, **times_of(plan),
        purpose=plan.purpose, title=plan.title, is_public=plan.is_public, **more,
    )  # fmt: skip
    let_stand(actor, booking.venue_id)
    return found


@action(rules.keep_booking, locks="booking", first=hold_venue)
def withdraw_booking(*, actor: Actor, booking: Booking, words: str = "") -> Booking:
    return _withdraw(actor, booking, words)


@action(rules.keep_own, locks="booking", first=hold_venue)
def withdraw_own(*, actor: Actor, booking: Booking) -> Booking:
    """By the household itself; nobody asks why."""
    return _withdraw(actor, booking, "")


def check_before(booking: Booking, **_parts: Any) -> None:
    """``Conflict`` for what has begun: then it took place, or it did not."""
    if booking.has_begun and booking.state == State.BOOKED:
        raise Conflict(_("It has begun: say whether it took place."))
    if booking.handed_on and not booking.returned_on:
        raise Conflict(_("Things were handed over: take them back first."))


def _withdraw(actor: Actor, booking: Booking, words: str) -> Booking:
    booking.check_step("withdraw")
    check_before(booking)
    no_longer_asked(booking)
    Use.objects.filter(booking=booking).update(stands=False)
    found = booking.advance(actor, "withdraw", words=words)
    let_stand(actor, booking.venue_id)
    return found
