"""Organisations, centre households and councils of the demonstration, before they are written."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from genxu.demo import article
from genxu.demo.article import ARTICLE_DAY, GANGDONG, HAMLETS
from genxu.demo.founding import BRANCH, GROUP, JOINT, OrganisationThen, found_organisations
from genxu.demo.places import Register, make_registers
from genxu.demo.seating import CouncilThen, form_councils
from genxu.demo.tending import CentreThen, appoint_centre_households
from genxu.organisation.branches.thresholds import Composition, duty_faults, size_fault, votes
from genxu.organisation.centre_households.models import FEWEST, MOST
from genxu.organisation.councils.models import LARGEST, SMALLEST, Group, Seat
from genxu.regions.codes import Level
from genxu.regions.models import Region

TODAY = date(2026, 11, 24)


@dataclass
class World:
    registers: list[Register]
    organisations: list[OrganisationThen]
    centres: list[CentreThen]
    councils: list[CouncilThen]


def hamlets() -> list[Region]:
    """As many as in the prefecture: the named ones first, ten of them in 港东村."""
    codes = [f"{GANGDONG}{n:03d}" for n in range(1, 11)]
    codes += [*JOINT, *(code for code in article.NAMED_HAMLETS if code not in (*codes, *JOINT))]
    n = 0
    while len(codes) < HAMLETS:
        codes.append(f"421281{100 + n // 500:03d}{200 + n % 500 // 3:03d}{n % 3 + 1:03d}")
        n += 1
    return [Region(code=c, name=f"湾{c}", level=Level.HAMLET, parent_id=c[:12]) for c in codes]


@pytest.fixture(scope="module")
def world() -> World:
    registers = make_registers(Random(1), hamlets(), {}, TODAY, small=False)
    organisations = found_organisations(Random(2), registers, {}, TODAY)
    first = organisations[: len(registers)]
    centres = appoint_centre_households(Random(3), first, {}, TODAY)
    return World(registers, organisations, centres, form_councils(Random(4), first, TODAY))


def standing(one: tuple[date, date | None], day: date) -> bool:
    since, until = one
    return since <= day and (until is None or until > day)


def covered_on(world: World, day: date) -> Iterator[tuple[str, int]]:
    for one in world.centres:
        for door, since in one.covers:
            left = one.register.left.get(door)
            if standing((since, one.left_on), day) and (left is None or left > day):
                yield one.register.code, door


def counts(world: World, day: date) -> dict[str, int]:
    kinds = Counter(
        one.kind for one in world.organisations if standing((one.founded_on, one.closed_on), day)
    )
    return {
        "branches": kinds[BRANCH],
        "party_groups": kinds[GROUP],
        "centre_households": sum(
            standing((one.appointed_on, one.left_on), day) for one in world.centres
        ),
        "households": len(list(covered_on(world, day))),
        "councils": sum(standing((one.formed_on, one.ended_on), day) for one in world.councils),
        "gangdong": sum(
            people(one, day) for one in world.registers if one.code.startswith(GANGDONG)
        ),
    }


def people(register: Register, day: date) -> int:
    """Of those who are there today and those who have left, as of a day."""
    later = sum(change for _n, when, change in register.moves if when > day)
    came = sum(register.counts[n] for n, when in register.came.items() if when > day)
    left = sum(register.counts[n] for n, when in register.left.items() if when <= day)
    return sum(register.counts) - later - came - left


ARTICLE = {
    "branches": 1577,
    "party_groups": 2828,
    "centre_households": 24_321,
    "households": 320_000,
    "councils": 2934,
    "gangdong": 2557,
}


def test_the_article_s_day_holds_what_the_article_counts(world: World) -> None:
    assert counts(world, ARTICLE_DAY) == ARTICLE


def test_the_days_around_it_do_not(world: World) -> None:
    """It grew up to that day, and went on afterwards."""
    before = counts(world, date(2022, 6, 1))
    assert all(before[key] < ARTICLE[key] for key in ARTICLE)
    today = counts(world, TODAY)
    assert all(today[key] != ARTICLE[key] for key in ARTICLE)
    assert today["branches"] > ARTICLE["branches"]


def test_every_hamlet_has_one_organisation_at_a_time(world: World) -> None:
    for day in (ARTICLE_DAY, ARTICLE_DAY + timedelta(days=500), TODAY):
        seats = Counter(
            one.register.code
            for one in world.organisations
            if standing((one.founded_on, one.closed_on), day)
        )
        assert max(seats.values()) == 1


def test_every_organisation_could_stand_before_the_rules(world: World) -> None:
    for one in world.organisations:
        present = [m for m in one.members if m.left_on is None]
        full = sum(votes(m.kind) for m in present)
        duties = [(m.duty, votes(m.kind)) for m in present]
        body = Composition(one.kind, {one.register.code: full}, len(present), duties)
        assert size_fault(body) is None
        assert duty_faults(body) == []
        assert len({(m.name, m.phone) for m in one.members}) == len(one.members)
        assert one.leader.background


def test_terms_end_after_they_began_and_few_are_over(world: World) -> None:
    branches = [o for o in world.organisations if o.kind == BRANCH and o.closed_on is None]
    over = [o for o in branches if o.term_ends_on and o.term_ends_on < TODAY]
    soon = [
        o
        for o in branches
        if o.term_ends_on and TODAY <= o.term_ends_on <= TODAY + timedelta(days=90)
    ]
    assert 0 < len(over) < len(branches) // 50
    assert len(soon) > 20
    assert all(day <= TODAY for o in branches for day in o.elections)


def test_who_is_looked_after_lives_beside_it(world: World) -> None:
    """Doors that follow each other, its own among them; few outside of 5 to 25."""
    outside = 0
    for one in world.centres:
        doors = sorted(door for door, since in one.covers if since == one.appointed_on)
        assert one.door in doors
        gaps = {b - a for a, b in pairwise(doors)}
        assert gaps <= {1} or one.appointed_on > ARTICLE_DAY
        outside += not FEWEST <= len(doors) <= MOST
    assert outside < len(world.centres) // 100


def test_nobody_is_looked_after_twice_on_a_day(world: World) -> None:
    for day in (ARTICLE_DAY, ARTICLE_DAY + timedelta(days=700), TODAY):
        assert max(Counter(covered_on(world, day)).values()) == 1


def test_who_serves_lives_there(world: World) -> None:
    for one in world.centres:
        left = one.register.left.get(one.door)
        assert left is None or (one.left_on is not None and one.left_on <= left)
        assert one.appointed_on <= TODAY
        assert one.left_on is None or one.appointed_on <= one.left_on <= TODAY


def test_a_household_is_no_centre_household_twice(world: World) -> None:
    serving = Counter((c.register.code, c.door) for c in world.centres if c.left_on is None)
    assert max(serving.values()) == 1


def test_councils_have_a_chair_and_all_five_groups(world: World) -> None:
    for council in world.councils:
        assert SMALLEST <= len(council.seats) <= LARGEST
        assert [seat.duty for seat in council.seats].count(Seat.Duty.CHAIR) == 1
        assert {seat.leads for seat in council.seats} >= set(Group.values)
        assert all(not seat.leads or seat.leads in seat.groups for seat in council.seats)
        assert len({seat.door for seat in council.seats}) == len(council.seats)
    assert max(Counter(standing_councils(world.councils)).values()) == 1


def standing_councils(councils: Iterable[CouncilThen]) -> list[str]:
    return [one.register.code for one in councils if one.ended_on is None]


def test_the_same_seed_draws_the_same(world: World) -> None:
    again = found_organisations(Random(2), world.registers, {}, TODAY)
    assert again == world.organisations
