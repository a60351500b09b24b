"""The centre households of the demonstration and whom they look after, written in bulk.

On the article's day there are as many as it counts, and every household is looked after: those
whose doors follow each other by one of their own. Afterwards terms are renewed, some leave, most
of those have a successor, and the newly come are drawn in.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from genxu.core.bulk import insert_rows
from genxu.core.calendar import months_further, years_on
from genxu.core.codes import CODE_LENGTH, CODE_LETTERS
from genxu.organisation.centre_households.appointing import (
    TERM_YEARS,
    certificate_number,
    township_of,
)
from genxu.organisation.centre_households.models import (
    CentreHousehold,
    CentreHouseholdStep,
    CertificateSerial,
    Coverage,
    Duty,
    Recommendation,
)
from genxu.organisation.centre_households.workflow import NOMINATE, Leaving, State
from genxu.people.roles import Role

from .article import ARTICLE_DAY, CENTRE_HOUSEHOLDS, HAMLETS, HOUSEHOLDS
from .dice import bag, between, day_between, office_hour, pick, split
from .founding import OrganisationThen
from .people import DOORS, Cast
from .places import Register
from .words import ORGANISATION

_REASONS = bag(
    {Leaving.RESIGNED: 9, Leaving.MOVED_AWAY: 5, Leaving.BREACH: 1, Leaving.APPRAISAL: 2}
)


@dataclass(slots=True)
class CentreThen:
    """A centre household of the past, with the doors it looks after and since when."""

    register: Register
    door: int
    appointed_on: date
    statement: str
    renewals: list[date] = field(default_factory=list)
    term_ends_on: date = ARTICLE_DAY
    left_on: date | None = None
    leaving: str = ""
    account: int | None = None
    covers: list[tuple[int, date]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.register.heads[self.door]


def appoint_centre_households(
    rng: Random, organisations: list[OrganisationThen], cast: Cast, today: date
) -> list[CentreThen]:
    """Those of the hamlets of these organisations, with their successors."""
    sizes = [one.register.size for one in organisations]
    total = (
        CENTRE_HOUSEHOLDS if len(sizes) == HAMLETS else sum(sizes) * CENTRE_HOUSEHOLDS // HOUSEHOLDS
    )
    made: list[CentreThen] = []
    for one, count in zip(organisations, split(rng, total, sizes, 1), strict=True):
        first = _first_ones(rng, one, count, cast)
        made += first
        made += _go_on(rng, first, today)
    return made


def _first_ones(
    rng: Random, organisation: OrganisationThen, count: int, cast: Cast
) -> list[CentreThen]:
    """Appointed together some weeks after the hamlet's organisation was founded."""
    register = organisation.register
    day = day_between(rng, organisation.founded_on + timedelta(days=7), ARTICLE_DAY)
    day = min(day, organisation.founded_on + timedelta(days=between(rng, 10, 100)))
    account = cast.get((Role.CENTRE_HOUSEHOLD, register.code))
    made = []
    for block in _blocks(rng, register.size, count):
        door = pick(rng, block)
        is_cast = account is not None and DOORS[Role.CENTRE_HOUSEHOLD] in block
        if is_cast:
            door = DOORS[Role.CENTRE_HOUSEHOLD]
        one = CentreThen(register, door, day, pick(rng, ORGANISATION.statements))
        one.account = account.pk if is_cast and account else None
        one.covers = [(covered, day) for covered in block]
        made.append(one)
    return made


def _blocks(rng: Random, size: int, count: int) -> list[range]:
    """Doors that follow each other, in parts of about the same length; one part may be twice
    as long as another."""
    mean = size / count
    cuts = [0]
    for n in range(1, count):
        cuts.append(max(cuts[-1] + 2, round(mean * (n + (rng.random() - 0.5) * 0.6))))
    cuts.append(size)
    return [range(start, end) for start, end in pairwise(cuts)]


