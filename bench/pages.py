"""Pages at prefecture scale over a bare view, and over the same pages of the small world."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from .inside import ask
from .known import BARE
from .report import Report
from .server import Client, serving
from .worlds import Worlds

TIMES, TIMES_PUBLIC, TIMES_AGAIN, FLAT = 12, 4, 2, 1.3
PUBLIC = ("hamlet, public", "place, public")
NOT_FLAT = ("households, last page", "households, searched")
"""The small world has not as many rows for them."""
AGAIN = ", asked again"
WARM_UP = 20
"""So many times each page is asked for before it counts."""
QUERIES: dict[str, list[int]] = tomllib.loads(
    Path(__file__).with_name("queries.toml").read_text(encoding="utf-8")
)
"""The pages that are measured, each with the most queries that it may take."""


@dataclass
class Timed:
    """One page in both worlds, with the bare view asked for just before."""

    name: str
    large_path: str
    small_path: str
    large_client: Client
    small_client: Client
    bare_client: Client
    bare: list[float] = field(default_factory=list)
    large: list[float] = field(default_factory=list)
    small: list[float] = field(default_factory=list)

    def sizes(self) -> tuple[int, int]:
        """The bytes of the page in the large and the small world."""
        large = self.large_client.get(self.large_path)[1]
        return len(large), len(self.small_client.get(self.small_path)[1])

    def turn(self, n: int) -> None:
        """Ask once each, the two worlds in alternating order."""
        self.bare.append(self.bare_client.timed_get(BARE))
        for world in ("large", "small") if n % 2 else ("small", "large"):
            if world == "large":
                self.large.append(self.large_client.timed_get(self.large_path))
            else:
                self.small.append(self.small_client.timed_get(self.small_path))

    def asked_again(self) -> "Timed | None":
        """The same page for a browser that has it already; None if it comes without an ETag."""
        clients = [Client(one.connection.port) for one in (self.large_client, self.small_client)]
        for client, path in zip(clients, (self.large_path, self.small_path), strict=True):
            client.get(path)
            client.again = bool(client.etag)
        if not all(client.again for client in clients):
            return None
        paths = self.large_path, self.small_path
        return Timed(f"{self.name}{AGAIN}", *paths, *clients, self.bare_client)


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def times_of(page: str) -> int:
    """How many times the bare view a page may cost."""
    if page.endswith(AGAIN):
        return TIMES_AGAIN
    return TIMES_PUBLIC if page in PUBLIC else TIMES


def report(worlds: Worlds, into: Report, *, requests: int) -> None:
    """The rows of one vendor: each page over the bare view, over the small world, its queries."""
    large = ask(worlds.large, "pages")
    small = ask(worlds.small, "pages", last_rows=large[-1]["rows"])
    with serving(worlds.large) as port, serving(worlds.small) as small_port:
        at_large = ask(worlds.large, "cookies", who=[page["who"] for page in large])
        at_small = ask(worlds.small, "cookies", who=[page["who"] for page in small])
        timed = [
            Timed(here["name"], here["path"], there["path"], Client(port, held),
                  Client(small_port, small_held), Client(port))
            for here, there, held, small_held
            in zip(large, small, at_large, at_small, strict=True)
        ]  # fmt: skip
        sizes = [page.sizes() for page in timed]
        timed += _asked_again(timed, worlds.vendor.name, into)
        for n in range(WARM_UP + requests):
            for page in timed:
                page.turn(n)
    for page in timed:
        _rows(page, worlds.vendor.name, into)
    _queries(worlds, large, small, into)
    into.note(f"{worlds.vendor.name}: {_sizes(large, small, sizes)}")


def _asked_again(pages: list[Timed], vendor: str, into: Report) -> list[Timed]:
    found = {page.name: page.asked_again() for page in pages if page.name in PUBLIC}
    for name, page in found.items():
        if page is None:
            target = f"≤ {TIMES_AGAIN} × bare view"
            into.skip(f"{name}{AGAIN}, {vendor}", "ms", target, False, said="no ETag")
    return [page for page in found.values() if page]


def _rows(page: Timed, vendor: str, into: Report) -> None:
    title, times = f"{page.name}, {vendor}", times_of(page.name)
    for name, of in (("p50", median), ("p95", p95)):
        into.add(
            f"{title}: {name}",
            of(page.large[WARM_UP:]),
            "ms",
            floor=of(page.bare[WARM_UP:]),
            target=f"≤ {times} × bare view",
            meets=lambda _value, ratio: ratio <= times,
        )
    flat = page.name not in NOT_FLAT and not page.name.endswith(AGAIN)
    for name, of in (("p50", median), ("p95", p95)):
        held = flat and name == "p95"
        into.add(
            f"{title}: {name} over small world",
            of(page.large[WARM_UP:]),
            "ms",
            floor=of(page.small[WARM_UP:]),
            target=f"≤ {FLAT} × small world" if held else None,
            meets=(lambda _value, ratio: ratio <= FLAT) if held else None,
        )


def _queries(worlds: Worlds, large: list[Any], small: list[Any], into: Report) -> None:
    """Each page's queries over those in the small world, never more than is written down."""
    counts = [
        ask(url, "queries", who=[one["who"] for one in pages], paths=[one["path"] for one in pages])
        for url, pages in ((worlds.large, large), (worlds.small, small))
    ]
    for page, here, there in zip(large, *counts, strict=True):
        name = page["name"]
        for n, how in enumerate(("", AGAIN)):
            most = QUERIES.get(name, [0, 0])[n]
            into.add(
                f"{name}, {worlds.vendor.name}: queries{how}",
                here[n],
                "queries",
                floor=there[n],
                target=f"≤ small world, ≤ {most}",
                meets=lambda value, ratio, most=most: value <= most and ratio <= 1,
            )
            if here[n] > most:
                into.note(
                    f"{name}{how}: {here[n]} queries where bench/queries.toml allows {most}. Take "
                    "the new ones out of the page: that number only falls."
                )


def _sizes(large: list[Any], small: list[Any], sizes: list[tuple[int, int]]) -> str:
    """A sentence on how much the pages hold in either world."""
    parts = []
    for here, there, (size, small_size) in zip(large, small, sizes, strict=True):
        rows = f"{here['rows']} and {there['rows']} rows, " if here["rows"] else ""
        parts.append(f"{here['name']} {rows}{size / 1024:.1f} and {small_size / 1024:.1f} kB")
    total = f"the list has {large[-1]['total']:,} and {small[-1]['total']:,} matters"
    return f"in the large and the small world {total}; " + "; ".join(parts) + "."
