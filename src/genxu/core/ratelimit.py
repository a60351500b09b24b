"""Brakes on guessing: so many tries of one kind, by one person or from one address, in one span.

Tries are counted in the database: several servers share it, and nobody empties it by asking for
much else. Neither an address nor a number lies there in clear, for each key is a keyed mark.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from . import clock, keys
from .errors import TooMany
from .models import Tries

MINUTE = 60
UNKNOWN = "unknown"
"""What every address counts as that is none: whoever sends junk gains no second address by it."""

_WITH_PORT = re.compile(r"^(?:\[(?P<six>[^\]]+)\]|(?P<four>[0-9.]+)):[0-9]{1,5}$")

CHANGE = (
    "INSERT INTO core_tries (key, count, until) VALUES {rows} ON CONFLICT (key) DO UPDATE SET "
    "count = CASE WHEN core_tries.count + {step} > 0 THEN core_tries.count + {step} ELSE 0 END "
    "RETURNING key, count"
)
"""One statement, so that two at the same moment are two: on SQLite and on PostgreSQL."""


@dataclass(frozen=True)
class Limit:
    """At most so many tries in each span of so many seconds."""

    name: str
    most: int
    seconds: int

    def span(self) -> int:
        return int(clock.now().timestamp()) // self.seconds

    def key(self, who: str) -> str:
        """The key of the tries of one person, number or address in the present span."""
        return keys.mark("tries", f"{self.name} {self.span()} {who}")

    def until(self) -> datetime:
        return datetime.fromtimestamp((self.span() + 1) * self.seconds, UTC)

    def seconds_left(self) -> int:
        return max(1, int((self.until() - clock.now()).total_seconds()))


Counted = tuple[Limit, str]
"""What is counted: a limit, and who or what it is counted for."""


def count(limit: Limit, who: str) -> int:
    """Count one try more; how many there have been in this span."""
    return _change([(limit, who)], 1)[limit.key(who)]


def seconds_to_wait(*counted: Counted) -> int:
    """0 if one more is free in all of these, else how long to wait; counts nothing."""
    known = {limit.key(who): limit for limit, who in counted}
    rows = Tries.objects.filter(key__in=known).values_list("key", "count")
    return max((known[k].seconds_left() for k, n in rows if n >= known[k].most), default=0)


def take(*counted: Counted) -> int:
    """Count one try in each of these, or in none of them if one is full: then how long to wait.

    What is refused counts nowhere, so that one address cannot use up what all have together.
    """
    wait = seconds_to_wait(*counted)
    if wait:
        return wait
    found = _change(counted, 1)
    late = [limit for limit, who in counted if found[limit.key(who)] > limit.most]
    if late:  # others tried at the same moment
        give_back(*counted)
    return max((limit.seconds_left() for limit in late), default=0)


def give_back(*counted: Counted) -> None:
    """It was no guess: take this one try off again, and nobody else's."""
    _change(counted, -1)


def _change(counted: Sequence[Counted], step: int) -> dict[str, int]:
    """Always in the order of the keys, so that two at the same moment do not wait for each other
    in a circle: all sign-ins share a row."""
    adapt = connection.ops.adapt_datetimefield_value
    until = sorted((limit.key(who), adapt(limit.until())) for limit, who in counted)
    statement = CHANGE.format(rows=", ".join(["(%s, %s, %s)"] * len(until)), step=step)
    values = [value for key, at in until for value in (key, max(step, 0), at)]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return dict(cursor.fetchall())


def forget_tries() -> int:
    """Delete what has been counted in spans that are over; how many rows there were."""
    return Tries.objects.filter(until__lt=clock.now()).delete()[0]


def client_address(request: HttpRequest) -> str:
    """What a visitor counts as: an IPv4 address, or the /64 that an IPv6 address lies in.

    Behind trusted proxies it is the address that the outermost of them saw: each adds the one it
    saw at the right of X-Forwarded-For; what stands left of those is the visitor's own claim and
    is not believed. Whatever is no address there counts as the one address ``unknown``.
    """
    proxies: int = settings.TRUSTED_PROXIES
    forwarded = request.headers.get("X-Forwarded-For")
    if proxies and forwarded is not None:
        seen = forwarded.split(",")
        return counted_address(seen[-proxies] if len(seen) >= proxies else "")
    return counted_address(str(request.META.get("REMOTE_ADDR", "")))


def counted_address(text: str) -> str:
    """One address for all who share a line: a household has a whole /64 of IPv6."""
    text = text.strip()
    if with_port := _WITH_PORT.match(text):
        text = with_port["six"] or with_port["four"]
    try:
        address = ip_address(text)
    except ValueError:
        return UNKNOWN
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return f"{IPv6Address(int(address) >> 64 << 64)}/64"


def count_try(request: HttpRequest, name: str, limit: int) -> None:
    """Count one failed try; ``TooMany`` when this address had more than ``limit`` this minute.

    Only failures are counted and braked: many people share the address of a mobile network.
    """
    if count(Limit(name, limit, MINUTE), client_address(request)) > limit:
        raise TooMany(_("Too many tries. Please wait a minute."))
