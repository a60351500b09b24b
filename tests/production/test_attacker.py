"""An attacker with any role, in production: every address, every method, junk in every field.

Nothing may break (5xx), and nothing may answer an outsider with what is not hers. The counts are
printed (``pytest -s``).
"""

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.moulds import Moulds

from .doing import bring_register, record_talk, take_in
from .site import (
    HAMLET,
    LAN,
    PASSWORD,
    TOWNSHIP,
    VILLAGE,
    ZHOU,
    Site,
    open_site,
    opened,
    wait_until,
)
from .visitor import Visitor

FAR_VILLAGE = "421223106211"
ROLES = {
    "nobody": ("", ""),
    "secretary": ("secretary", HAMLET),
    "centre_household": ("centre_household", HAMLET),
    "far_secretary": ("secretary", f"{FAR_VILLAGE}001"),
    "village_staff": ("village_staff", VILLAGE),
    "township_staff": ("township_staff", TOWNSHIP),
    "county_staff": ("county_staff", TOWNSHIP[:6]),
    "city_staff": ("city_staff", TOWNSHIP[:4]),
    "auditor": ("auditor", TOWNSHIP[:4]),
}
OUTSIDE = ("nobody", "far_secretary")
ON_BOTH = (*OUTSIDE, "secretary", "township_staff")
"""Who attacks both databases; the others only the one of the full run."""
SECRETS = ("罗测一", "13800000001", "晒谷场边的路灯坏了")
"""Of the hamlet's register and talks: no outsider reads them (the matter is personal)."""
LEAVE_OUT = {"/sign-out/", "/language/"}
JUNK: list[dict[str, Any]] = [
    {},
    {"version": "9" * 30, "client_id": "no-uuid", "words": "x" * 20_000, "on": "9999-12-31"},
    {"version": "-1", "client_id": "\x00", "words": "\x00\u202e<script>", "title": "'\"; --",
     "kinds": "no", "wanted": "１e9", "answer": "royal", "file": "", "place": "4" * 40},
]  # fmt: skip
FILL = {
    "key": ["1", "2", "9" * 18, "9" * 40],
    "int": ["1", "9" * 40],
    "place": [HAMLET, VILLAGE, TOWNSHIP, "00", "9" * 15, "9" * 40],
    "slug": ["households", "no-such"],
    "str": [HAMLET, VILLAGE, "ABCDE23456", "%00", "..%2f..%2fetc%2fpasswd", "9" * 60],
}


def phone_of(role: str) -> str:
    return f"137000000{list(ROLES).index(role):02d}"


@pytest.fixture(scope="module")
def attacked(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str, moulds: Moulds
) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("attacked")
    for site in open_site(folder, f"genxu_attacked_{os.getpid()}_{worker_id}", moulds):
        people_it(site)
        yield site


def people_it(site: Site) -> None:
    """Somebody in each role, a personal matter, and a register brought by a spreadsheet."""
    site.genxu_each(
        ("regions", "add-hamlet", FAR_VILLAGE, "卢家大屋"),
        *(opened(phone_of(one), "攻测人", *ROLES[one]) for one in ROLES if ROLES[one][0]),
    )
    lan, clerk = site.staff(LAN), site.staff(ZHOU)
    assert record_talk(lan, **{"said-0-tier": "personal"}).status == 302
    take_in(clerk, bring_register(clerk, 3))
    households = "SELECT count(*) FROM people_household"
    wait_until(lambda: site.records.one(households) == 5, 60, site.told)


def addresses() -> dict[str, bool]:
    """Every address of production with every filling of its parts; the first two of each are sent
    to as well as read."""
    found: dict[str, bool] = {}
    for pattern in _walk(get_resolver("genxu.config.urls").url_patterns, ""):
        parts = re.split(r"(<[^>]+>)", pattern)
        some = [""]
        for part in parts:
            values = _fillings(part[1:-1]) if part.startswith("<") else [part]
            some = [one + value for one in some for value in values]
        found |= {f"/{one}": n < 2 for n, one in enumerate(some[:8])}
    return {one: sent for one, sent in found.items() if one not in LEAVE_OUT}


def _fillings(part: str) -> list[str]:
    kind, colon, _name = part.partition(":")
    return FILL[kind] if colon else FILL["key"]


def _walk(patterns: Any, before: str) -> Iterator[str]:
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, route)
        elif isinstance(one, URLPattern):
            yield route


def probe(who: Visitor, path: str, sends: bool, counts: Counter[str]) -> Iterator[tuple[str, Any]]:
    answer = who.send("GET", path)
    counts["read"] += 1
    yield f"GET {path}", answer
    for n, junk in enumerate(JUNK if sends else []):
        sent = {"csrfmiddlewaretoken": who.token(), **junk}
        counts["sent"] += 1
        refused = who.send_form(path, sent, {})
        yield f"POST {path} {n}", refused
        if refused.status == 405 or refused.status == answer.status == 403:
            return  # at the door, whatever was sent: ``page`` has read nothing of it


@pytest.mark.parametrize(
    "role", [pytest.param(r, marks=[] if r in ON_BOTH else pytest.mark.once) for r in ROLES]
)
def test_nothing_breaks_and_nothing_is_given_away(attacked: Site, role: str) -> None:
    who = attacked.visitor(f"127.0.2.{list(ROLES).index(role) + 1}")
    if role != "nobody":
        assert who.sign_in(phone_of(role), PASSWORD).status == 302
    who.get("/places/")
    counts: Counter[str] = Counter()
    broken, told = [], []
    for path, sends in addresses().items():
        for what, answer in probe(who, path, sends, counts):
            counts[str(answer.status)] += 1
            if answer.status >= 500:
                broken.append(f"{what}: {answer.status}")
            if role in OUTSIDE and any(secret in answer.text for secret in SECRETS):
                told.append(what)
    print(role, dict(sorted(counts.items())))  # noqa: T201
    assert not broken, attacked.told()
    assert not told
    if role != "nobody":
        assert who.get("/home/").status in (200, 302)
