"""The Party organisations of the demonstration, written in bulk: one to a hamlet.

On the article's day there are as many branches and party groups as it counts. Afterwards some
groups grow into branches, some are dissolved, terms end and organisations are elected anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from genxu.core.bulk import insert_rows
from genxu.core.calendar import years_on
from genxu.organisation.branches.models import (
    Election,
    Member,
    Organisation,
    OrganisationStep,
    ServedHamlet,
)
from genxu.organisation.branches.workflow import DRAFT, State
from genxu.people.roles import Role
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region

from .article import ARTICLE_DAY, BRANCHES, HAMLETS, NAMED_HAMLETS, START
from .dice import bag, between, day_between, office_hour, pick
from .names import person_name
from .people import DOORS, Cast
from .places import Register
from .words import ORGANISATION

BRANCH, GROUP = Organisation.Kind.BRANCH, Organisation.Kind.PARTY_GROUP
FULL, PROBATIONARY = Member.Kind.FULL, Member.Kind.PROBATIONARY
COMMITTEE_FROM, TERM_YEARS = 7, 5
JOINT = ("421222106208001", "421222106208002")
"""Too few members each: their groups have been dissolved, a joint branch is asked for."""
TERM_ENDS_SOON = "421202101225001"
"""朱家湾: its branch has to think of an election."""
_BACKGROUNDS = bag({"local_talent": 5, "able_earner": 5, "veteran": 4, "returnee": 4, "other": 2})
_GROUP_SIZES = bag({2: 12, 3: 5, 4: 3})
_SEASONS = bag({0: 10, 1: 65, 2: 25})
"""A few in 2021, most in 2022 when it was spread over the whole prefecture, the rest in 2023."""
_YEARS = (
    (date(START.year, 6, 20), date(START.year, 12, 30)),
    (date(2022, 1, 5), date(2022, 12, 30)),
    (date(2023, 1, 5), ARTICLE_DAY - timedelta(days=14)),
)


@dataclass(slots=True)
class MemberThen:
    """A member; ``door`` is the house in which she lives."""

    name: str
    phone: str
    kind: str
    duty: str
    background: str
    door: int
    joined_on: date
    left_on: date | None = None
    account: int | None = None


@dataclass(slots=True)
class OrganisationThen:
    """An organisation of the past with its members and the steps of its life."""

    register: Register
    kind: str
    founded_on: date
    term_ends_on: date | None = None
    closed_on: date | None = None
    extended: bool = False
    members: list[MemberThen] = field(default_factory=list)
    elections: list[date] = field(default_factory=list)

    @property
    def leader(self) -> MemberThen:
        return self.members[0]


def found_organisations(
    rng: Random, registers: list[Register], cast: Cast, today: date
) -> list[OrganisationThen]:
    """One for each hamlet by the article's day; behind those the branches that groups became."""
    branches = _choose_branches(rng, registers)
    first = []
    for register in registers:
        kind = BRANCH if register.code in branches else GROUP
        first.append(_found(rng, register, kind, _founding_day(rng, register, today), cast))
    later = [new for old in first if (new := _become(rng, old, today))]
    for one in [*first, *later]:
        _hold_elections(rng, one, today)
        _change_members(rng, one, today)
    return [*first, *later]


def _choose_branches(rng: Random, registers: list[Register]) -> set[str]:
    """Where there are people enough; the named hamlets have one but for those of a joint branch."""
    wanted = BRANCHES if len(registers) == HAMLETS else len(NAMED_HAMLETS) - 1
    free = [register for register in registers if register.code not in JOINT]
    drawn = sorted(free, key=lambda r: (r.code not in NAMED_HAMLETS, -r.size * rng.random()))
    return {one.code for one in drawn[:wanted]}


def _founding_day(rng: Random, register: Register, today: date) -> date:
    if register.code == TERM_ENDS_SOON:
        return min(years_on(today + timedelta(days=60), -TERM_YEARS), ARTICLE_DAY)
    if register.code in NAMED_HAMLETS:
        return day_between(rng, date(2022, 6, 1), date(2022, 11, 30))
    return day_between(rng, *_YEARS[pick(rng, _SEASONS)])


