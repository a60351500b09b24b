"""A prefecture's evening: the hour in which 4,405 hamlets hold their talk, as often as is held."""

import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

from .inside import ask
from .intake import hear, tell
from .paths import ROOT
from .report import Report
from .server import running
from .worlds import Worlds

TALKS = 4405 / 3600
"""A second, when each hamlet of the prefecture holds one within the hour."""
PATIENCE = 1000
"""Milliseconds that the 99th of a hundred requests may take."""
MOST = 64
HAMLETS = 800
"""So many take their turns."""
TITLE = "a prefecture's evening"
TARGET = "≥ 1 × the hour's rate"
BARE, PICTURES = "bare view", "talk with pictures"
PROCESSES = {"spawn_main": "web", "jobs\0": "jobs", "worker\0": "worker", "serve\0": "father"}
PERCENTILES = {"p50": 50, "p95": 95, "p99": 99}


@dataclass(frozen=True)
class Evening:
    """What the visitors met with at ``factor`` times the hour's rate; memory in MB."""

    factor: float
    times: dict[str, list[float]]
    errors: dict[str, int]
    late: list[float]
    busy: float
    memory: dict[str, float]

    def p99(self, *, pictures: bool) -> float:
        """Of all requests, with or without those that bring pictures: a core is busy with each of
        these for half a second."""
        kinds = [times for kind, times in self.times.items() if pictures or kind != PICTURES]
        return percentile([one for times in kinds for one in times], 99)

    def is_held(self, *, pictures: bool) -> bool:
        return not self.errors and self.p99(pictures=pictures) <= PATIENCE

    def __str__(self) -> str:
        wrong = ", ".join(f"{text} ({n})" for text, n in self.errors.items()) or "no error"
        both = (
            f"{self.p99(pictures=True):,.0f} ms, {self.p99(pictures=False):,.0f} without pictures"
        )
        return f"at {self.factor:g} ×: p99 {both}, {wrong}"


def percentile(times: list[float], wanted: int) -> float:
    return quantiles(times * 2, n=100, method="inclusive")[wanted - 1]


def report(worlds: Worlds, into: Report, *, seconds: float) -> None:
    """The highest factor held on one vendor, and what each kind of request took there."""
    with worlds.copied() as url:
        task = ask(url, "evening", most=HAMLETS)
        with running(url) as (port, server), _crowd({**task, "port": port}) as crowd:
            evenings = _climb(crowd, server.pid, seconds)
    name = worlds.vendor.name
    for pictures, title in ((False, "held, pictures apart"), (True, "held")):
        factors = [one.factor for one in evenings if one.is_held(pictures=pictures)]
        factor = max(factors, default=0)
        into.add(f"{TITLE}, {name}: {title}", factor, "times", target=TARGET,
                 meets=lambda value, _ratio: value >= 1)  # fmt: skip
    best = next((one for one in evenings if one.factor == factor), evenings[0])
    _rows(best, name, into)
    late = percentile([one for evening in evenings for one in evening.late], 99)
    into.note(
        f"{name}, {TITLE}: {'; '.join(map(str, evenings))}. The rows are of {best.factor:g} ×; the "
        f"visitors took {best.busy:.0%} of a core there, and came {late:.0f} ms late at p99."
    )


def _rows(evening: Evening, name: str, into: Report) -> None:
    for kind, times in sorted(evening.times.items()):
        for which, wanted in PERCENTILES.items():
            floor = percentile(evening.times[BARE], wanted)
            into.add(f"evening, {kind}, {name}: {which}", percentile(times, wanted), "ms",
                     floor=floor)  # fmt: skip
    for process, megabytes in evening.memory.items():
        into.add(f"evening, memory of {process}, {name}", megabytes, "MB")


def _crowd(task: dict[str, Any]) -> "subprocess.Popen[str]":
    crowd = subprocess.Popen(
        [sys.executable, "-m", "bench.crowd"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    tell(crowd, json.dumps(task))
    hear(crowd)
    return crowd


def _climb(crowd: "subprocess.Popen[str]", server: int, seconds: float) -> list[Evening]:
    """Twice as many each time until it is too much; then the middle of the last two, once."""

    def hold(factor: float) -> Evening:
        tell(crowd, json.dumps([factor * TALKS, seconds]))
        return Evening(factor, **json.loads(hear(crowd)), memory=memory(server))

    hold(0.5)  # the processes are warm then
    evenings = [hold(1)]
    while evenings[-1].is_held(pictures=False) and evenings[-1].factor < MOST:
        evenings.append(hold(evenings[-1].factor * 2))
    if not evenings[-1].is_held(pictures=False):
        evenings.append(hold(evenings[-1].factor * (0.75 if len(evenings) > 1 else 0.5)))
    return evenings


def memory(father: int) -> dict[str, float]:
    """What the processes of the server hold resident, in MB; files of its own it maps too."""
    found: dict[str, float] = {}
    family = {father}
    for path in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        with suppress(OSError, KeyError):
            facts = dict(line.split(":\t", 1) for line in (path / "status").open() if ":\t" in line)
            words = (path / "cmdline").read_text()
            if family & {int(path.name), int(facts["PPid"])}:
                family.add(int(path.name))
                name = next((name for mark, name in PROCESSES.items() if mark in words), "other")
                number = sum(one.startswith(name) for one in found) + 1
                found[f"{name} {number}"] = int(facts["VmRSS"].split()[0]) / 1024
    return found
