"""Certificates: those of a whole prefecture as print batches, over bare Typst with ready-made data.

Bare Typst is two processes that share the same documents half and half, with every text and QR
code ready, and nothing else: no database, no look at the names, no job, no file kept.
"""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from .inside import ask
from .known import CITY
from .paths import GENXU, ROOT, SCRATCH, environment
from .report import Failed, Report
from .worlds import Worlds

SECONDS, MEGABYTES, TIMES = 60, 700, 1.5
SITE = "https://genxu.example.org"
TITLE = "certificates, prefecture"
PROCESSES = 2
LOOK_EVERY = 0.1


def report(worlds: Worlds, into: Report, *, rounds: int) -> None:
    """The rows of one vendor: seconds over bare Typst, and the memory of all its processes."""
    name = worlds.vendor.name
    folder = SCRATCH / "certificates"
    with _empty(folder), worlds.copied() as url:
        asked: dict[str, Any] = ask(
            url, "certificates", place=CITY, site=SITE, folder=str(folder), shares=PROCESSES
        )
        bare, ours, memory = [], [], 0.0
        for _round in range(rounds):
            bare.append(_bare(asked["requests"]))
            seconds, megabytes = _print(url, folder / "printed")
            ours.append(seconds)
            memory = max(memory, megabytes)
            bare.append(_bare(asked["requests"]))
    into.add(
        f"{TITLE}, {name}",
        median(ours),
        "s",
        floor=median(bare),
        target=f"≤ {SECONDS} s, ≤ {TIMES} × bare Typst",
        meets=lambda value, ratio: value <= SECONDS and ratio <= TIMES,
    )
    into.add(
        f"certificates, peak memory, {name}",
        memory,
        "MB",
        target=f"≤ {MEGABYTES} MB",
        meets=lambda value, _ratio: value <= MEGABYTES,
    )
    into.note(f"{name}: {asked['count']:,} certificates were printed, those who serve today.")


@contextmanager
def _empty(folder: Path) -> Iterator[None]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    yield
    shutil.rmtree(folder)


def _bare(requests: list[str]) -> float:
    """Seconds by the clock until all shares are set."""
    started = time.perf_counter()
    shares = [
        subprocess.Popen([sys.executable, "-m", "bench.typesetter", path], cwd=ROOT)
        for path in requests
    ]
    if any(share.wait() for share in shares):
        raise Failed("Bare Typst could not set the certificates; see above the table.")
    return time.perf_counter() - started


def _print(url: str, out: Path) -> tuple[float, float]:
    """Seconds by the clock and the peak memory in MB of the command and all its children."""
    command = [GENXU, "certificates", CITY, "--what", "certificate", "--site", SITE,
               "--out", str(out)]  # fmt: skip
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment(url), cwd=ROOT, stdout=subprocess.DEVNULL)
    scales = Scales(process.pid)
    if process.wait():
        raise Failed("The certificates were not printed; see above the table.")
    return time.perf_counter() - started, scales.end()


class Scales:
    """Weighs a process with all below it, again and again, until told to end."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.peak = 0.0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._weigh, daemon=True)
        self.thread.start()

    def end(self) -> float:
        """The most that all together held resident, in MB; shared pages count for each of them."""
        self.over.set()
        self.thread.join()
        return self.peak

    def _weigh(self) -> None:
        while not self.over.wait(LOOK_EVERY):
            self.peak = max(self.peak, sum(_resident(pid) for pid in _family(self.pid)))


def _family(pid: int) -> list[int]:
    below: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and (fields := _stat(entry)):
            below.setdefault(int(fields[1]), []).append(int(entry.name))
    family, found = [pid], []
    while family:
        one = family.pop()
        found.append(one)
        family += below.get(one, [])
    return found


def _stat(entry: Path) -> list[str]:
    """The fields behind the name of a process; none if it has just ended."""
    try:
        return (entry / "stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []


def _resident(pid: int) -> float:
    """Resident memory in MB; 0 if it has just ended."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


def write_requests(outputs: list[Any], folder: Path, shares: int, folders: list[str]) -> list[str]:
    """The documents as ready-made requests, one for each process, of much the same weight."""
    parts: list[list[dict[str, Any]]] = [[] for _n in range(shares)]
    weights = [0] * shares
    for output in outputs:
        lightest = weights.index(min(weights))
        parts[lightest].append(output.request())
        weights[lightest] += len(output.documents[0].data["papers"])
    paths = []
    for n, part in enumerate(parts):
        path = folder / f"request-{n}.json"
        path.write_text(json.dumps({"folders": folders, "outputs": part}), encoding="utf-8")
        paths.append(str(path))
    return paths