def _go_on(rng: Random, first: list[CentreThen], today: date) -> list[CentreThen]:
    """What happened since the article's day; gives the successors."""
    successors = []
    for one in first:
        _serve(rng, one, today)
    for n, one in enumerate(first):
        if one.left_on is None:
            continue
        successor = _successor(rng, one, today)
        if successor:
            successors.append(successor)
        elif rng.random() < 0.6:
            _hand_over(one, first[n - 1 if n else -1])
    _draw_in_newcomers(rng, first)
    return successors


def _serve(rng: Random, one: CentreThen, today: date) -> None:
    """Terms of three years, most renewed; one in ten has left."""
    next_day, door = ARTICLE_DAY + timedelta(days=1), one.door
    one.term_ends_on = years_on(one.appointed_on, TERM_YEARS)
    if door in one.register.left:
        one.left_on, one.leaving = one.register.left[door], Leaving.MOVED_AWAY
    elif one.account is None and rng.random() < 0.05:
        one.left_on = day_between(rng, next_day, today)
        one.leaving = pick(rng, _REASONS)
    last = one.left_on or today
    while one.term_ends_on < last:
        die = rng.random()
        if one.account is None and die < 0.05:
            one.left_on, one.leaving = one.term_ends_on, Leaving.TERM_ENDED
            return
        if one.account is None and die < 0.06:
            return
        one.renewals.append(one.term_ends_on - timedelta(days=between(rng, 0, 30)))
        one.term_ends_on = months_further([one.appointed_on], one.term_ends_on, 12 * TERM_YEARS)


def _successor(rng: Random, one: CentreThen, today: date) -> CentreThen | None:
    """Another household of the same doors, some weeks later."""
    assert one.left_on
    register, day = one.register, one.left_on + timedelta(days=between(rng, 15, 60))
    doors = [door for door, _since in one.covers if door not in register.left and door != one.door]
    if day > today or not doors or rng.random() < 0.15:
        return None
    new = CentreThen(register, pick(rng, doors), day, pick(rng, ORGANISATION.statements))
    new.term_ends_on = years_on(day, TERM_YEARS)
    new.covers = [(door, day) for door, _since in one.covers if _lives_on(register, door, day)]
    return new


def _lives_on(register: Register, door: int, day: date) -> bool:
    return door not in register.left or register.left[door] > day


def _hand_over(one: CentreThen, other: CentreThen) -> None:
    """The next centre household looks after those who are left without."""
    day = one.left_on
    if day and other is not one and other.left_on is None and other.appointed_on <= day:
        other.covers += [
            (door, day) for door, _since in one.covers if _lives_on(one.register, door, day)
        ]


def _draw_in_newcomers(rng: Random, first: list[CentreThen]) -> None:
    last = first[-1]
    for door, came in last.register.came.items():
        day = came + timedelta(days=between(rng, 0, 25))
        if last.left_on is None and rng.random() < 0.8:
            last.covers.append((door, day))


def write_centre_households(rng: Random, all_of_them: list[CentreThen], today: date) -> None:
    """Everything to the database, keys counted from one."""
    keyed = list(enumerate(all_of_them, 1))
    numbers, serials = _certificates(all_of_them)
    insert_rows(CentreHousehold, _CENTRE, _centre_rows(rng, keyed, numbers))
    insert_rows(CertificateSerial, ("township", "year", "last"), serials)
    insert_rows(CentreHouseholdStep, _STEP, _step_rows(rng, keyed))
    insert_rows(Recommendation, _RECOMMENDATION, _recommendation_rows(rng, keyed))
    insert_rows(Coverage, _COVERAGE, _coverage_rows(keyed, today))


Keyed = list[tuple[int, CentreThen]]
_CENTRE = ("id", "hamlet", "household", "person_name", "statement", "by_self", "state", "duties",
           "nominated_on", "appointed_on", "term_ends_on", "left_on", "leaving", "certificate",
           "card", "shown", "phone_shown", "account", "version")  # fmt: skip
