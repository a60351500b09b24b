"""What becomes of a booking: it moves for a funeral or stays; things handed over and back; over."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.days import happened
from genxu.core.errors import Conflict, Invalid
from genxu.core.names import clean_name
from genxu.core.texts import required
from genxu.places.venues.models import Thing

from . import rules
from .actions import hold_venue, let_stand, plan_of, take_rooms, times_of
from .free import in_the_way, taken_sentence
from .models import MOST_CAME, NAME_LIMIT, Booking, Handed, Plea, Use
from .plans import Plan, checked


def check_asked(booking: Booking, **_parts: Any) -> None:
    """``Conflict`` where nobody asks it to move."""
    if not booking.asked.filter(answer="").exists():
        raise Conflict(_("Nobody asks it to move now."))


@action(rules.note_answer, locks="booking", first=hold_venue)
def note_yes(*, actor: Actor, booking: Booking, begins_at: datetime, heard_by: str) -> Booking:
    """It moves, as somebody heard: the funeral takes its time."""
    return _make_way(actor, booking, begins_at, _heard(heard_by))


@action(rules.note_answer, locks="booking", first=hold_venue)
def note_no(*, actor: Actor, booking: Booking, heard_by: str) -> Booking:
    """It stays, as somebody heard: the funeral waits or goes elsewhere."""
    return _keep(actor, booking, _heard(heard_by))


@action(rules.keep_own, locks="booking", first=hold_venue)
def say_yes(*, actor: Actor, booking: Booking, begins_at: datetime) -> Booking:
    """Her own word."""
    return _make_way(actor, booking, begins_at, "")


@action(rules.keep_own, locks="booking", first=hold_venue)
def say_no(*, actor: Actor, booking: Booking) -> Booking:
    """Her own word; nobody asks why."""
    return _keep(actor, booking, "")


def _heard(heard_by: str) -> str:
    return clean_name(required(heard_by, NAME_LIMIT, "heard_by"))


def _make_way(actor: Actor, booking: Booking, begins_at: datetime, heard_by: str) -> Booking:
    booking.check_step("make_way")
    check_asked(booking)
    old = plan_of(booking)
    plan = checked(old.at(begins_at), booking.venue_id)
    if plan.begins_at < clock.now():
        raise Invalid({"begins_at": _("That is over already.")})
    if others := in_the_way(plan, booking.pk):
        raise Invalid({"begins_at": taken_sentence(plan, others, booking.pk)})
    if any(_meets(plan, plea.booking) for plea in asking(booking)):
        raise Invalid({"begins_at": _("There the funeral would be. Another time, please.")})
    _answer(booking, Plea.Answer.YES, heard_by)
    about = {"replaced": {"begins_at": old.begins_at.isoformat(),
                          "ends_at": old.ends_at.isoformat()}}  # fmt: skip
    take_rooms(booking, plan, stands=True)
    found = booking.advance(actor, "make_way", about=about, **times_of(plan))
    let_stand(actor, booking.venue_id)
    return found


def asking(booking: Booking) -> list[Plea]:
    """The pleas that it is asked to answer."""
    rows = booking.asked.filter(answer="").select_related("booking")
    return list(rows.order_by("pk"))


def _meets(plan: Plan, other: Booking) -> bool:
    shared = other.uses.filter(room__in=plan.keys).exists()
    return shared and plan.begins_at < other.ends_at and other.begins_at < plan.ends_at


def _keep(actor: Actor, booking: Booking, heard_by: str) -> Booking:
    booking.check_step("keep")
    check_asked(booking)
    _answer(booking, Plea.Answer.NO, heard_by)
    return booking.advance(actor, "keep")


def _answer(booking: Booking, answer: str, heard_by: str) -> None:
    booking.asked.filter(answer="").update(
        answer=answer, answered_on=clock.today(), heard_by=heard_by
    )


# --- things handed over and back -----------------------------------------------------------------


@action(rules.hand_things, locks="booking", first=hold_venue, notes=("day",))
def hand_over(*, actor: Actor, booking: Booking, counts: Mapping[int, int], day: date) -> Booking:
    """So many of each thing (by its key); what somebody else has still is not there."""
    booking.check_step("hand_over")
    if booking.returned_on:
        raise Conflict(_("All came back already."))
    day = happened(day, "day")
    things = {one.pk: one for one in Thing.objects.filter(venue=booking.venue_id)}
    _check_there(booking, counts, things)
    given = {key: count for key, count in counts.items() if count}
    if not given:
        raise Invalid({"counts": _("What was handed over?")})
    booking.handed.all().delete()
    Handed.objects.bulk_create(
        Handed(hamlet_id=booking.hamlet_id, booking=booking, thing=things[key], count=count)
        for key, count in given.items()
    )
    return booking.advance(actor, "hand_over", handed_on=day)


def _check_there(booking: Booking, counts: Mapping[int, int], things: Mapping[int, Thing]) -> None:
    out = things_out(booking)
    wrong = {}
    for key, count in counts.items():
        if key not in things or count < 0:
            wrong[f"thing_{key}"] = _("Please choose one of those offered.")
        elif count > (left := things[key].count - out.get(key, 0)):
            wrong[f"thing_{key}"] = _("There are only %(n)s.") % {"n": max(left, 0)}
    if wrong:
        raise Invalid(wrong)


def things_out(besides: Booking) -> dict[int, int]:
    """Key of a thing → how many others have of it at present."""
    rows = Handed.objects.filter(booking__venue=besides.venue_id, booking__returned_on=None)
    rows = rows.exclude(booking=besides)
    return dict(rows.values_list("thing").annotate(n=Sum("count")).order_by("thing"))


def check_handed(booking: Booking, **_parts: Any) -> None:
    """``Conflict`` where nothing was handed over."""
    if booking.handed_on is None:
        raise Conflict(_("Nothing was handed over."))


@action(rules.hand_things, locks="booking", first=hold_venue, notes=("day",))
def hand_back(
    *, actor: Actor, booking: Booking, counts: Mapping[int, int], day: date, words: str = ""
) -> Booking:
    """How many of each thing came back; what is missing is noted, and may come later."""
    booking.check_step("hand_back")
    check_handed(booking)
    day = happened(day, "day", booking.handed_on, _("That is before it was handed over."))
    rows = {one.thing_id: one for one in booking.handed.all()}
    wrong = {
        f"thing_{key}": _("%(n)s were handed over.") % {"n": one.count}
        for key, one in rows.items() if not 0 <= counts.get(key, one.count) <= one.count
    }  # fmt: skip
    if wrong:
        raise Invalid(wrong)
    for key, one in rows.items():
        Handed.objects.filter(pk=one.pk).update(back=counts.get(key, one.count))
    return booking.advance(actor, "hand_back", words=words, returned_on=day)


# --- over ----------------------------------------------------------------------------------------


def check_begun(booking: Booking, **_parts: Any) -> None:
    """``Conflict`` before it has begun."""
    if not booking.has_begun:
        raise Conflict(_("It has not begun yet."))


@action(rules.keep_booking, locks="booking")
def hold_booking(*, actor: Actor, booking: Booking, head_count: int) -> Booking:
    """How many came; nobody is an answer."""
    booking.check_step("hold")
    check_begun(booking)
    return booking.advance(actor, "hold", head_count=_heads(head_count))


@action(rules.keep_booking, locks="booking")
def correct_count(*, actor: Actor, booking: Booking, head_count: int, words: str = "") -> Booking:
    return booking.advance(actor, "correct_count", words=words, head_count=_heads(head_count))


def _heads(head_count: int) -> int:
    if not 0 <= head_count <= MOST_CAME:
        text = _("A number from 0 to %(most)s, please.")
        raise Invalid({"head_count": text % {"most": MOST_CAME}})
    return head_count


@action(rules.keep_booking, locks="booking", first=hold_venue)
def note_not_held(*, actor: Actor, booking: Booking, words: str = "") -> Booking:
    """Nobody made use of it; the rooms were free."""
    booking.check_step("not_held")
    check_begun(booking)
    Use.objects.filter(booking=booking).update(stands=False)
    found = booking.advance(actor, "not_held", words=words)
    let_stand(actor, booking.venue_id)
    return found
