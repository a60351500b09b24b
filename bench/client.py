"""One of the clients that write at the same time: ``python -m bench.client KIND < orders``.

The first line of its input is its task as JSON. It answers ``ready``; then each line is a number
of seconds for which it writes as fast as it can, answered by [how often, seconds].
"""

import json
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from itertools import cycle
from typing import Any
from uuid import uuid4

from .by_hand import Execute, writer
from .evening import HEADS, HOST, RECORDER, SAID, TOPIC, VENUE
from .known import RECORD
from .server import Client

Step = Callable[[], None]
RAW_TABLE = "CREATE TABLE bench_raw (id {key}, place varchar(15), said text, at {moment})"
BOUNDARY = "----genxu-bench"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


def raw(task: dict[str, Any]) -> Step:
    """One row in one transaction, the statement prepared, nothing around it."""
    execute, mark, _begin = _opened(task["url"])
    row = (task["places"][0][0], SAID[0][0])
    statement = f"INSERT INTO bench_raw (place, said, at) VALUES ({mark}, {mark}, {mark})"

    def insert() -> None:
        execute(statement, [*row, datetime.now(UTC).isoformat(" ")])

    return insert


def by_hand(task: dict[str, Any]) -> Step:
    """The rows of one talk in one transaction, its statements prepared, nothing around them."""
    execute, mark, begin = _opened(task["url"])
    write = writer(execute, mark, task["rows"])

    def step() -> None:
        execute(begin, [])
        write()
        execute("COMMIT", [])

    return step


def _opened(url: str) -> tuple[Execute, str, str]:
    """What executes on a connection of its own, how a value is marked there, how a transaction
    that will write begins. SQLite with the durability of the settings."""
    if not url.startswith("sqlite"):
        import psycopg

        connection = psycopg.connect(url, autocommit=True, prepare_threshold=0)
        return connection.cursor().execute, "%s", "BEGIN"
    file = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        file.execute(f"PRAGMA {pragma}")
    return file.execute, "?", "BEGIN IMMEDIATE"


def action(task: dict[str, Any]) -> Step:
    """A talk through the action."""
    import django

    django.setup()
    from .recording import Recorder

    return Recorder(task["account"], [place for place, _label in task["places"]]).record


def form(task: dict[str, Any]) -> Step:
    """A talk through the form, as a browser sends it."""
    client = Client(task["port"], {"sessionid": task["session"]})
    turns = cycle(task["places"])
    status, _body = client.get(RECORD.format(hamlet=task["places"][0][0]))
    if status != 200:
        raise SystemExit(f"bench: the form of a talk answered {status}")

    def send() -> None:
        hamlet, label = next(turns)
        body = multipart(talk_fields(label, client.cookies["csrftoken"]))
        status, content = client.post(RECORD.format(hamlet=hamlet), body, MULTIPART)
        if status != 302:
            raise SystemExit(f"bench: recording answered {status}: {content[:2000].decode()}")

    return send


def talk_fields(label: str, token: str) -> dict[str, str]:
    fields = {
        "csrfmiddlewaretoken": token,
        "client_id": str(uuid4()),
        "held_on": date.today().isoformat(),
        "another": date.today().isoformat(),
        "venue": VENUE,
        "topic": TOPIC,
        "head_count": str(HEADS),
        "host": HOST,
        "recorder": RECORDER,
        "said-TOTAL_FORMS": str(len(SAID)),
        "said-INITIAL_FORMS": "0",
    }
    for n, (text, who, tier) in enumerate(SAID):
        fields |= {
            f"said-{n}-text": text,
            f"said-{n}-who": label if who == "household" else who,
            f"said-{n}-response": "taken_up",
            f"said-{n}-reply": "",
            f"said-{n}-joins": "",
            f"said-{n}-tier": tier,
        }
    return fields


def multipart(fields: dict[str, str], photos: Sequence[bytes] = (b"",)) -> bytes:
    """A form with its pictures; a browser sends an empty one where none was chosen."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for photo in photos:
        name = "photo.jpg" if photo else ""
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photos"; filename="{name}"'
        parts += [head.encode(), b"\r\nContent-Type: image/jpeg\r\n\r\n", photo, b"\r\n"]
    return b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])


KINDS: dict[str, Callable[[dict[str, Any]], Step]] = {
    "raw": raw,
    "by hand": by_hand,
    "action": action,
    "form": form,
}


def main() -> None:
    step = KINDS[sys.argv[1]](json.loads(sys.stdin.readline()))
    print("ready", flush=True)
    for line in sys.stdin:
        seconds, count, started = float(line), 0, time.perf_counter()
        while time.perf_counter() - started < seconds:
            step()
            count += 1
        print(json.dumps([count, time.perf_counter() - started]), flush=True)


if __name__ == "__main__":
    main()
