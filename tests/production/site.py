"""One production: its database, its folder, its processes, and the proxy before it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from tests.e2e.house import Records, free_port
from tests.moulds import Moulds

from .proxy import Proxy, Wire
from .visitor import HOST, Answer, Visitor

GENXU = Path(sys.executable).with_name("genxu")
PLACES = Path(__file__).parents[2] / "src" / "genxu" / "regions" / "data" / "xianning-regions.csv"
VILLAGE = "421221104202"
HAMLET = f"{VILLAGE}001"
TOWNSHIP = VILLAGE[:9]
SECRET = "kept-outside-of-the-database-and-long-enough-for-production-0815-4711"
PASSWORD = "shan-qing-shui-xiu-38"
LAN, GEN, ZHOU = "13900000001", "13900000002", "13900000003"
"""Secretary, another secretary, township clerk."""
TRIES = 20
"""Wrong passwords for one number from everywhere, in an hour: each costs a third of a second."""
BACK_WITHIN = 10.0
"""Seconds until everything must be back after a kill."""


EACH_END = "\x1e"
EACH = f"""
import json, sys
from genxu.cli import main
for command in json.loads(sys.argv[1]):
    sys.argv = ["genxu", *command]
    try:
        main()
    except SystemExit as done:
        if done.code:
            raise
    print(end={EACH_END!r})
"""


def opened(phone: str, name: str, role: str, place: str) -> tuple[str, ...]:
    """The command that opens an account."""
    named = ("--role", role, "--place", place, "--password", PASSWORD)
    return ("accounts", "open", phone, name, *named)


@dataclass
class Site:
    folder: Path
    url: str
    records: Records
    environment: dict[str, str] = field(default_factory=dict)
    port: int = 0
    process: "subprocess.Popen[bytes] | None" = None
    proxy: "Proxy | None" = None

    def __post_init__(self) -> None:
        kept = {k: os.environ[k] for k in ("PATH", "HOME", "LANG", "PYTHONPATH") if k in os.environ}
        self.environment = kept | {
            "GENXU_MODE": "production", "GENXU_VAR": str(self.folder / "var"),
            "DATABASE_URL": self.url, "SECRET_KEY": SECRET, "ALLOWED_HOSTS": HOST,
            "PYTHONIOENCODING": "utf-8", "SIGN_IN_LIMITS": f"password_number={TRIES}/3600",
            **self.environment,
        }  # fmt: skip

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def var(self) -> Path:
        return self.folder / "var"

    def genxu(self, *arguments: str) -> str:
        """What the operator types."""
        return self._run(str(GENXU), *arguments)

    def genxu_each(self, *commands: tuple[str, ...]) -> list[str]:
        """The same of one command after the other, in one process: starting it is most of each."""
        told = self._run(sys.executable, "-c", EACH, json.dumps(commands))
        return told.split(EACH_END)[:-1]

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            command, env=self.environment, cwd=self.folder,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def settle(self) -> None:
        """From nothing to a township with one hamlet, two households and three accounts."""
        self.genxu("migrate")
        _done, hamlet, *_rest = self.genxu_each(
            ("regions", "import", str(PLACES)),
            ("regions", "add-hamlet", VILLAGE, "罗家洲"),
            opened(LAN, "罗测兰", "secretary", HAMLET),
            opened(GEN, "罗测根", "secretary", HAMLET),
            opened(ZHOU, "周测河", "township_staff", TOWNSHIP),
            *(("households", "add", HAMLET, name, "4") for name in ("罗测一", "罗测二")),
        )
        assert hamlet.strip() == HAMLET

    def start(self) -> "Site":
        self.port = self.port or free_port()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(GENXU), "serve", "--port", str(self.port), "--workers", "2"],
                env=self.environment, cwd=self.folder, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        self.proxy = self.proxy or Proxy(self.port).start()
        wait_until(lambda: self.health().status == 200, 60, self.told)
        return self

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(40)

    def close(self) -> None:
        self.stop()
        if self.proxy:
            self.proxy.stop()

    def told(self) -> str:
        return self.log.read_text(errors="replace")[-4000:]

    def visitor(self, address: str = "127.0.0.2") -> Visitor:
        assert self.proxy
        return Visitor(self.proxy.port, address)

    def staff(self, phone: str, address: str = "127.0.0.2") -> Visitor:
        """Somebody who has signed in."""
        visitor = self.visitor(address)
        answer = visitor.sign_in(phone, PASSWORD)
        assert answer.status == 302, answer.text
        return visitor

    def health(self, patience: float = 5) -> Answer:
        """As the machine itself asks: by its address, without forwarded headers."""
        try:
            asks = Visitor(self.port, "127.0.0.1", host=f"127.0.0.1:{self.port}")
            return asks.send("GET", "/healthz", patience=patience)
        except OSError:
            return Answer(0, {}, b"")

    # --- its processes -------------------------------------------------------------------------

    def processes(self) -> dict[str, list[int]]:
        """By what they do: main, web, worker, jobs."""
        assert self.process
        found: dict[str, list[int]] = {"web": [], "worker": [], "jobs": []}
        found["main"] = [self.process.pid]
        for pid in descendants(self.process.pid):
            if kind := kind_of(pid):
                found[kind].append(pid)
        return found

    def is_complete(self) -> bool:
        found = self.processes()
        return [len(found[kind]) for kind in ("main", "web", "worker", "jobs")] == [1, 2, 1, 2]

    def is_back(self) -> bool:
        return self.is_complete() and self.health().status == 200


def kind_of(pid: int) -> str:
    try:
        told = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""
    if "genxu.cli worker" in told:
        return "worker"
    if "genxu.cli jobs work" in told:
        return "jobs"
    return "web" if "spawn_main" in told else ""


def descendants(pid: int) -> list[int]:
    below: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parts = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if parts[0] != "Z":
            below.setdefault(int(parts[1]), []).append(int(stat.parent.name))
    found, newest = [], [pid]
    while newest:
        newest = [child for one in newest for child in below.get(one, [])]
        found += newest
    return found


def is_there(pid: int) -> bool:
    """Whether a process runs: a corpse that nobody has fetched yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def wait_until(
    true: Callable[[], Any], patience: float, told: Callable[[], str] = str, pause: float = 0.1
) -> float:
    """Look until it is so; the seconds it took."""
    started = time.monotonic()
    while not true():
        assert time.monotonic() - started < patience, told()
        time.sleep(pause)
    return time.monotonic() - started


def settled(var: Path, url: str) -> None:
    """Sets a production up, for the mould of it."""
    Site(var.parent, url, Records(url)).settle()


def open_site(folder: Path, name: str, moulds: Moulds) -> Iterator[Site]:
    """A production that was set up, up to a server that answers. With PostgreSQL the line to it
    can be cut: ``site.wire``."""
    database = moulds.pour("production", settled, folder / "var", name)
    wire, url = None, database.url
    if url.startswith("postgres"):
        parts = urlsplit(url)
        wire = Wire(parts.hostname or "", parts.port or 5432).start()
        user = parts.netloc.rpartition("@")[0]
        url = urlunsplit(parts._replace(netloc=f"{user}@127.0.0.1:{wire.port}"))
    site = Site(folder, url, Records(database.url))
    site.wire = wire  # type: ignore[attr-defined]
    try:
        yield site.start()
    finally:
        site.close()
        if wire:
            wire.stop()
        database.drop()
