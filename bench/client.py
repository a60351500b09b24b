"""One of the clients that write at the same time: ``python -m bench.client KIND < orders``.

The first line of its input is its task as JSON. It answers ``ready``; then each line is a number
of seconds for which it writes as fast as it can, answered by [how often, seconds].
"""

import json
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import cycle
from typing import Any
from uuid import uuid4

from .evening import HEADS, HOST, RECORDER, SAID, TOPIC, VENUE
from .known import RECORD
from .server import Client

Step = Callable[[], None]
RAW_TABLE = "CREATE TABLE bench_raw (id {key}, place varchar(15), said text, at {moment})"
BOUNDARY = "----genxu-bench"


def raw(task: dict[str, Any]) -> Step:
    """One row in one transaction, the statement prepared, nothing around it."""
    url: str = task["url"]
    row = (task["places"][0][0], SAID[0][0])
    if url.startswith("sqlite"):
        return _raw_sqlite(url.removeprefix("sqlite:///"), row)
    import psycopg

    connection = psycopg.connect(url, autocommit=True, prepare_threshold=0)
    cursor = connection.cursor()

    def insert() -> None:
        cursor.execute(
            "INSERT INTO bench_raw (place, said, at) VALUES (%s, %s, %s)", (*row, datetime.now(UTC))
        )

    return insert


def _raw_sqlite(path: str, row: tuple[str, str]) -> Step:
    """With the durability of the settings: write-ahead log, synchronous NORMAL."""
    connection = sqlite3.connect(path, timeout=20, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")

    def insert() -> None:
        connection.execute(
            "INSERT INTO bench_raw (place, said, at) VALUES (?, ?, ?)",
            (*row, datetime.now(UTC).isoformat(" ")),
        )

    return insert


def action(task: dict[str, Any]) -> Step:
    """A talk through the action."""
    import django

    django.setup()
    from .recording import Recorder

    return Recorder(task["account"], [place for place, _label in task["places"]]).record


def form(task: dict[str, Any]) -> Step:
    """A talk through the form, as a browser sends it."""
    client = Client(task["port"], task["session"])
    turns = cycle(task["places"])
    status, _body = client.get(RECORD.format(hamlet=task["places"][0][0]))
    if status != 200:
        raise SystemExit(f"bench: the form of a talk answered {status}")
    kind = f"multipart/form-data; boundary={BOUNDARY}"

    def send() -> None:
        hamlet, label = next(turns)
        body = _multipart(_fields(label, client.cookies["csrftoken"]))
        status, content = client.post(RECORD.format(hamlet=hamlet), body, kind)
        if status != 302:
            raise SystemExit(f"bench: recording answered {status}: {content[:2000].decode()}")

    return send


def _fields(label: str, token: str) -> dict[str, str]:
    fields = {
        "csrfmiddlewaretoken": token,
        "client_id": str(uuid4()),
        "held_on": date.today().isoformat(),
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


def _multipart(fields: dict[str, str]) -> bytes:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    parts.append(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photos"; filename=""\r\n'
        f"Content-Type: application/octet-stream\r\n\r\n\r\n--{BOUNDARY}--\r\n"
    )
    return "".join(parts).encode()


KINDS: dict[str, Callable[[dict[str, Any]], Step]] = {"raw": raw, "action": action, "form": form}


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
