"""The village councils of the demonstration, written in bulk."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from genxu.core.bulk import insert_rows
from genxu.core.calendar import years_on
from genxu.organisation.councils.models import TERM_YEARS, Council, Group, Seat

from .article import ARTICLE_DAY, COUNCILS, HAMLETS, NAMED_HAMLETS
from .dice import between, day_between, pick
from .founding import BRANCH, OrganisationThen
from .names import person_name
from .places import Register

TERM_OVER = "421221107204001"
"""六组: the term of its council has just ended."""
Chair, Deputy, Plain = Seat.Duty.CHAIR, Seat.Duty.DEPUTY, Seat.Duty.MEMBER


@dataclass(slots=True)
class SeatThen:
    """Somebody's seat; ``door`` is the house."""

    name: str
    door: int
    duty: str
    groups: list[str] = field(default_factory=list)
    leads: str = ""


@dataclass(slots=True)
class CouncilThen:
    """A council with its seats, as it was formed and as it ended."""

    register: Register
    formed_on: date
    seats: list[SeatThen]
    ended_on: date | None = None


def form_councils(
    rng: Random, organisations: list[OrganisationThen], today: date
) -> list[CouncilThen]:
    """As many as the article counts by its day; some more since, and new ones for ended terms."""
    drawn = sorted(
        organisations,
        key=lambda one: (one.register.code not in NAMED_HAMLETS, one.kind != BRANCH,
                         rng.random()),
    )  # fmt: skip
    wanted = COUNCILS if len(organisations) == HAMLETS else len(organisations) - 1
    next_day = ARTICLE_DAY + timedelta(days=1)
    made = [_form(rng, one, _forming_day(rng, one, today)) for one in drawn[:wanted]]
    if next_day < today:
        more = drawn[wanted : wanted + wanted // 40]
        made += [_form(rng, one, day_between(rng, next_day, today)) for one in more]
    return [council for one in made for council in _terms(rng, one, today)]


def _forming_day(rng: Random, organisation: OrganisationThen, today: date) -> date:
    """Some weeks after the hamlet's organisation."""
    if organisation.register.code == TERM_OVER:
        return min(years_on(today, -TERM_YEARS) - timedelta(days=12), ARTICLE_DAY)
    day = organisation.founded_on + timedelta(days=between(rng, 5, 150))
    return min(day, ARTICLE_DAY - timedelta(days=between(rng, 0, 9)))


def _form(rng: Random, organisation: OrganisationThen, day: date) -> CouncilThen:
    """Five to seven, the organisation's leader in the chair as is encouraged, mostly."""
    register = organisation.register
    doors = rng.sample(range(register.size), between(rng, 5, 7))
    seats = [SeatThen(register.heads[door], door, Plain) for door in doors]
    leader = organisation.leader
    if leader.account or rng.random() < 0.85:
        seats = [seat for seat in seats if seat.door != leader.door][:6]
        seats.insert(0, SeatThen(leader.name, leader.door, Plain))
    elif rng.random() < 0.3:
        seats[1].name = person_name(rng, seats[1].name[0])
    seats[0].duty = Chair
    if len(seats) > 5:
        seats[1].duty = Deputy
    for n, group in enumerate(Group.values):
        leading = seats[n % len(seats)]
        leading.leads = leading.leads or group
        for seat in {id(s): s for s in (leading, pick(rng, seats), pick(rng, seats))}.values():
            seat.groups.append(group)
    return CouncilThen(register, day, seats)


def _terms(rng: Random, council: CouncilThen, today: date) -> Iterator[CouncilThen]:
    """The council, and the one after it where the term ended and a new one was formed."""
    ends = years_on(council.formed_on, TERM_YEARS)
    yield council
    if ends >= today or council.register.code == TERM_OVER or rng.random() < 0.08:
        return
    council.ended_on = max(ends - timedelta(days=between(rng, 0, 30)), ARTICLE_DAY)
    yield from _terms(rng, CouncilThen(council.register, council.ended_on, council.seats), today)


def write_councils(rng: Random, all_of_them: list[CouncilThen]) -> None:
    """Everything to the database, keys counted from one."""
    keyed = list(enumerate(all_of_them, 1))
    insert_rows(
        Council,
        ("id", "hamlet", "formed_on", "term_ends_on", "ended_on"),
        (
            (key, one.register.code, one.formed_on, years_on(one.formed_on, TERM_YEARS),
             one.ended_on)
            for key, one in keyed
        ),
    )  # fmt: skip
    insert_rows(Seat, _SEAT, _seat_rows(rng, keyed))


_SEAT = ("council", "hamlet", "name", "duty", "household", "groups", "leads", "shown", "since",
         "until")  # fmt: skip


def _seat_rows(rng: Random, keyed: list[tuple[int, CouncilThen]]) -> Iterator[tuple[object, ...]]:
    for key, one in keyed:
        register = one.register
        for seat in one.seats:
            yield (key, register.code, seat.name, str(seat.duty), register.key(seat.door),
                   json.dumps(seat.groups), seat.leads, rng.random() < 0.34, one.formed_on,
                   one.ended_on)  # fmt: skip
