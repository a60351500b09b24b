"""Volunteering in the demonstration: years of outings in bulk, the story of 罗家洲 by actions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Annotated

from genxu.core.access import NOBODY
from genxu.core.bulk import insert_rows
from genxu.core.codes import CODE_FIELDS, CODE_LENGTH, CODE_LETTERS, code_values
from genxu.organisation.branches.models import Member
from genxu.people.household_actions import set_needs
from genxu.people.models import Household
from genxu.people.own_access import holder_of as holder_of_household
from genxu.regions.models import Region
from genxu.team.volunteers import actions, hours_actions, team_actions
from genxu.team.volunteers.facts import OutingFacts, Who
from genxu.team.volunteers.models import (
    Hours,
    HoursStep,
    Kind,
    Outing,
    OutingStep,
    Team,
    Volunteer,
)
from genxu.team.volunteers.own_access import holder_of
from genxu.team.volunteers.work import Work

from .article import START
from .context import LUO, ordinary
from .dice import below, between, day_between, pick
from .material import DATA, Lines, Material, one_for_each, read
from .places import Register
from .rooting import Rooting

TEAMS, HELPERS, OUTINGS = 1500, 5, 4
"""So many teams in the prefecture, so many who help in each, so often: 60,000 hours."""
Works = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Story(Material):
    team: str
    cleanup: str
    cleanup_risk: str
    venue: str
    visit: str
    visit_risk: str
    next: str
    next_risk: str
    newcomer: str


@dataclass(frozen=True, slots=True)
class Helping(Material):
    """What teams are called, what they do, and the story."""

    teams: Lines
    venue: str
    works: Annotated[dict[str, Works], one_for_each(Kind.values)]
    story: Story


WORDS = read(DATA / "volunteers.toml", Helping)


@dataclass(slots=True)
class TeamThen:
    """A team of the past: its key, those who help by their doors, its outings by their days."""

    key: int
    register: Register
    name: str
    formed_on: date
    leader: tuple[int, str] | None
    doors: list[int]
    outings: list[tuple[int, date, str, str, str]]


def form_teams(rng: Random, registers: list[Register], today: date) -> list[TeamThen]:
    """A team in a third of the hamlets; 罗家洲 has its story."""
    drawn = sorted((one for one in registers if one.code != LUO), key=lambda _one: rng.random())
    rows = Member.objects.present().order_by("-pk").values_list("hamlet", "pk", "name")
    leaders = {hamlet: (pk, name) for hamlet, pk, name in rows}
    found, last = [], 0
    for key, register in enumerate(sorted(drawn[:TEAMS], key=lambda one: one.code), 1):
        formed_on = day_between(rng, START, today - timedelta(days=120))
        outings = []
        for _n in range(OUTINGS):
            last += 1
            kind = pick(rng, Kind.values)
            what, risk = pick(rng, WORDS.works[kind])
            day = day_between(rng, formed_on, today - timedelta(days=3))
            outings.append((last, day, str(kind), what, risk))
        doors = rng.sample(range(min(register.size, 60)), HELPERS)
        leader = leaders.get(register.code)
        found.append(
            TeamThen(key, register, pick(rng, WORDS.teams), formed_on, leader, doors, outings)
        )
    return found


def write_teams(rng: Random, teams: list[TeamThen]) -> dict[str, int]:
    """Everything to the database, keys counted from one."""
    insert_rows(Team, ("id", "hamlet", "name", "leader", "leader_name", "formed_on"),
                (_team_row(one) for one in teams))  # fmt: skip
    insert_rows(Volunteer, _VOLUNTEER, _volunteer_rows(rng, teams))
    insert_rows(Outing, _OUTING, _outing_rows(teams))
    insert_rows(OutingStep, ("outing", "hamlet", "step", "from_state", "to_state", "at", "on"),
                _outing_steps(teams))  # fmt: skip
    hours = list(_hours_rows(rng, teams))
    insert_rows(Hours, _HOURS, hours)
    insert_rows(HoursStep, _HOURS_STEP, _hours_steps(hours))
    return {"teams of volunteers": len(teams), "entries of hours": len(hours)}


_VOLUNTEER = ("id", "hamlet", "name", "household", "asked_at", "accepted_on", "shown",
              *CODE_FIELDS)  # fmt: skip
_OUTING = ("id", "hamlet", "team", "kind", "what", "risk", "begins_on", "ends_on", "starts_at",
           "ends_at", "venue", "head_count", "state", "version")  # fmt: skip
_HOURS = ("id", "hamlet", "volunteer", "outing", "day", "starts_at", "ends_at", "minutes",
          "said_by", "written_on", "vouched", "state", "version")  # fmt: skip
_HOURS_STEP = ("hours", "hamlet", "step", "from_state", "to_state", "at", "on", "volunteer")
BEGINS, ENDS = "08:00:00", "10:00:00"


def _at(day: date, hour: int = 4) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def _team_row(one: TeamThen) -> tuple[object, ...]:
    leader, name = one.leader or (None, one.register.heads[one.doors[0]])
    return one.key, one.register.code, one.name, leader, name, one.formed_on


def _first(one: TeamThen) -> int:
    """The key of the first of those who help."""
    return (one.key - 1) * HELPERS + 1


def _volunteer_rows(rng: Random, teams: list[TeamThen]) -> Iterator[tuple[object, ...]]:
    for one in teams:
        for n, door in enumerate(one.doors):
            code = code_values("".join(rng.choices(CODE_LETTERS, k=CODE_LENGTH)))
            yield (_first(one) + n, one.register.code, one.register.heads[door],
                   one.register.key(door), _at(one.formed_on), one.formed_on, rng.random() < 0.3,
                   *code.values())  # fmt: skip


def _outing_rows(teams: list[TeamThen]) -> Iterator[tuple[object, ...]]:
    for one in teams:
        for key, day, kind, what, risk in one.outings:
            yield (key, one.register.code, one.key, kind, what, risk, day, day, BEGINS, ENDS,
                   WORDS.venue, HELPERS, "closed", 3)  # fmt: skip


def _outing_steps(teams: list[TeamThen]) -> Iterator[tuple[object, ...]]:
    for one in teams:
        for key, day, _kind, _what, _risk in one.outings:
            before = day - timedelta(days=4)
            rows = (("announce", "", "open", before), ("hold", "open", "held", day),
                    ("close", "held", "closed", day))  # fmt: skip
            for step, was, now, on in rows:
                yield key, one.register.code, step, was, now, _at(on), on


def _hours_rows(rng: Random, teams: list[TeamThen]) -> Iterator[tuple[object, ...]]:
    """Each of those who came, two hours; no person twice on a day; a few wait for another side,
    a few were written late."""
    key = 0
    for one in teams:
        held: set[date] = set()
        for outing, day, _kind, _what, _risk in one.outings:
            if day in held:
                continue
            held.add(day)
            for n in range(HELPERS):
                key += 1
                volunteer = _first(one) + n
                said = rng.random() < 0.02
                late = between(rng, 8, 20) if rng.random() < 0.02 else below(rng, 2)
                written = day + timedelta(days=late)
                state, vouched = ("said", 0) if said else ("verified", 1)
                yield (key, one.register.code, volunteer, outing, day, BEGINS, ENDS, 120,
                       f"volunteer:{volunteer}", written, vouched, state,
                       1 if said else 2)  # fmt: skip


def _hours_steps(hours: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """Written down by each himself; the next one who was there vouches."""
    for row in hours:
        key, hamlet, volunteer, written, state = row[0], row[1], row[2], row[9], row[11]
        assert isinstance(volunteer, int)
        assert isinstance(written, date)
        yield key, hamlet, "say", "", "said", _at(written), written, None
        if state == "verified":
            begin = (volunteer - 1) // HELPERS * HELPERS + 1
            other = begin + (volunteer - begin + 1) % HELPERS
            yield key, hamlet, "vouch", "said", "verified", _at(written, 5), written, other


def lend_a_hand(r: Rooting) -> None:
    """罗家洲: a member's team cleans up; an old woman who lives alone is visited and says so at
    her own page; the next outing is announced, and somebody who scanned the code waits."""
    story = WORDS.story
    secretary, village = r.secretary(LUO), r.village(LUO)
    alone, first, second, third = ordinary(LUO, 34)[30:]
    people: list[Volunteer] = []

    def form() -> None:
        leader = Member.objects.present().filter(hamlet=LUO).order_by("-pk").first()
        team_actions.form_team(
            actor=secretary, hamlet=_luo(), name=story.team,
            formed_on=r.today - timedelta(days=60), leader=leader,
            leader_name="" if leader else first.head_name,
        )  # fmt: skip
        for household in (first, second, third):
            who = Who(household.head_name, household.phone, household, shown=household == first)
            people.append(
                actions.enlist_own(
                    actor=holder_of_household(household), household=household, who=who
                )
            )

    r.plan(39, 15, form)
    r.plan(16, 8, partial(_announce, r, story.cleanup, story.cleanup_risk, 11, "cleanliness"))
    r.plan(14, 19, lambda: _join(people, story.cleanup))
    r.plan(11, 18, lambda: _hold(r, people))
    needs = partial(set_needs, actor=village, household=alone, kinds=["lives_alone"], agreed=True)
    r.plan(8, 9, needs)
    r.plan(7, 8, partial(_announce_visit, r, [alone]))
    r.plan(6, 12, lambda: _visit(people[1]))
    r.plan(4, 20, lambda: _say(people[1], r.today - timedelta(days=4)))
    r.plan(3, 9, lambda: _confirm(people[1]))
    r.plan(2, 9, partial(_announce, r, story.next, story.next_risk, -4, "cleanliness"))
    r.plan(1, 20, lambda: _ask(story))


def _luo() -> Region:
    return Region.objects.get(code=LUO)


def _team() -> Team:
    return Team.objects.get(hamlet=LUO, name=WORDS.story.team)


def _outing(what: str) -> Outing:
    return Outing.objects.get(hamlet=LUO, what=what)


def _announce(r: Rooting, what: str, risk: str, days_ago: int, kind: str) -> None:
    day = r.today - timedelta(days=days_ago)
    facts = OutingFacts(kind, what, risk, day, day, time(7, 30), time(9, 30), WORDS.story.venue, 6)
    team_actions.announce_outing(actor=r.secretary(LUO), team=_team(), facts=facts)


def _join(people: list[Volunteer], what: str) -> None:
    for one in people:
        actions.join_outing(actor=holder_of(one), volunteer=one, outing=_outing(what))


def _hold(r: Rooting, people: list[Volunteer]) -> None:
    """The secretary notes who came; those who were there vouch for each other."""
    what = WORDS.story.cleanup
    team_actions.hold_outing(
        actor=r.secretary(LUO), outing=_outing(what), head_count=7, came=people[:2],
        starts_at=time(7, 30), ends_at=time(9, 30),
    )  # fmt: skip
    for hours, other in zip(Hours.objects.filter(outing=_outing(what)).order_by("pk"),
                            (people[1], people[2]), strict=True):  # fmt: skip
        hours_actions.vouch_hours(actor=holder_of(other), hours=hours, volunteer=other)


def _announce_visit(r: Rooting, households: list[Household]) -> None:
    story = WORDS.story
    first = r.today - timedelta(days=7)
    facts = OutingFacts("visiting", story.visit, story.visit_risk, first, r.today + timedelta(4))
    outing = team_actions.announce_outing(actor=r.secretary(LUO), team=_team(), facts=facts)
    team_actions.choose_visits(actor=r.secretary(LUO), outing=outing, households=households)


def _visit(one: Volunteer) -> None:
    visit = _outing(WORDS.story.visit).visits.get()
    actions.take_visit(actor=holder_of(one), volunteer=one, visit=visit)


def _say(one: Volunteer, day: date) -> None:
    visit = one.visits.get()
    work = Work(day, time(16), time(17, 15), visit.outing, visit)
    hours_actions.write_hours(actor=holder_of(one), volunteer=one, work=work)


def _confirm(one: Volunteer) -> None:
    """She says it herself, by the code of her own page."""
    hours = one.hours.exclude(visit=None).select_related("visit__household").get()
    assert hours.visit
    household = hours.visit.household
    hours_actions.vouch_hours(
        actor=holder_of_household(household), hours=hours, household=household
    )


def _ask(story: Story) -> None:
    actions.ask_to_join(
        actor=NOBODY, hamlet=_luo(), who=Who(story.newcomer, "13800138000"),
        outing=_outing(story.next),
    )  # fmt: skip