def _found(rng: Random, register: Register, kind: str, day: date, cast: Cast) -> OrganisationThen:
    count = 3 + int(18 * rng.random() ** 1.5) if kind == BRANCH else pick(rng, _GROUP_SIZES)
    one = OrganisationThen(register, kind, day)
    doors = rng.sample(range(register.size), min(count + 2, register.size))
    leader = cast.get((Role.SECRETARY, register.code))
    if leader:
        doors = [DOORS[Role.SECRETARY], *(d for d in doors if d != DOORS[Role.SECRETARY])]
    for door in doors:
        if len(one.members) < count:
            _admit(one, _member(rng, register, door, day))
    if leader:
        one.leader.name, one.leader.account = leader.name, leader.pk
        one.leader.phone = str(leader.phone)
    member = cast.get((Role.MEMBER, register.code))
    if member and len(one.members) > 1:
        second = one.members[1]
        second.name, second.phone, second.account = member.name, str(member.phone), member.pk
    _give_duties(rng, one)
    return one


def _member(rng: Random, register: Register, door: int, day: date) -> MemberThen:
    """The head of the house, or somebody else of it."""
    head = register.heads[door]
    if rng.random() < 0.6:
        return MemberThen(head, register.phones[door], FULL, "", "", door, day)
    return MemberThen(person_name(rng, head[0]), "", FULL, "", "", door, day)


def _admit(one: OrganisationThen, member: MemberThen) -> None:
    """Nobody twice: two of one name are told apart by their telephones."""
    if all((m.name, m.phone) != (member.name, member.phone) for m in one.members):
        one.members.append(member)


def _give_duties(rng: Random, one: OrganisationThen) -> None:
    """A committee from seven full members on; fewer have a secretary, and perhaps a deputy."""
    duties: tuple[str, ...] = ("leader",)
    if one.kind == BRANCH:
        full = len(one.members)
        duties = ("secretary", "deputy") if rng.random() < 0.35 else ("secretary",)
        if full >= COMMITTEE_FROM:
            duties = ("secretary", "organisation", "publicity", "discipline", "deputy")
            duties = duties[: 3 if full < 10 else 4 if full < 15 else 5]
    for member in one.members:
        member.duty = ""
    for member, duty in zip(one.members, duties, strict=False):
        member.duty = duty
    one.leader.background = pick(rng, _BACKGROUNDS)


def _become(rng: Random, old: OrganisationThen, today: date) -> OrganisationThen | None:
    """Some groups are dissolved after the article's day; most of those become branches at once."""
    register, days = old.register, (today - ARTICLE_DAY).days
    if register.code in JOINT:
        old.closed_on = max(today - timedelta(days=40), old.founded_on)
        return None
    if old.kind == BRANCH or days < 200 or rng.random() > 0.025:
        return None
    old.closed_on = ARTICLE_DAY + timedelta(days=between(rng, 60, days - 60))
    if rng.random() < 0.15:
        return None
    new = OrganisationThen(register, BRANCH, old.closed_on)
    doors = {member.door for member in old.members}
    more = [door for door in rng.sample(range(register.size), 8) if door not in doors]
    new.members = [replace(member, joined_on=old.closed_on) for member in old.members]
    for door in more:
        _admit(new, _member(rng, register, door, old.closed_on))
    _give_duties(rng, new)
    return new


def _hold_elections(rng: Random, one: OrganisationThen, today: date) -> None:
    """A term of five years; then most elect anew in time, a few have it extended, a few forget."""
    if one.kind != BRANCH:
        return
    ends = years_on(one.founded_on, TERM_YEARS)
    while ends < today:
        die = rng.random()
        if die < 0.93:
            elected = ends - timedelta(days=between(rng, 3, 60))
            one.elections.append(elected)
            ends = years_on(elected, TERM_YEARS)
        else:
            one.extended = die < 0.97
            ends += timedelta(days=between(rng, 90, 360) if one.extended else 0)
            break
    one.term_ends_on = ends


def _change_members(rng: Random, one: OrganisationThen, today: date) -> None:
    """A few have left; here and there somebody was admitted on probation within the last year."""
    last = one.closed_on or today
    for member in one.members[3:]:
        if not member.duty and len(one.members) > COMMITTEE_FROM + 3 and rng.random() < 0.04:
            member.left_on = day_between(rng, max(ARTICLE_DAY, one.founded_on), last)
    if one.closed_on is None and rng.random() < 0.2:
        door = int(rng.random() * one.register.size)
        if door in one.register.left:
            return
        new = _member(rng, one.register, door, max(one.founded_on, today - timedelta(days=150)))
        new.kind = PROBATIONARY
        _admit(one, new)


