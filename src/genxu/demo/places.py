"""The hamlets of the demonstration and their households."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from genxu.core.bulk import insert_rows
from genxu.people.initials import initials_of
from genxu.people.models import HeadCountChange, Household
from genxu.regions.codes import Level
from genxu.regions.models import Region

from .article import (
    ARTICLE_DAY,
    GANGDONG,
    GANGDONG_PEOPLE,
    HAMLETS,
    HOUSEHOLDS,
    NAMED,
    START,
)
from .dice import below, day_between, split
from .names import hamlet_name, hamlet_surnames, person_name, phone
from .people import DOORS, Cast

SMALL_HOUSEHOLDS = 73
GANGDONG_HAMLETS = 10
"""So many that some three and a half people live in a house."""
NEIGHBOURS = "421222106208"
"""In the small world too this village has a second hamlet, for a branch that serves both."""


@dataclass(slots=True)
class Register:
    """The households of a hamlet in the order of their doors.

    ``heads`` are those of the article's day and behind them those who came later; ``came`` and
    ``left`` name the days by the place in the list.
    """

    code: str
    name: str
    first: int
    size: int
    heads: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    moves: list[tuple[int, date, int]] = field(default_factory=list)
    came: dict[int, date] = field(default_factory=dict)
    left: dict[int, date] = field(default_factory=dict)

    def key(self, n: int) -> int:
        """The key of the household behind a door."""
        return self.first + n


def make_hamlets(rng: Random, *, small: bool) -> list[Region]:
    """The hamlets: the named ones first of their village, the others spread over the villages."""
    counts = dict.fromkeys(NAMED, 1) | {NEIGHBOURS: 2} if small else _spread(rng)
    hamlets = []
    for village in sorted(counts):
        taken: set[str] = set()
        for number in range(1, counts[village] + 1):
            if number == 1 and village in NAMED:
                name = NAMED[village]
                taken.add(name)
            else:
                name = hamlet_name(rng, taken)
            code = f"{village}{number:03d}"
            hamlets.append(Region(code=code, name=name, level=Level.HAMLET, parent_id=village))
    Region.objects.bulk_create(hamlets, batch_size=2000)
    return hamlets


def _spread(rng: Random) -> dict[str, int]:
    """How many hamlets each village has: one each, then more in villages than in communities."""
    villages = list(
        Region.objects.of_level(Level.VILLAGE).order_by("code").values_list("code", flat=True)
    )
    weights = [4 if village[9] in "23" else 1 for village in villages]
    counts = dict.fromkeys(villages, 1) | {NEIGHBOURS: 2, GANGDONG: GANGDONG_HAMLETS}
    for village in rng.choices(villages, weights, k=HAMLETS - sum(counts.values())):
        counts[village] += 1
    return counts


def make_registers(
    rng: Random, hamlets: list[Region], cast: Cast, today: date, *, small: bool
) -> list[Register]:
    """The registers: as many households as the article counts, and the people of 港东村.

    Then life goes on: some are born and die, come and move away, up to ``today``.
    """
    registers = _registers(rng, hamlets, small=small)
    serial = 1000
    for register in registers:
        serial = _settle(rng, register, serial)
        _let_the_cast_move_in(register, cast)
    _count_gangdong(registers)
    for register in registers:
        _go_on(rng, register, today)
    return registers


def write_registers(rng: Random, registers: list[Register]) -> None:
    """Everything to the database, keys counted from one."""
    insert_rows(
        Household,
        ("id", "hamlet", "number", "head_name", "initials", "phone", "head_count", "left_on"),
        _household_rows(registers),
    )
    insert_rows(
        HeadCountChange, ("household", "hamlet", "day", "change"), _change_rows(rng, registers)
    )


def _registers(rng: Random, hamlets: list[Region], *, small: bool) -> list[Register]:
    """The hamlets with room for their households: some 73 each, adding up to the whole."""
    if small:
        sizes = [SMALL_HOUSEHOLDS] * len(hamlets)
    else:
        weights = [int(max(18, min(190, rng.gauss(73, 26)))) for _h in hamlets]
        sizes = split(rng, HOUSEHOLDS, weights, 12)
    made, first = [], 1
    for hamlet, size in zip(hamlets, sizes, strict=True):
        later = below(rng, 3) if rng.random() < 0.4 else 0
        made.append(Register(hamlet.code, hamlet.name, first, size))
        made[-1].came = dict.fromkeys(range(size, size + later), ARTICLE_DAY)
        first += size + later
    return made


def _settle(rng: Random, register: Register, serial: int) -> int:
    """Names, telephones and head counts; the next free telephone."""
    surnames = hamlet_surnames(rng, register.name)
    random = rng.random
    for _n in range(register.size + len(register.came)):
        serial += 1
        register.heads.append(person_name(rng, surnames[int(random() * len(surnames))]))
        register.phones.append(phone(serial))
        register.counts.append(1 + int(random() * random() * 8))
    return serial


def _let_the_cast_move_in(register: Register, cast: Cast) -> None:
    for role, door in DOORS.items():
        account = cast.get((role, register.code))
        if account:
            register.heads[door], register.phones[door] = account.name, str(account.phone)


def _count_gangdong(registers: list[Register]) -> None:
    """Head counts for the village whose population the article gives: they add up to it."""
    village = [one for one in registers if one.code.startswith(GANGDONG)]
    houses = sum(one.size for one in village)
    people = GANGDONG_PEOPLE if houses >= GANGDONG_PEOPLE // 6 else houses * 3
    base, extra = divmod(people, houses)
    for one in village:
        for n in range(one.size):
            one.counts[n] = base + (extra > 0)
            extra -= extra > 0


def _go_on(rng: Random, register: Register, today: date) -> None:
    """Births and deaths before and after the article's day; who came and who moved away."""
    next_day = min(ARTICLE_DAY + timedelta(days=1), today)
    for n in register.came:
        register.came[n] = day_between(rng, next_day, today)
    for n in range(register.size):
        die = rng.random()
        if die < 0.05:
            day = day_between(rng, START + timedelta(days=240), ARTICLE_DAY)
            register.moves.append((n, day, 1 if register.counts[n] > 1 else -1))
        elif die < 0.11:
            change = 1 if die < 0.08 or register.counts[n] == 1 else -1
            register.moves.append((n, day_between(rng, next_day, today), change))
            register.counts[n] += change
        elif die < 0.118 and n not in DOORS.values():
            register.left[n] = day_between(rng, next_day, today)


def _household_rows(registers: list[Register]) -> Iterator[tuple[object, ...]]:
    for one in registers:
        rows = zip(one.heads, one.phones, one.counts, strict=True)
        for n, (name, number, count) in enumerate(rows):
            yield (one.key(n), one.code, n + 1, name, initials_of(name), number, count,
                   one.left.get(n))  # fmt: skip


def _change_rows(rng: Random, registers: list[Register]) -> Iterator[tuple[object, ...]]:
    """Each household enters with its people, and every later birth, death, move is a row."""
    for one in registers:
        opened = day_between(rng, START, START + timedelta(days=200))
        entered = list(one.counts)
        for n, day, change in one.moves:
            entered[n] -= change
            yield one.key(n), one.code, day, change
        for n, count in enumerate(entered):
            yield one.key(n), one.code, one.came.get(n, opened), count
        for n, day in one.left.items():
            yield one.key(n), one.code, day, -one.counts[n]
