"""Building the demonstration world."""

from collections.abc import Callable
from datetime import date
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

from . import rules
from .article import XIANNING
from .campaigning import see_to_everywhere
from .collectives import found_collectives
from .disclosing import show_accounts
from .duties import plan_cleanups, tell_duties, write_cleanups
from .economy import build_economy
from .errands import help_households, open_catalogue, post_stewards, write_services
from .flags import fly_flags
from .founding import found_organisations, write_organisations
from .halls import use_halls, write_venues
from .helping import TeamThen, form_teams, lend_a_hand, write_teams
from .past import live_past, write_past
from .peace import make_peace
from .people import Cast, make_cast
from .places import Register, make_hamlets, make_registers, write_registers
from .rooting import put_down_roots
from .running import keep_running
from .seating import form_councils, write_councils
from .telling import tell_stories
from .tending import appoint_centre_households, write_centre_households

SEED = 20230524
Tell = Callable[[str], None]


@action(rules.build_world, notes=("scale", "seed"))
def build_world(*, actor: Actor, scale: str, seed: int, say: Tell) -> Region:
    """The whole demonstration in an empty database: places, households, cast, life, stories.

    The same seed gives the same world on the same day. ``Conflict`` if the database is not empty.
    """
    if Talk.objects.exists() or Region.objects.of_level(Level.HAMLET).exists():
        raise Conflict("This database holds records already; a world needs an empty one.")
    small, now, today = scale == "small", clock.now(), clock.today()
    rows = read_csv(PACKAGED)
    import_regions(actor=actor, rows=rows, count=len(rows))
    hamlets = make_hamlets(_random(seed, "places"), small=small)
    say(f"{len(rows)} places and {len(hamlets)} hamlets")
    cast = make_cast(actor, _random(seed, "cast"))
    say(f"a cast of {len(cast)}")
    registers = make_registers(_random(seed, "households"), hamlets, cast, today, small=small)
    write_registers(_random(seed, "people"), registers)
    say(f"{sum(len(register.heads) for register in registers)} households")
    say(_listed(_organise(seed, registers, cast, today)))
    say(f"{write_venues(_random(seed, 'halls'), registers, today)} places")
    say(_listed(write_teams(_random(seed, "hours"), _teams(seed, registers, today))))
    cleanups = plan_cleanups(_random(seed, "duties"), today)
    say(f"{write_cleanups(_random(seed, 'cleanups'), cleanups, today)} turns of duty")
    say(_listed(write_past(live_past(_random(seed, "life"), hamlets, now, small=small))))
    served = post_stewards(_random(seed, "stewards"), registers, today)
    items = open_catalogue(cast, today)
    errands = write_services(_random(seed, "errands"), served, items, now)
    say(f"{len(served)} stewards, {errands} errands")
    say(f"{tell_stories(cast, now)} talks of the named hamlets, step by step")
    say(f"{put_down_roots(cast, now, lend_a_hand)} steps of their organisation")
    say(f"{help_households(cast, now)} steps of a steward")
    say(f"{tell_duties(cast, now)} steps of their duties")
    say(f"{fly_flags(cast, now)} steps of a member and his branch")
    say(f"{make_peace(cast, now)} steps of a peacemaker")
    said = show_accounts(cast, _random(seed, "accounts"), now)
    say(f"{said} steps of open accounts")
    say(f"{build_economy(cast, _random(seed, 'economy'), now)} steps of a hamlet's economy")
    found = found_collectives(cast, _random(seed, "collectives"), now)
    say(f"{found} steps of a collective")
    say(f"{keep_running(cast, now)} steps of running funds")
    say(f"{use_halls(cast, now)} steps of two places")
    told = see_to_everywhere(cast, _random(seed, "campaigns"), now)
    say(f"{told} steps of campaigns")
    _learn_statistics()
    count_all()
    say("figures counted")
    return Region.objects.get(code=XIANNING)


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{n} {name}" for name, n in counts.items())


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


def _teams(seed: int, registers: list[Register], today: date) -> list[TeamThen]:
    return form_teams(_random(seed, "volunteers"), registers, today)


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
