"""Pages at prefecture scale over a bare view, and over the same pages of the small world."""

from dataclasses import dataclass, field
from statistics import median
from typing import Any

from .inside import ask
from .known import BARE, NOT_SENT
from .report import Report
from .server import Client, serving
from .worlds import Worlds

FLAT = 1.3
WARM_UP = 20


@dataclass
class Timed:
    """One page in both worlds, with the bare view asked for just before."""

    name: str
    times: int
    large_path: str
    small_path: str
    large_client: Client
    small_client: Client
    bare_client: Client
    bare: list[float] = field(default_factory=list)
    large: list[float] = field(default_factory=list)
    small: list[float] = field(default_factory=list)

    def warm(self) -> tuple[int, int]:
        """Ask some times untimed; gives the bytes of the page in the large and small world."""
        for _n in range(WARM_UP):
            self.bare_client.timed_get(BARE)
            self.large_client.timed_get(self.large_path)
            self.small_client.timed_get(self.small_path)
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


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def report(worlds: Worlds, into: Report, *, requests: int) -> None:
    """The rows of one vendor: each page over the bare view, over the small world, its queries."""
    large = ask(worlds.large, "pages")
    small = ask(worlds.small, "pages", last_rows=large[-1]["rows"])
    who = [page["who"] for page in large]
    with serving(worlds.large) as port, serving(worlds.small) as small_port:
        at_large = ask(worlds.large, "sessions", who=who)
        at_small = ask(worlds.small, "sessions", who=who)
        timed = [
            Timed(here["name"], here["times"], here["path"], there["path"],
                  Client(port, session, keeps=here["times"] == NOT_SENT),
                  Client(small_port, small_session, keeps=here["times"] == NOT_SENT), Client(port))
            for here, there, session, small_session
            in zip(large, small, at_large, at_small, strict=True)
        ]  # fmt: skip
        sizes = [page.warm() for page in timed]
        for n in range(requests):
            for page in timed:
                page.turn(n)
    counts = [_queries(worlds.large, large), _queries(worlds.small, small)]
    for n, page in enumerate(timed):
        _rows(page, counts[0][n], counts[1][n], worlds.vendor.name, into)
    into.note(f"{worlds.vendor.name}: {_sizes(large, small, sizes)}")


def _queries(url: str, pages: list[dict[str, Any]]) -> list[int]:
    who, paths = [page["who"] for page in pages], [page["path"] for page in pages]
    counted: list[int] = ask(url, "queries", who=who, paths=paths)
    return counted


def _rows(page: Timed, queries: int, small_queries: int, vendor: str, into: Report) -> None:
    title = f"{page.name}, {vendor}"
    into.add(
        f"{title}: p95",
        p95(page.large),
        "ms",
        floor=p95(page.bare),
        target=f"≤ {page.times} × bare view",
        meets=lambda _value, ratio: ratio <= page.times,
    )
    into.add(f"{title}: p50", median(page.large), "ms", floor=median(page.bare))
    into.add(
        f"{title}: p95 over small world",
        p95(page.large),
        "ms",
        floor=p95(page.small),
        target=f"≤ {FLAT} × small world",
        meets=lambda _value, ratio: ratio <= FLAT,
    )
    into.add(f"{title}: p50 over small world", median(page.large), "ms", floor=median(page.small))
    into.add(
        f"{title}: queries over small world",
        queries,
        "queries",
        floor=small_queries,
        target="the same",
        meets=lambda value, _ratio: value == small_queries,
    )


def _sizes(large: list[Any], small: list[Any], sizes: list[tuple[int, int]]) -> str:
    """A sentence on how much the pages hold in either world."""
    parts = []
    for here, there, (size, small_size) in zip(large, small, sizes, strict=True):
        rows = f"{here['rows']} and {there['rows']} rows, " if here["rows"] else ""
        parts.append(f"{here['name']} {rows}{size / 1024:.1f} and {small_size / 1024:.1f} kB")
    total = f"the list has {large[-1]['total']:,} and {small[-1]['total']:,} matters"
    return f"in the large and the small world {total}; " + "; ".join(parts) + "."
