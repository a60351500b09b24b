"""Building the demonstration world."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

from django.db import connection

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict
from genxu.insight.counting import count_all
from genxu.institutions.talks.models import Talk
from genxu.regions.actions import PACKAGED, import_regions, read_csv
from genxu.regions.codes import Level
from genxu.regions.models import Region

from . import past as life
from . import rules
from .article import ARTICLE_DAY, CHONGYANG, CST, NAMED_HAMLETS, XIANNING
from .founding import found_organisations, write_organisations
from .people import Cast, make_cast
from .places import Register, make_hamlets, make_registers, write_registers
from .rooting import put_down_roots
from .seating import form_councils, write_councils
from .telling import tell_stories
from .tending import appoint_centre_households, write_centre_households

SEED = 20230524
COUNTIES_TALKS, CHONGYANG_TALKS = 2600, 4200
STORY_DAYS = 75
"""For so long the named hamlets have their own stories; the others go on as before."""
Tell = Callable[[str], None]


@action(rules.build_world, notes=("scale", "seed"))
def build_world(*, actor: Actor, scale: str, seed: int, say: Tell) -> Region:
    """The whole demonstration in an empty database: places, households, cast, life, stories.

    The same seed gives the same world on the same day. ``Conflict`` if the database is not empty.
    """
    if Talk.objects.exists() or Region.objects.of_level(Level.HAMLET).exists():
        raise Conflict("This database holds records already; a world needs an empty one.")
    small = scale == "small"
    now, today = clock.now(), clock.today()
    rows = read_csv(PACKAGED)
    import_regions(actor=actor, rows=rows, count=len(rows))
    hamlets = make_hamlets(_random(seed, "places"), small=small)
    say(f"{len(rows)} places and {len(hamlets)} hamlets")
    cast = make_cast(actor, _random(seed, "cast"))
    say(f"a cast of {len(cast)}")
    villages = {v.code: v.short_name for v in Region.objects.of_level(Level.VILLAGE)}
    registers = make_registers(
        _random(seed, "households"), hamlets, villages, cast, today, small=small
    )
    write_registers(_random(seed, "people"), registers)
    say(f"{sum(len(register.heads) for register in registers)} households")
    say(", ".join(f"{n} {name}" for name, n in _organise(seed, registers, cast, today).items()))
    past = life.Past(_random(seed, "life"), hamlets, now)
    if small:
        _small_past(past, today)
    else:
        _prefecture_past(past, today)
    say(", ".join(f"{n} {name}" for name, n in life.write(past).items()))
    say(f"{tell_stories(cast, now)} talks of the named hamlets, step by step")
    say(f"{put_down_roots(cast, now)} steps of their organisation")
    _learn_statistics()
    count_all()
    say("figures counted")
    return Region.objects.get(code=XIANNING)


def _organise(seed: int, registers: list[Register], cast: Cast, today: date) -> dict[str, int]:
    """Organisations, centre households, councils: each app's part of the first root."""
    organisations = found_organisations(_random(seed, "organisations"), registers, cast, today)
    write_organisations(_random(seed, "members"), organisations)
    first = organisations[: len(registers)]
    centres = appoint_centre_households(_random(seed, "centres"), first, cast, today)
    write_centre_households(_random(seed, "coverage"), centres, today)
    councils = form_councils(_random(seed, "councils"), first, today)
    write_councils(_random(seed, "seats"), councils)
    return {
        "Party organisations": len(organisations),
        "centre households": len(centres),
        "councils": len(councils),
    }


def _learn_statistics() -> None:
    """Let the database look at what was poured in; both know the statement."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def settle() -> None:
    """After the transaction: PostgreSQL notes which pages are all visible, to count by index."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _random(seed: int, part: str) -> Random:
    return Random(f"{seed}-{part}")


def _small_past(past: life.Past, today: date) -> None:
    """Two years of talks in the named hamlets, up to where their stories begin."""
    end = today - timedelta(days=STORY_DAYS)
    talks = past.hold_talks(past.hamlets, 240, end - timedelta(days=700), end, 330)
    past.live_all(talks, 0.15)


def _prefecture_past(past: life.Past, today: date) -> None:
    """What the article counted in 崇阳县, and a life in all six counties up to today."""
    by_county: dict[str, list[str]] = {}
    for code in past.hamlets:
        by_county.setdefault(code[:6], []).append(code)
    life.article_past(past, by_county[CHONGYANG], today)
    told = set(NAMED_HAMLETS)
    for county, codes in sorted(by_county.items()):
        is_chongyang = county == CHONGYANG
        start = ARTICLE_DAY + timedelta(days=1) if is_chongyang else date(2022, 1, 10)
        count = CHONGYANG_TALKS if is_chongyang else COUNTIES_TALKS
        free = [code for code in codes if code not in told]
        before = today - timedelta(days=STORY_DAYS)
        past.live_all(past.hold_talks(codes, count, start, before, count * 5 // 4), 0.12)
        lately = count * STORY_DAYS // (before - start).days
        yesterday = today - timedelta(days=1)
        newest = past.hold_talks(
            free, lately, before + timedelta(days=1), yesterday, lately * 5 // 4
        )
        past.live_all(newest, 0.12)


def moment_of(day: date | None) -> datetime | None:
    """The noon of a day, to build the world as of then."""
    if day is None:
        return None
    return datetime(day.year, day.month, day.day, 12, tzinfo=CST)