_STEP = ("centre_household", "hamlet", "step", "from_state", "to_state", "at", "on", "words")
_RECOMMENDATION = ("candidate", "household", "hamlet", "on", "by_voice", "settled")
_COVERAGE = ("centre_household", "household", "hamlet", "since", "until")


def _certificates(
    all_of_them: list[CentreThen],
) -> tuple[list[str], list[tuple[str, int, int]]]:
    """The number of each, counted up by township and year in the order of appointment; and how
    far each count has come."""
    last: dict[tuple[str, int], int] = {}
    numbers = [""] * len(all_of_them)
    for n in sorted(range(len(all_of_them)), key=lambda n: all_of_them[n].appointed_on):
        one = all_of_them[n]
        key = township_of(one.register.code), one.appointed_on.year
        last[key] = last.get(key, 0) + 1
        numbers[n] = certificate_number(*key, last[key])
    return numbers, [(township, year, count) for (township, year), count in last.items()]


def _duties(rng: Random) -> str:
    """All six, or some of them."""
    if rng.random() < 0.6:
        return json.dumps(Duty.values)
    return json.dumps([duty for duty in Duty.values if rng.random() < 0.6] or [Duty.POLICY.value])


def _centre_rows(rng: Random, keyed: Keyed, numbers: list[str]) -> Iterator[tuple[object, ...]]:
    for key, one in keyed:
        state = State.LEFT if one.left_on else State.APPOINTED
        card = "".join(rng.choices(CODE_LETTERS, k=CODE_LENGTH))
        shown = rng.random() < 0.34
        yield (key, one.register.code, one.register.key(one.door), one.name, one.statement,
               rng.random() < 0.7, str(state), _duties(rng), _nominated_on(one, key),
               one.appointed_on, one.term_ends_on, one.left_on, str(one.leaving),
               numbers[key - 1], card, shown, shown and rng.random() < 0.5, one.account,
               3 + len(one.renewals) + bool(one.left_on))  # fmt: skip


def _nominated_on(one: CentreThen, key: int) -> date:
    return one.appointed_on - timedelta(days=18 + key % 20)


def _selected_on(one: CentreThen, key: int) -> date:
    return one.appointed_on - timedelta(days=4 + key % 9)


def _step_rows(rng: Random, keyed: Keyed) -> Iterator[tuple[object, ...]]:
    for key, one in keyed:
        state = ""
        for step, day, target, words in _life(rng, key, one):
            yield (key, one.register.code, step, state, target, office_hour(day, key), day, words)
            state = target


def _life(rng: Random, key: int, one: CentreThen) -> Iterator[tuple[str, date, str, str]]:
    serving = str(State.APPOINTED)
    yield NOMINATE, _nominated_on(one, key), str(State.NOMINATED), ""
    chosen = pick(rng, ORGANISATION.selection)
    yield "select", _selected_on(one, key), str(State.SELECTED), chosen
    yield "appoint", one.appointed_on, serving, ""
    for day in one.renewals:
        yield "renew", day, serving, pick(rng, ORGANISATION.renewal)
    if one.left_on:
        yield "leave", one.left_on, str(State.LEFT), pick(rng, ORGANISATION.leaving[one.leaving])


def _recommendation_rows(rng: Random, keyed: Keyed) -> Iterator[tuple[object, ...]]:
    """A few neighbours of each, between its nomination and the branch's choice."""
    for key, one in keyed:
        register = one.register
        neighbours = [door for door, _since in one.covers[:16] if door != one.door]
        day = _nominated_on(one, key) + timedelta(days=3)
        for door in rng.sample(neighbours, min(len(neighbours), 1 + key % 4)):
            yield key, register.key(door), register.code, day, rng.random() < 0.6, True


def _coverage_rows(keyed: Keyed, today: date) -> Iterator[tuple[object, ...]]:
    for key, one in keyed:
        for door, since in one.covers:
            if since <= today:
                yield key, one.register.key(door), one.register.code, since, one.left_on
