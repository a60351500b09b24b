"""The visitors of a prefecture's evening, a process of their own: ``python -m bench.crowd``.

The first line of its input is its task as JSON; it answers ``ready``. Each further line is how many
talks a second are held, and for how many seconds. Visits begin when their time has come, whether or
not earlier ones were answered (an open loop), so that a slow server gets no rest. What a visitor
waits is counted from when the visit should have begun.
"""

import asyncio
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from .client import MULTIPART, multipart, talk_fields
from .known import BARE, PLACE, PROGRESS, RECEIPT, RECORD, SCANNED

PATIENCE = 20
"""Seconds after which a visitor gives up; that counts as an error."""
TOKEN = "a" * 32
VERSION = re.compile(rb'name="version" value="(\d+)"')
PUBLIC = 6


class Refused(Exception):
    """The answer was not what it should be; the visit ends."""


class Crowd:
    """All visitors, and what they met with."""

    def __init__(self, task: dict[str, Any]) -> None:
        self.task = task
        self.photo = Path(task["photo"]).read_bytes()
        self.turns = {visit: count() for visit in VISITS}

    async def run(self, talks: float, seconds: float) -> dict[str, Any]:
        """Let them come at random times, so many for each talk, and wait for the last answer."""
        self.times: dict[str, list[float]] = defaultdict(list)
        self.errors: Counter[str] = Counter()
        self.late: list[float] = []
        due = sorted(
            (random.uniform(0, seconds), n, visit)
            for n, (visit, times) in enumerate(VISITS.items())
            for _one in range(max(1, round(times * talks * seconds)))
        )
        spent, started, going = time.process_time(), time.perf_counter(), []
        for at, _n, visit in due:
            await asyncio.sleep(max(0.0, started + at - time.perf_counter()))
            going.append(asyncio.create_task(self._visit(visit, started + at)))
        await asyncio.gather(*going)
        busy = (time.process_time() - spent) / (time.perf_counter() - started)
        return {"times": self.times, "errors": self.errors, "late": self.late, "busy": busy}

    async def _visit(self, visit: "Visit", due: float) -> None:
        self.late.append((time.perf_counter() - due) * 1000)
        phone = Phone(self, next(self.turns[visit]), due)
        with suppress(Refused):
            await visit(phone)
        if phone.streams:
            phone.streams[1].close()


class Phone:
    """A visitor's: an address, a connection and cookies of its own."""

    def __init__(self, crowd: Crowd, turn: int, due: float) -> None:
        self.crowd, self.turn, self.due = crowd, turn, due
        self.cookies = {"csrftoken": TOKEN}
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    def row(self, name: str, every: int = 1) -> list[Any]:
        """Whose turn it is; the next one after so many visits."""
        rows: list[list[Any]] = self.crowd.task[name]
        return rows[self.turn // every % len(rows)]

    async def ask(self, kind: str, path: str, body: bytes = b"", expect: int = 200) -> bytes:
        """Its answer, noted under its kind. The first request is due when the visit is."""
        begun, self.due = self.due or time.perf_counter(), 0.0
        try:
            async with asyncio.timeout(PATIENCE):
                status, answer = await self._exchange(path, body)
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            status, answer = type(error).__name__, b""
        self.crowd.times[kind].append((time.perf_counter() - begun) * 1000)
        if status != expect:
            self.crowd.errors[f"{kind}: {status}"] += 1
            raise Refused
        return answer

    async def _exchange(self, path: str, body: bytes) -> "tuple[int | str, bytes]":
        if self.streams is None:
            source = (f"127.{random.randrange(1, 255)}.{random.randrange(1, 255)}.1", 0)
            port = self.crowd.task["port"]
            self.streams = await asyncio.open_connection("127.0.0.1", port, local_addr=source)
        reader, writer = self.streams
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [f"{'POST' if body else 'GET'} {path} HTTP/1.1", "Host: localhost"]
        lines += [f"Content-Type: {MULTIPART}", f"Content-Length: {len(body)}"] if body else []
        writer.write("\r\n".join([*lines, f"Cookie: {cookies}", "", ""]).encode() + body)
        await writer.drain()
        first, *headers = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        length = 0
        for name, _colon, value in (line.partition(": ") for line in headers):
            if name.lower() == "set-cookie":
                cookie, _equals, text = value.partition(";")[0].partition("=")
                self.cookies[cookie] = text
            elif name.lower() == "content-length":
                length = int(value)
        return int(first.split()[1]), await reader.readexactly(length)


async def hold_talk(phone: Phone) -> None:
    """The secretary opens the form and sends it; at every other talk she took two pictures."""
    hamlet, label, phone.cookies["sessionid"] = phone.row("hamlets")
    path = RECORD.format(hamlet=hamlet)
    await phone.ask("record form", path)
    photos = [b""] if phone.turn % 2 else [phone.crowd.photo] * 2
    kind = "talk" if phone.turn % 2 else "talk with pictures"
    await phone.ask(kind, path, multipart(talk_fields(label, TOKEN), photos), expect=302)


async def take_step(phone: Phone) -> None:
    """Somebody notes what is new of a matter."""
    matter, phone.cookies["sessionid"] = phone.row("matters")
    path = PROGRESS.format(matter=matter)
    version = VERSION.search(await phone.ask("step form", path))
    fields = {"csrfmiddlewaretoken": TOKEN, "words": "材料已经买好，明天一早动工。"}
    fields["version"] = version[1].decode() if version else ""
    await phone.ask("step", path, multipart(fields, []), expect=302)


async def open_receipt(phone: Phone) -> None:
    """A resident scans her slip and reads what became of it."""
    key, code = phone.row("slips")
    await phone.ask("slip scanned", SCANNED.format(code=code), expect=302)
    await phone.ask("receipt", f"{RECEIPT}{key}/")


async def open_public_page(phone: Phone) -> None:
    """Those who look are of the hamlets whose talks are on just now."""
    await phone.ask("hamlet, public", f"{PLACE}{phone.row('hamlets', PUBLIC)[0]}/")


async def open_bare(phone: Phone) -> None:
    await phone.ask("bare view", BARE)


Visit = Callable[[Phone], Awaitable[None]]
VISITS: dict[Visit, int] = {
    hold_talk: 1, take_step: 2, open_receipt: 3, open_public_page: PUBLIC, open_bare: 1,
}  # fmt: skip
"""How often for each talk. Three things are said at a talk, and every one's slip is opened; two
earlier matters get on; a quarter of those who came look at the public page."""


def main() -> None:
    crowd = Crowd(json.loads(sys.stdin.readline()))
    print("ready", flush=True)
    for line in sys.stdin:
        talks, seconds = json.loads(line)
        print(json.dumps(asyncio.run(crowd.run(talks, seconds))), flush=True)


if __name__ == "__main__":
    main()
