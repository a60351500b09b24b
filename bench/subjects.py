"""The pages that are measured, and who opens them; asked from inside the program."""

import json
from typing import Any
from urllib.parse import quote

from .known import (
    CITY,
    COUNTY,
    DASHBOARD,
    HAMLET,
    HOME,
    HOUSEHOLDS,
    LIST,
    ORGANISATION,
    OWN_PAGE,
    PLACE,
    RECEIPT,
    RECORD,
    ROWS,
    TOWNSHIP,
)

TARGET_DAY = "2023-05-24"


def pages(last_rows: int | None = None) -> list[dict[str, Any]]:
    """The pages to measure, each with its path, who opens it, and the rows of its list.

    Without ``last_rows`` the list of matters is the one of the article's day. With it (the small
    world) it is cut at a day after which its last page has as many rows as the large world's.
    """
    day, count = _day_and_count(last_rows)
    matters = f"{LIST}?place={COUNTY}&done_until={day}"
    last = max(1, -(-count // ROWS))
    return [
        _page("city dashboard", ["city_staff", CITY], f"{DASHBOARD}{CITY}/"),
        _page("hamlet, public", None, f"{PLACE}{HAMLET}/"),
        _page("place, public", None, f"{PLACE}{TOWNSHIP}/"),
        _page("secretary's home", ["secretary", HAMLET], HOME),
        _page("record form of a talk", ["secretary", HAMLET], RECORD.format(hamlet=HAMLET)),
        _page("organisation of a township", ["county_staff", COUNTY], f"{ORGANISATION}{TOWNSHIP}/"),
        *_of_one_household(),
        *_all_households(),
        _page("matters, first page", ["county_staff", COUNTY], _full_list(matters, last_rows),
              min(count, ROWS)),
        {**_page("matters, last page", ["county_staff", COUNTY], f"{matters}&page={last}",
                 count - (last - 1) * ROWS), "total": count},
    ]  # fmt: skip


def _page(name: str, who: list[str] | None, path: str, rows: int = 0) -> dict[str, Any]:
    """``who`` is a role and its place, or ``code`` and the code of a slip."""
    return {"name": name, "who": who, "path": path, "rows": rows}


def _of_one_household() -> list[dict[str, Any]]:
    from genxu.institutions.matters.models import Suggestion
    from genxu.people.models import HouseholdLink

    link = HouseholdLink.objects.order_by("pk")[0]
    said = Suggestion.objects.filter(hamlet=HAMLET, matters__isnull=False).order_by("-pk")[0]
    keeper = ["secretary", link.household.hamlet_id]
    return [
        _page("household's page", keeper, f"{HOUSEHOLDS}{link.household_id}/"),
        _page("household's own page", ["code", link.code], f"{OWN_PAGE}{link.household_id}/"),
        _page("receipt", ["code", said.code], f"{RECEIPT}{said.pk}/"),
    ]


def _all_households() -> list[dict[str, Any]]:
    """The list as no one person has it: of the whole city."""
    from genxu.people.models import Household

    keeper, path = ["township_staff", CITY], f"{HOUSEHOLDS}?place={CITY}"
    living = Household.objects.living_here()
    last = -(-living.count() // ROWS)
    name = living.filter(hamlet=HAMLET).exclude(head_name="").order_by("number")[0].head_name
    return [
        _page("households, first page", keeper, path, ROWS),
        _page("households, last page", keeper, f"{path}&page={last}"),
        _page("households, searched", keeper, f"{path}&words={quote(name)}"),
    ]


def _full_list(path: str, last_rows: int | None) -> str:
    """In the small world the first page is taken from the whole list, which fills it."""
    return path if last_rows is None else f"{LIST}?place={COUNTY}&group=done"


def _day_and_count(last_rows: int | None) -> tuple[str, int]:
    from django.db.models import Count

    from genxu.core.access import under
    from genxu.institutions.matters.models import Matter
    from genxu.institutions.matters.workflow import FINISHED

    rows = Matter.objects.filter(under(COUNTY, "hamlet"), state__in=FINISHED)
    if last_rows is None:
        return TARGET_DAY, rows.filter(done_on__lte=TARGET_DAY).count()
    days = rows.values_list("done_on").annotate(n=Count("pk")).order_by("done_on")
    best, total = ("", 0), 0
    for day, n in days:
        total += n
        if _misfit(total, last_rows) <= _misfit(best[1], last_rows):
            best = (day.isoformat(), total)
    return best


def _misfit(total: int, wanted: int) -> int:
    """By how many rows the last page of so many differs from what is wanted."""
    return abs((total - 1) % ROWS + 1 - wanted)


def cookies(who: list[list[str] | None]) -> list[dict[str, str]]:
    """What the browser of each holds: a session as the sign-in page would open it, or a code."""
    return [_cookies(one) for one in who]


def _cookies(who: list[str] | None) -> dict[str, str]:
    from genxu.core import clock, keyring, keys

    if who is None:
        return {}
    if who[0] == "code":
        opened = json.dumps([(who[1], int(clock.now().timestamp()))])
        return {keyring.COOKIE: keys.seal(keyring.PURPOSE, opened)}
    return {"sessionid": session_of(account_of(*who))}


def account_of(role: str, place: str) -> Any:
    """The first account of a role at a place; where the cast has none, one is made."""
    from genxu.core import clock
    from genxu.people.models import Account, Grant

    found = Account.objects.filter(grants__role=role, grants__place=place).order_by("pk").first()
    if found is None:
        phone = f"199{Account.objects.count():08d}"
        found = Account.objects.create(phone=phone, name="量尺", opened_at=clock.now())
        Grant.objects.create(account=found, role=role, place_id=place)
    return found


def session_of(account: Any) -> str:
    from django.test import Client

    client = Client()
    client.force_login(account)
    return str(client.cookies["sessionid"].value)


def queries(who: list[list[str] | None], paths: list[str]) -> list[list[int]]:
    """How many statements each page makes, its templates loaded: first with no answer kept from
    before, then asked for again."""
    from django.core.cache import caches
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    counts = []
    for held, path in zip(cookies(who), paths, strict=True):
        client = Client(SERVER_NAME="127.0.0.1")
        for name, value in held.items():
            client.cookies[name] = value
        client.get(path)
        for memory in caches.all():
            memory.clear()
        counted = []
        for _time in range(2):
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(path)
            assert answer.status_code == 200, (path, answer.status_code)
            counted.append(len(captured))
        counts.append(counted)
    return counts