def write_organisations(rng: Random, all_of_them: list[OrganisationThen]) -> None:
    """Everything to the database, keys counted from one."""
    keyed = list(enumerate(all_of_them, 1))
    insert_rows(Organisation, _ORGANISATION, list(_organisation_rows(keyed)))
    insert_rows(
        ServedHamlet,
        ("organisation", "hamlet", "since", "until"),
        ((key, one.register.code, one.founded_on, one.closed_on) for key, one in keyed),
    )
    insert_rows(Member, _MEMBER, _member_rows(keyed))
    insert_rows(OrganisationStep, _STEP, _step_rows(rng, keyed))
    insert_rows(Election, _ELECTION, _election_rows(rng, keyed))


Keyed = list[tuple[int, OrganisationThen]]
_ORGANISATION = ("id", "hamlet", "kind", "name", "state", "drafted_on", "founded_on",
                 "term_ends_on", "extended", "closed_on", "version")  # fmt: skip
_MEMBER = ("organisation", "hamlet", "name", "phone", "kind", "duty", "background",
           "account", "signs_in", "joined_on", "left_on")  # fmt: skip
_ELECTION = ("organisation", "hamlet", "held_on", "due", "present", "in_favour")
_STEP = ("organisation", "hamlet", "step", "from_state", "to_state", "at", "on", "words")


def _drafted_on(one: OrganisationThen) -> date:
    return one.founded_on - timedelta(days=35)


def _organisation_rows(keyed: Keyed) -> Iterator[tuple[object, ...]]:
    villages = {v.code: v.short_name for v in Region.objects.of_level(Level.VILLAGE)}
    for key, one in keyed:
        village = villages[one.register.code[: LENGTHS[Level.VILLAGE]]]
        state = State.CLOSED if one.closed_on else State.FOUNDED
        name = f"{village}{one.register.name}{ORGANISATION.names[one.kind]}"
        yield (key, one.register.code, str(one.kind), name, str(state), _drafted_on(one),
               one.founded_on, one.term_ends_on, one.extended, one.closed_on,
               4 + len(one.elections))  # fmt: skip


def _member_rows(keyed: Keyed) -> Iterator[tuple[object, ...]]:
    for key, one in keyed:
        register = one.register
        for member in one.members:
            left_on = member.left_on or one.closed_on
            yield (key, register.code, member.name, member.phone, str(member.kind), member.duty,
                   member.background, member.account,
                   member.account is not None and member is not one.leader,
                   member.joined_on, left_on)  # fmt: skip


def _election_rows(rng: Random, keyed: Keyed) -> Iterator[tuple[object, ...]]:
    """At the founding and whenever a term ended: four fifths and more came."""
    for key, one in keyed:
        due = sum(m.kind == FULL and m.joined_on == one.founded_on for m in one.members)
        for day in (one.founded_on, *one.elections):
            present = between(rng, -(-due * 4 // 5), due)
            yield (key, one.register.code, day, due, present,
                   max(due // 2 + 1, present - between(rng, 0, 1)))  # fmt: skip


def _step_rows(rng: Random, keyed: Keyed) -> Iterator[tuple[object, ...]]:
    told = ORGANISATION.steps
    for key, one in keyed:
        state = ""
        for step, day, target in _life(rng, one):
            words = pick(rng, told[step]) if step in told else ""
            yield (key, one.register.code, step, state, str(target), office_hour(day, key), day,
                   words)  # fmt: skip
            state = str(target)


def _life(rng: Random, one: OrganisationThen) -> Iterator[tuple[str, date, State]]:
    days = (35, between(rng, 20, 30), between(rng, 7, 18), 0)
    first = (DRAFT, "request", "approve", "found")
    states = (State.DRAFTED, State.REQUESTED, State.APPROVED, State.FOUNDED)
    for step, before, target in zip(first, days, states, strict=True):
        yield step, one.founded_on - timedelta(days=before), target
    for day in one.elections:
        yield "re_elect", day, State.FOUNDED
    if one.extended and one.term_ends_on:
        yield "extend", one.term_ends_on - timedelta(days=400), State.FOUNDED
    if one.closed_on:
        yield "close", one.closed_on, State.CLOSED
