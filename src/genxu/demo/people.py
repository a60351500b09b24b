"""The cast of the demonstration: one for each role at each place that the stories touch."""

from random import Random

from genxu.core.access import Actor
from genxu.people.actions import grant_role, open_account
from genxu.people.models import Account
from genxu.people.roles import Role
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region

from .article import NAMED, NAMED_HAMLETS, XIANNING
from .names import dominant_surname, person_name, phone

PASSWORD = "genxu-demo"  # noqa: S105
DOORS = {Role.SECRETARY: 2, Role.CENTRE_HOUSEHOLD: 7}
"""Behind which door of their hamlet the cast live."""

DUTY_HAMLETS = ("421221104202001", "421224201204001")
"""罗家洲, and a hamlet of 杨芳林乡 where the world has it: there members keep watch by turns, and
one of them has an account."""

Cast = dict[tuple[str, str], Account]
"""(role, place code) → account."""


def make_cast(actor: Actor, rng: Random) -> Cast:
    """Open the accounts and grant their roles, through the same actions as everywhere."""
    cast: Cast = {}
    for serial, (role, code) in enumerate(_parts()):
        place = Region.objects.get(code=code)
        surname = dominant_surname(place.name) if place.is_hamlet else None
        account = open_account(
            actor=actor, phone=phone(serial), name=person_name(rng, surname), password=PASSWORD
        )
        grant_role(actor=actor, account=account, role=role, place=place)
        cast[role, code] = account
    return cast


def _parts() -> list[tuple[Role, str]]:
    villages = sorted(NAMED)
    townships = sorted({code[: LENGTHS[Level.TOWNSHIP]] for code in villages})
    counties = Region.objects.of_level(Level.COUNTY).order_by("code").values_list("code", flat=True)
    return [
        *((Role.SECRETARY, code) for code in NAMED_HAMLETS),
        *((Role.CENTRE_HOUSEHOLD, code) for code in NAMED_HAMLETS),
        *((Role.VILLAGE_STAFF, code) for code in villages),
        *((Role.TOWNSHIP_STAFF, code) for code in townships),
        *((Role.COUNTY_STAFF, code) for code in counties),
        (Role.CITY_STAFF, XIANNING),
        (Role.AUDITOR, XIANNING),
        *_on_duty(),
        *((Role.BOOKKEEPER, code) for code in villages),
        *((Role.SUPERVISOR, code) for code in villages),
    ]


def _on_duty() -> list[tuple[Role, str]]:
    there = Region.objects.filter(code__in=DUTY_HAMLETS).order_by("code")
    codes = list(there.values_list("code", flat=True))
    secretaries = [(Role.SECRETARY, code) for code in codes if code not in NAMED_HAMLETS]
    return [*secretaries, *((Role.MEMBER, code) for code in codes)]
