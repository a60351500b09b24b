"""Intake: talks with three suggestions each, per second, over two floors of the same run: raw
one-row INSERT transactions, and the rows of a talk written by hand in one transaction."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from statistics import median
from typing import Any

import psycopg

from .client import KINDS, RAW_TABLE
from .inside import ask
from .known import COUNTIES
from .paths import ROOT, environment
from .report import Failed, Report
from .server import serving
from .worlds import Worlds

SHARE = {"action": 20, "form": 40}
SHARE_BY_HAND = 4
TITLES = {"action": "intake, action", "form": "intake, form"}


class Crew:
    """Clients of one kind, each in its own process, that write when told to."""

    def __init__(self, kind: str, tasks: list[dict[str, Any]], url: str) -> None:
        self.clients = [
            subprocess.Popen(
                [sys.executable, "-m", "bench.client", kind],
                env=environment(url),
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _task in tasks
        ]
        for client, task in zip(self.clients, tasks, strict=True):
            tell(client, json.dumps(task))
        for client in self.clients:
            hear(client)

    def rate(self, seconds: float) -> float:
        """How many a second all of them together."""
        for client in self.clients:
            tell(client, str(seconds))
        answers = [json.loads(hear(client)) for client in self.clients]
        return float(sum(count / taken for count, taken in answers))

    def dismiss(self) -> None:
        for client in self.clients:
            client.communicate()


def tell(client: "subprocess.Popen[str]", line: str) -> None:
    assert client.stdin
    client.stdin.write(line + "\n")
    client.stdin.flush()


def hear(client: "subprocess.Popen[str]") -> str:
    assert client.stdout
    line = client.stdout.readline()
    if not line:
        raise Failed("A client gave up; what it said stands above the table.")
    return line


def report(worlds: Worlds, into: Report, *, rounds: int, seconds: float) -> None:
    """The rows of one vendor: the action and the form over the raw rate, the statements."""
    name = worlds.vendor.name
    with worlds.copied() as url:
        tasks = ask(url, "secretaries", counties=list(COUNTIES))
        first = tasks[0]
        told = ask(url, "statements", account=first["account"], places=first["places"])
        tasks = [{**task, "rows": told["rows"]} for task in tasks]
        rates = _rates(url, tasks, rounds, seconds)
    for kind in ("action", "form"):
        share = SHARE[kind] if name == "PostgreSQL" else None
        into.add(
            f"{TITLES[kind]}, {name}",
            rates[kind],
            "talks/s",
            floor=rates["raw"],
            target=f"≥ 1/{share}" if share else None,
            meets=_at_least(1 / share) if share else None,
        )
    wanted = SHARE_BY_HAND if name == "PostgreSQL" else None
    into.add(
        f"{TITLES['action']} over its rows by hand, {name}",
        rates["action"],
        "talks/s",
        floor=rates["by hand"],
        target=f"≥ 1/{wanted}" if wanted else None,
        meets=_at_least(1 / wanted) if wanted else None,
    )
    into.add(f"intake, statements of one action, {name}", told["count"], "statements")
    into.add(f"intake, rows of one action, {name}", len(told["rows"]), "rows")


def _at_least(wanted: float) -> Callable[[float, float], bool]:
    return lambda _value, ratio: ratio >= wanted


def _rates(url: str, tasks: list[dict[str, Any]], rounds: int, seconds: float) -> dict[str, float]:
    """The median rate of each kind; the raw rate is taken before, between and after the others.

    The form meets the real server, its worker beside it; the action has the machine to itself.
    """
    _make_raw_table(url)
    found: dict[str, list[float]] = {kind: [] for kind in KINDS}
    with ExitStack() as stack:
        raw = _crew("raw", tasks, url, stack)
        by_hand = _crew("by hand", tasks, url, stack)
        action = _crew("action", tasks, url, stack)
        for _round in range(rounds):
            found["raw"].append(raw.rate(seconds))
            found["by hand"].append(by_hand.rate(seconds))
            found["action"].append(action.rate(seconds))
        with serving(url) as port, ExitStack() as while_served:
            given = [{**task, "port": port} for task in tasks]
            form = _crew("form", given, url, while_served)
            for _round in range(rounds):
                found["form"].append(form.rate(seconds))
        found["raw"] += [raw.rate(seconds) for _round in range(rounds)]
    return {kind: median(rates) for kind, rates in found.items()}


def _crew(kind: str, tasks: list[dict[str, Any]], url: str, stack: ExitStack) -> Crew:
    """A crew that is warm and goes home with the stack."""
    crew = Crew(kind, [{**task, "url": url} for task in tasks], url)
    stack.callback(crew.dismiss)
    crew.rate(1)
    return crew


def _make_raw_table(url: str) -> None:
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            connection.execute(RAW_TABLE.format(key="integer primary key", moment="datetime"))
        return
    with psycopg.connect(url) as connection:
        connection.execute(
            RAW_TABLE.format(
                key="bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY", moment="timestamptz"
            )
        )
