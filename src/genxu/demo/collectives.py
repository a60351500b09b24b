"""Collectives of the demonstration, by the real actions: founded, their members entered, shares
quantified, land brought in, board and supervisors elected, the roll filed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.money import apportion
from genxu.people.models import Household
from genxu.people.roles import Role
from genxu.places.collectives import actions, filing_actions, roll_actions, share_actions
from genxu.places.collectives.actions import Choices, Elected
from genxu.places.collectives.member_intake import record_members
from genxu.places.collectives.models import Collective, ShareKind
from genxu.places.collectives.roll import Entry
from genxu.places.collectives.rows import ABOVE, OWN, MemberRow, ShareRow
from genxu.places.collectives.share_intake import record_shares
from genxu.regions.batches import hamlets_of
from genxu.regions.models import Region

from .material import DATA, Material, read
from .names import person_name
from .people import Cast
from .rooting import Rooting

OLDEST, YOUNGEST = 78, 1
"""In years, of those who are drawn."""
BOARD = ("chair", "board", "board", "head")


@dataclass(frozen=True, slots=True)
class CollectiveScript(Material):
    """``founded``, ``filed`` and ``bride`` (somebody marries in; 0: nobody) are so many days ago;
    ``mu`` is the land that all brought in."""

    place: str
    name: str
    number: str
    founded: int
    filed: int
    reserve_rate: int
    follows: bool
    mu: int
    shares_a_mu: int
    households: int
    bride: int = 0


@dataclass(frozen=True, slots=True)
class CollectivesScript(Material):
    collectives: tuple[CollectiveScript, ...]


@dataclass(frozen=True)
class Keepers:
    """Who keeps a collective, and the township that confirms its roll."""

    founder: Actor
    township: Actor


COLLECTIVES = read(DATA / "collectives.toml", CollectivesScript)


def found_collectives(cast: Cast, rng: Random, now: datetime) -> int:
    """All of the data file; how many things happen."""
    r = Rooting(cast, now)
    for script in COLLECTIVES.collectives:
        place = Region.objects.get(code=script.place)
        founder = cast[Role.SECRETARY if place.is_hamlet else Role.VILLAGE_STAFF, place.code]
        keepers = Keepers(founder.actor(), r.township(place.code))
        rows = Household.objects.living_here().under(place.code)
        homes = list(rows.order_by("hamlet", "number")[: script.households])
        found = partial(found_collective, keepers, place, homes, script, rng)
        r.plan(script.filed, 10, found)
        if script.bride and homes:
            r.plan(script.bride, 9, partial(_marry_in, keepers, place, homes[-1], rng))
    return r.moments.live()


def found_collective(
    keepers: Keepers,
    place: Region,
    homes: Sequence[Household],
    script: CollectiveScript,
    rng: Random,
) -> Collective:
    """A collective of these households as its papers have it: about four members in each, a member
    share for each, land shares by what each brought in, board, supervisor, a confirmed roll.

    ``script.founded`` days ago it was founded, today (of the clock) it is entered and filed.
    """
    since = clock.today() - timedelta(days=script.founded - script.filed)
    land = (ShareKind.MEMBER, ShareKind.LAND) if script.mu else (ShareKind.MEMBER,)
    made = actions.found_collective(
        actor=keepers.founder, hamlet=place, name=script.name, number=script.number, since=since,
        choices=Choices(script.reserve_rate, script.follows, kinds=land),
    )  # fmt: skip
    members = _members(homes, place, since, rng)
    _take_in(record_members, keepers.founder, place, members)
    share_actions.quantify_members(actor=keepers.founder, collective=made, day=since)
    if script.mu:
        _take_in(record_shares, keepers.founder, place, _land(homes, place, since, script, rng))
    _elect(keepers, made, members, since)
    filing = filing_actions.file_roll(actor=keepers.founder, collective=made)
    filing_actions.confirm_filing(actor=keepers.township, filing=filing)
    return made


def _level(place: Region) -> str:
    return OWN if place.is_hamlet else ABOVE


def _members(
    homes: Sequence[Household], place: Region, since: date, rng: Random
) -> list[MemberRow]:
    """The head of each household and its others, all of different names."""
    rows: list[MemberRow] = []
    taken: set[str] = set()
    for home in homes:
        for n in range(min(home.head_count, 6) or 1):
            name = home.head_name if n == 0 else _other_name(home, taken, rng)
            born = since.year - rng.randint(28, OLDEST if n < 2 else 60)
            born = born if n < 2 else since.year - rng.randint(YOUNGEST, 27)
            row = MemberRow(home.hamlet_id, home.number, name, born, since, level=_level(place))
            rows.append(replace(row, apart=name in taken))
            taken.add(name)
    return rows


def _other_name(home: Household, taken: set[str], rng: Random) -> str:
    """Of her family or of another one; of nobody else here."""
    while True:
        family = home.head_name[:1] if rng.random() < 0.7 else None
        name = person_name(rng, family)
        if name not in taken:
            return name


def _land(
    homes: Sequence[Household], place: Region, since: date, script: CollectiveScript, rng: Random
) -> list[ShareRow]:
    """What each brought in, in hundredths of a mu: together exactly the land of the script."""
    areas = apportion(script.mu * 100, [rng.randint(3, 12) for _home in homes])
    return [
        ShareRow(home.hamlet_id, home.number, ShareKind.LAND, area * script.shares_a_mu, since,
                 area=area, level=_level(place))
        for home, area in zip(homes, areas, strict=True) if area
    ]  # fmt: skip


def _take_in(
    take: object, actor: Actor, place: Region, rows: Sequence[MemberRow] | Sequence[ShareRow]
) -> None:
    """As a spreadsheet is taken in."""
    take(  # type: ignore[operator]
        actor=actor, place=place, rows=rows, count=len(rows), hamlets=hamlets_of(rows)
    )


def _elect(keepers: Keepers, made: Collective, members: Sequence[MemberRow], since: date) -> None:
    """Of different households; each says that she is no close relative of the others."""
    heads = {(row.hamlet, row.household_number): row.name for row in reversed(members)}
    people = list(reversed(heads.values()))[: len(BOARD)]
    elected = [Elected(name, office, declared=True)
               for name, office in zip(people, BOARD, strict=False)]  # fmt: skip
    day = max(since, clock.today() - timedelta(days=900))
    actions.elect_officers(actor=keepers.founder, collective=made, since=day, elected=elected)


def _marry_in(keepers: Keepers, place: Region, home: Household, rng: Random) -> None:
    """A bride is entered; the roll is handed in anew and waits for the township."""
    made = Collective.objects.get(place=place)
    day = clock.today()
    entry = Entry(person_name(rng), day.year - 26, day, "marriage", apart=True)
    roll_actions.enter_member(actor=keepers.founder, collective=made, household=home, entry=entry)
    filing_actions.file_roll(actor=keepers.founder, collective=made)
