"""Forming a council, changing who sits on it, a new term, its end."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.bulk import insert_new
from genxu.core.days import wrong_day
from genxu.core.errors import Conflict, Invalid, Missing
from genxu.core.texts import required
from genxu.regions.models import Region

from . import rules
from .models import ENDING_LIMIT, Council, Seat
from .seats import SeatFacts, Sitting, wrong_beside

SEATS_LIMIT = 30
LONGEST_TERM = timedelta(days=10 * 366)
LONG_AGO = timedelta(days=20 * 366)


@action(rules.form_council, locks="hamlet")
def form_council(
    *,
    actor: Actor,
    hamlet: Region,
    formed_on: date,
    term_ends_on: date,
    seats: Sequence[SeatFacts],
) -> Council:
    """The council of a hamlet with those who sit on it; fields of seats are named seats-N-…"""
    if Council.objects.standing().filter(hamlet=hamlet).exists():
        raise Conflict(_("This hamlet has a council. Begin a new term on its page."))
    seats = [seat.cleaned() for seat in seats]
    wrong = _wrong_term(formed_on, term_ends_on) | _wrong_seats(hamlet, seats)
    if wrong:
        raise Invalid(wrong)
    council = Council(hamlet=hamlet, formed_on=formed_on, term_ends_on=term_ends_on)
    insert_new([council])
    insert_new([_new_seat(council, facts, formed_on) for facts in seats])
    return council


@action(rules.seat_member, locks="council")
def seat_member(*, actor: Actor, council: Council, facts: SeatFacts) -> Seat:
    """One more seat."""
    check_standing(council)
    facts = facts.cleaned()
    taken = list(council.seats.taken())
    if len(taken) >= SEATS_LIMIT:
        raise Invalid({"name": _("At most %s people sit on a council.") % SEATS_LIMIT})
    _check_seat(council, facts, taken)
    seat = _new_seat(council, facts, clock.today())
    seat.save()
    _moved_on(council)
    return seat


@action(rules.change_seat, locks="council")
def change_seat(*, actor: Actor, council: Council, seat: Seat, facts: SeatFacts) -> Seat:
    """Another name, duty, group or consent for a seat."""
    check_standing(council)
    taken = list(council.seats.taken())
    seat = _of_these(taken, seat)
    facts = facts.cleaned()
    _check_seat(council, facts, [one for one in taken if one.pk != seat.pk])
    _fill(seat, facts)
    seat.save()
    _moved_on(council)
    return seat


@action(rules.leave_seat, locks="council")
def leave_seat(*, actor: Actor, council: Council, seat: Seat) -> Seat:
    """Somebody leaves the council today; the seat stays to be read."""
    check_standing(council)
    seat = _of_these(list(council.seats.taken()), seat)
    seat.until = clock.today()
    seat.save(update_fields=["until"])
    _moved_on(council)
    return seat


@action(rules.renew_council, locks="council")
def renew_council(
    *,
    actor: Actor,
    council: Council,
    formed_on: date,
    term_ends_on: date,
    stay: Sequence[Seat],
) -> Council:
    """A new term: the old council ends, those who stay keep their seats in the new one."""
    check_standing(council)
    wrong = _wrong_term(formed_on, term_ends_on)
    if "formed_on" not in wrong and formed_on < council.formed_on:
        wrong["formed_on"] = _("The council itself was formed later than that.")
    if wrong:
        raise Invalid(wrong)
    taken = list(council.seats.taken())
    staying = [_of_these(taken, seat) for seat in stay]
    end_council(council, formed_on, "")
    new = Council(hamlet_id=council.hamlet_id, formed_on=formed_on, term_ends_on=term_ends_on)
    insert_new([new])
    for seat in staying:
        seat.pk, seat.council, seat.since, seat.until = None, new, formed_on, None
    insert_new(staying)
    return new


@action(rules.dissolve_council, locks="council")
def dissolve_council(*, actor: Actor, council: Council, ending: str) -> Council:
    """The council ends today without a new one."""
    check_standing(council)
    missing = _("Please say why; those who sat on it will ask.")
    end_council(council, clock.today(), required(ending, ENDING_LIMIT, "ending", missing))
    return council


def end_council(council: Council, day: date, ending: str) -> None:
    """A part of actions: it ends on a day, with the reason."""
    council.ended_on, council.ending = day, ending
    _moved_on(council)
    council.seats.taken().update(until=day)


def _moved_on(council: Council) -> None:
    council.version += 1
    council.save()


def check_standing(council: Council, **_parts: Any) -> None:
    """``Conflict`` once it has ended."""
    if not council.is_standing:
        raise Conflict(_("This council has ended; what it was stays to be read."))


def _of_these(taken: Sequence[Seat], seat: Seat) -> Seat:
    for one in taken:
        if one.pk == seat.pk:
            return one
    raise Missing(_("There is no such seat on this council any more."))


def _new_seat(council: Council, facts: SeatFacts, since: date) -> Seat:
    seat = Seat(council=council, hamlet_id=council.hamlet_id, since=since)
    _fill(seat, facts)
    return seat


def _fill(seat: Seat, facts: SeatFacts) -> None:
    seat.name, seat.duty, seat.leads = facts.name, facts.duty, facts.leads
    seat.groups, seat.household, seat.shown = list(facts.groups), facts.household, facts.shown


def _check_seat(council: Council, facts: SeatFacts, others: Sequence[Seat]) -> None:
    beside = [Sitting(one.name, one.duty, one.leads) for one in others]
    wrong = _wrong_seat(council.hamlet_id, facts, beside)
    if wrong:
        raise Invalid(wrong)


def _wrong_seat(hamlet: str, facts: SeatFacts, beside: Sequence[Sitting]) -> dict[str, Any]:
    found = facts.problems()
    if facts.household and facts.household.hamlet_id != hamlet:
        found["name"] = _("That household is of another hamlet.")
    return {**wrong_beside(facts.name, facts.duty, facts.leads, beside), **found}


def _wrong_seats(hamlet: Region, seats: Sequence[SeatFacts]) -> dict[str, Any]:
    """The seats of a new council against each other."""
    if not seats:
        return {"seats": _("Please write down who sits on it.")}
    if len(seats) > SEATS_LIMIT:
        return {"seats": _("At most %s people sit on a council.") % SEATS_LIMIT}
    wrong: dict[str, Any] = {}
    beside: list[Sitting] = []
    for n, facts in enumerate(seats):
        for field, text in _wrong_seat(hamlet.code, facts, beside).items():
            wrong[f"seats-{n}-{field}"] = text
        beside.append(Sitting(facts.name, facts.duty, facts.leads))
    return wrong


def _wrong_term(formed_on: date, term_ends_on: date) -> dict[str, Any]:
    too_early = _("That is more than twenty years ago; is the year right?")
    if wrong := wrong_day("formed_on", formed_on, clock.today() - LONG_AGO, too_early):
        return wrong
    if term_ends_on <= formed_on:
        return {"term_ends_on": _("A term ends after it has begun.")}
    if term_ends_on > formed_on + LONGEST_TERM:
        return {"term_ends_on": _("That is a term of more than ten years; is the year right?")}
    return {}
