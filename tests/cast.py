"""The named cast of the tests and its tiny land, made through the real actions.

Two counties, three townships, four villages, four hamlets. Seen from the hamlet HOME every
account is inside, above or outside; the parts are named by where they stand.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy, deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.test import Client
from django.utils import translation

from genxu.core import clock
from genxu.core.access import Actor, system
from genxu.insight.counting import count_all
from genxu.people.actions import grant_role, open_account
from genxu.people.household_intake import register_households
from genxu.people.models import Account, Grant, Household
from genxu.people.roles import Role
from genxu.people.rows import HouseholdRow
from genxu.people.sessions import begin
from genxu.regions.actions import Row, import_regions
from genxu.regions.codes import level_of, parent_of
from genxu.regions.models import Region

CST = timezone(timedelta(hours=8))
NOW = datetime(2026, 5, 13, 10, tzinfo=CST)
"""The present of every test: a Wednesday, a week after the holidays of May."""

PASSWORD = "gen-xu-2026"

PROVINCE, CITY = "42", "4212"
COUNTY, FAR_COUNTY = "421221", "421223"
TOWNSHIP, NEXT_TOWNSHIP, FAR_TOWNSHIP = "421221104", "421221105", "421223106"
VILLAGE, NEXT_VILLAGE = "421221104202", "421221104203"
OTHER_VILLAGE, FAR_VILLAGE = "421221105201", "421223106211"
HOME, NEIGHBOUR = "421221104202001", "421221104202002"
NEXT_HAMLET, FAR = "421221104203001", "421223106211001"

PLACES = {
    PROVINCE: "湖北省",
    CITY: "咸宁市",
    COUNTY: "嘉鱼县",
    FAR_COUNTY: "崇阳县",
    TOWNSHIP: "新街镇",
    NEXT_TOWNSHIP: "渡普镇",
    FAR_TOWNSHIP: "铜钟乡",
    VILLAGE: "港东村村委会",
    NEXT_VILLAGE: "晒甲山村村委会",
    OTHER_VILLAGE: "烟墩村村委会",
    FAR_VILLAGE: "大岭村村委会",
    HOME: "罗家洲",
    NEIGHBOUR: "港边湾",
    NEXT_HAMLET: "山脚下",
    FAR: "卢家大屋",
}

PARTS: dict[str, tuple[str, Role | None, str]] = {
    "secretary": ("罗测春", Role.SECRETARY, HOME),
    "centre_household": ("罗测兰", Role.CENTRE_HOUSEHOLD, HOME),
    "other_centre_household": ("罗测菊", Role.CENTRE_HOUSEHOLD, HOME),
    "village_staff": ("陈测田", Role.VILLAGE_STAFF, VILLAGE),
    "township_staff": ("周测河", Role.TOWNSHIP_STAFF, TOWNSHIP),
    "county_staff": ("吴测山", Role.COUNTY_STAFF, COUNTY),
    "city_staff": ("郑测湖", Role.CITY_STAFF, CITY),
    "auditor": ("孙测明", Role.AUDITOR, CITY),
    "neighbour_secretary": ("港测生", Role.SECRETARY, NEIGHBOUR),
    "next_village_staff": ("山测林", Role.VILLAGE_STAFF, NEXT_VILLAGE),
    "next_township_staff": ("渡测普", Role.TOWNSHIP_STAFF, NEXT_TOWNSHIP),
    "far_secretary": ("卢测根", Role.SECRETARY, FAR),
    "far_centre_household": ("卢测枝", Role.CENTRE_HOUSEHOLD, FAR),
    "far_village_staff": ("卢测叶", Role.VILLAGE_STAFF, FAR_VILLAGE),
    "far_township_staff": ("庞测泉", Role.TOWNSHIP_STAFF, FAR_TOWNSHIP),
    "far_county_staff": ("汪测岭", Role.COUNTY_STAFF, FAR_COUNTY),
    "far_auditor": ("甘测清", Role.AUDITOR, FAR_COUNTY),
    "without_role": ("无测职", None, ""),
    "member": ("罗测松", Role.MEMBER, HOME),
    "steward": ("罗测帮", Role.STEWARD, HOME),
    "bookkeeper": ("陈测账", Role.BOOKKEEPER, VILLAGE),
    "supervisor": ("陈测明", Role.SUPERVISOR, VILLAGE),
    "far_bookkeeper": ("卢测账", Role.BOOKKEEPER, FAR_VILLAGE),
}
"""Part → (name, role, place). The names are invented and say that they are."""

HOUSEHOLDS = {
    HOME: ("罗测一", "罗测二", "罗测三", "罗测四"),
    NEIGHBOUR: ("港测甲", "港测乙"),
    FAR: ("卢测甲", "卢测乙"),
}


def phone_of(part: str) -> str:
    return f"139000000{list(PARTS).index(part):02d}"


@dataclass(frozen=True)
class Cast:
    """The accounts by their parts: ``cast.secretary``; their rights by ``cast.actor(part)``."""

    accounts: dict[str, Account]

    def __getattr__(self, part: str) -> Account:
        try:
            return self.accounts[part]
        except KeyError:
            raise AttributeError(part) from None

    def actor(self, part: str) -> Actor:
        return self.accounts[part].actor()

    @property
    def home(self) -> Region:
        return Region.objects.get(code=HOME)

    def hamlet(self, code: str) -> Region:
        return Region.objects.get(code=code)

    def households(self, hamlet: str = HOME) -> list[Household]:
        return list(Household.objects.filter(hamlet=hamlet).order_by("number"))


OPERATOR = system("operator")


def rows_of(places: dict[str, str]) -> list[Row]:
    return [Row(code, name, level_of(code), parent_of(code)) for code, name in places.items()]


def enter_households(code: str, *rows: HouseholdRow) -> None:
    """Enter households of a hamlet in its register."""
    register_households(
        actor=OPERATOR,
        place=Region.objects.get(code=code),
        rows=rows,
        count=len(rows),
        hamlets=[code],
    )


def settle_land() -> None:
    """Import the places, open the accounts, fill the registers, count the figures."""
    with clock.at(NOW - timedelta(days=400)):
        import_regions(actor=OPERATOR, rows=rows_of(PLACES), count=len(PLACES))
        for part, (name, role, code) in PARTS.items():
            account = open_account(
                actor=OPERATOR, phone=phone_of(part), name=name, password=PASSWORD
            )
            if role:
                place = Region.objects.get(code=code)
                grant_role(actor=OPERATOR, account=account, role=role, place=place)
        for code, heads in HOUSEHOLDS.items():
            rows = [HouseholdRow(code, None, head, "", n) for n, head in enumerate(heads, 1)]
            enter_households(code, *rows)
        count_all()


@pytest.fixture
def cast(db: None) -> Cast:
    return everybody()


def everybody() -> Cast:
    phones = {phone_of(part): part for part in PARTS}
    accounts = Account.objects.filter(phone__in=phones).prefetch_related("grants")
    return Cast({phones[account.phone]: account for account in accounts})


@pytest.fixture(scope="module")
def shared(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """For a world that a module builds once, for all its tests (``autouse``): each of them takes
    back what it did to it."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.at(NOW):
        yield everybody()
        transaction.set_rollback(True)


