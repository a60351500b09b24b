"""The running program: a world of its own, served as anybody would serve it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

GENXU = Path(sys.executable).with_name("genxu")
WAITING = (
    "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status IN ('READY', 'RUNNING')"
)
PATIENCE = 60
"""Seconds until a server must answer on a busy machine."""


class Records:
    """Reading the records behind the pages, to know whom to enter as and what was kept."""

    def __init__(self, url: str) -> None:
        self.url = url

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        if self.url.startswith("postgres"):
            import psycopg

            with psycopg.connect(self.url, autocommit=True) as connection:
                return connection.execute(statement.replace("?", "%s"), values or None).fetchall()
        import sqlite3

        connection = sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=20)
        try:
            return connection.execute(statement, values).fetchall()
        finally:
            connection.close()

    def one(self, statement: str, *values: Any) -> Any:
        """The only value of the only row."""
        (row,) = self.rows(statement, *values)
        return row[0]


@dataclass
class House:
    """One world and one server; ``second_door`` opens a further server on the same world."""

    var: Path
    records: Records
    base: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None
    log: Path = Path()

    def build_world(self) -> None:
        command = [str(GENXU), "world", "build", "--scale", "small"]
        done = subprocess.run(command, env=self.environment, capture_output=True, umask=0o022)
        assert done.returncode == 0, done.stderr.decode()

    def open(self) -> "House":
        """Serve on a free port and wait until it answers; a port that was snatched is left."""
        for _try in range(3):
            port = free_port()
            self.base = f"http://127.0.0.1:{port}"
            self.log = self.var / f"server-{port}.log"
            with self.log.open("wb") as log:
                self.process = subprocess.Popen(
                    [str(GENXU), "serve", "--port", str(port)],
                    env=self.environment, cwd=self.var, stdout=log, stderr=log,
                    start_new_session=True,
                )  # fmt: skip
            if self._answers():
                return self
            self.close()
        raise AssertionError(f"the server did not start:\n{self.log.read_text()}")

    def second_door(self) -> "House":
        return House(self.var, self.records, environment=self.environment).open()

    def _answers(self) -> bool:
        assert self.process
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.base}/healthz", timeout=5) as answer:
                    return bool(answer.status == 200)
            except OSError:
                time.sleep(0.1)
        return False

    def close(self) -> None:
        """Stop the server with the worker beside it."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def code_sent_to(self, phone: str) -> str:
        """The last code that the console gateway wrote for this number once the job that sends it
        has run; empty if none."""
        until = time.monotonic() + PATIENCE
        while self.records.one(WAITING) and time.monotonic() < until:
            time.sleep(0.1)
        text = self.log.read_text(errors="replace")
        codes = re.findall(rf"SMS to {phone}: .*?([0-9A-Z][0-9A-Z-]{{5,}})", text)
        return codes[-1] if codes else ""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def environment_for(var: Path, url: str) -> dict[str, str]:
    """The machine's surroundings without what the test run has set for itself."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DJANGO_", "PYTEST_"))}
    kept.pop("PORT", None)
    return kept | {"GENXU_MODE": "demo", "GENXU_VAR": str(var), "DATABASE_URL": url}


def migrated(var: Path, url: str) -> None:
    """A database with its tables and nothing in them, for the mould of it."""
    subprocess.run([str(GENXU), "migrate"], env=environment_for(var, url), check=True)


def small_world(var: Path, url: str) -> None:
    """Builds the world of the stories, for the mould of it."""
    House(var, Records(url), environment=environment_for(var, url)).build_world()