@pytest.fixture
def empty_land(db: None) -> None:
    """No places, no accounts: for those who build a world of their own."""
    for model in (Grant, Household, Account):
        model.objects.all().delete()
    for region in Region.objects.order_by("-code"):
        region.delete()


@pytest.fixture(autouse=True)
def _present() -> Iterator[None]:
    """It is NOW in every test, Chinese is spoken, nobody has tried or looked at anything yet."""
    for memory in caches.all(initialized_only=True):
        memory.clear()
    translation.activate(settings.LANGUAGE_CODE)
    with clock.at(NOW):
        yield


@contextmanager
def later(**span: float) -> Iterator[datetime]:
    """So much later than the present of the test: ``with later(days=3): …``."""
    moment = clock.now() + timedelta(**span)
    with clock.at(moment):
        yield moment


Enter = Callable[[str], Client]


@pytest.fixture
def enter(cast: Cast) -> Enter:
    """A browser in which the named part has signed in; "nobody" has not."""

    def sign_in(part: str) -> Client:
        client = Client()
        if part != "nobody":
            client.force_login(cast.accounts[part])
            session = client.session
            begin(session, cast.accounts[part])
            session.save()
        return client

    return sign_in


@pytest.fixture(scope="module")
def _signed_in() -> dict[tuple[str, str], Client]:
    return {}


@pytest.fixture
def enter_again(
    enter: Enter, cast: Cast, settings: Any, _signed_in: dict[tuple[str, str], Client]
) -> Enter:
    """As ``enter``, with one sign-in a part for a module: its session lies in the cookie alone, and
    holds as long as the account's password."""
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"

    def sign_in(part: str) -> Client:
        password = "" if part == "nobody" else cast.accounts[part].password
        if (part, password) not in _signed_in:
            _signed_in[part, password] = enter(part)
        again = copy(_signed_in[part, password])
        again.cookies = deepcopy(again.cookies)
        return again

    return sign_in
