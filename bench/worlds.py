"""The worlds that are measured, small and at prefecture scale, on both databases."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from . import postgres
from .paths import GENXU, ROOT, SCRATCH, environment
from .report import Failed, Report

SECONDS, MEGABYTES = 60, 1024
MADE_FROM = "made-from"
GIVE_UP_AFTER = 5 * SECONDS
HOUSEHOLDS = "SELECT hamlet_id, number, head_name, phone, head_count FROM people_household"
RAW_TABLE = (
    "CREATE TABLE raw_household (hamlet_id varchar(15), number integer, "
    "head_name varchar(40), phone varchar(11), head_count integer)"
)
Household = tuple[str, int, str, str, int]


class Vendor:
    """One kind of database: makes empty databases and copies of filled ones."""

    name = "SQLite"

    def __init__(self, folder: Path = SCRATCH) -> None:
        self.folder = folder

    def empty(self, name: str) -> str:
        """The URL of a new, empty database."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for path in self.folder.glob(f"{name}.sqlite3*"):
            path.unlink()
        return f"sqlite:///{self._file(name)}"

    def copy(self, name: str, new: str) -> str:
        """The URL of a copy of a database that nobody uses just now."""
        url = self.empty(new)
        with sqlite3.connect(self._file(name)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(self._file(name), self._file(new))
        return url

    def drop(self, name: str) -> None:
        for path in self.folder.glob(f"{name}.sqlite3*"):
            path.unlink()

    def kept(self, made_from: str) -> tuple[str, str] | None:
        """The URLs of the small and the large world, if they are there and made from this."""
        files = [self._file("small"), self._file("prefecture")]
        mark = self.folder / MADE_FROM
        if not mark.exists() or mark.read_text() != made_from or not all(f.exists() for f in files):
            return None
        small, large = (f"sqlite:///{one}" for one in files)
        return small, large

    def keep(self, made_from: str) -> None:
        """Note from what the worlds were made; empty for from nothing that is known."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / MADE_FROM).write_text(made_from)

    def insert_households(self, name: str, source: str) -> float:
        """Seconds to insert the households of ``source`` raw, by the vendor's fastest road."""
        with sqlite3.connect(self._file(source)) as connection:
            rows: list[Household] = connection.execute(HOUSEHOLDS).fetchall()
        self.empty(name)
        with sqlite3.connect(self._file(name)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute(RAW_TABLE)
            started = time.perf_counter()
            with connection:
                connection.executemany("INSERT INTO raw_household VALUES (?,?,?,?,?)", rows)
        taken = time.perf_counter() - started
        self.drop(name)
        return taken

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.sqlite3"


class Postgres(Vendor):
    """PostgreSQL: databases of one server."""

    name = "PostgreSQL"

    def __init__(self, server_url: str) -> None:
        super().__init__()
        self.server_url = server_url

    def empty(self, name: str) -> str:
        return postgres.database(self.server_url, self._database(name))

    def copy(self, name: str, new: str) -> str:
        template = self._database(name)
        return postgres.database(self.server_url, self._database(new), template)

    def drop(self, name: str) -> None:
        postgres.drop(self.server_url, self._database(name))

    def kept(self, made_from: str) -> tuple[str, str] | None:
        return None  # its server is thrown away

    def keep(self, made_from: str) -> None:
        """Nothing is kept."""

    def insert_households(self, name: str, source: str) -> float:
        base = self.server_url.rsplit("/", 1)[0]
        with psycopg.connect(f"{base}/{self._database(source)}") as connection:
            rows = connection.execute(HOUSEHOLDS).fetchall()
        with psycopg.connect(self.empty(name)) as connection:
            connection.execute(RAW_TABLE)
            started = time.perf_counter()
            with connection.cursor().copy("COPY raw_household FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            connection.commit()
        taken = time.perf_counter() - started
        self.drop(name)
        return taken

    def _database(self, name: str) -> str:
        return f"genxu_bench_{name}"


@dataclass(frozen=True)
class Worlds:
    """The two worlds of one vendor, and what building the large one cost."""

    vendor: Vendor
    small: str
    large: str
    seconds: float
    megabytes: float

    @contextmanager
    def copied(self) -> Iterator[str]:
        """A copy of the large world to write into."""
        yield self.vendor.copy("prefecture", "intake")
        self.vendor.drop("intake")


def build(vendor: Vendor, *, only_read: bool = False) -> Worlds:
    """Build both worlds from nothing, the large one with its time and memory taken. For measures
    that only read (nearly: they sign in) the files of the last such run do, if they were built by
    the same program on the same day."""
    if only_read and (found := vendor.kept(_made_from())):
        return Worlds(vendor, *found, seconds=0, megabytes=0)
    built = _build_anew(vendor)
    if only_read:
        vendor.keep(_made_from())
    return built


def _made_from() -> str:
    """The day, and all of the program that a world is built by."""
    told = hashlib.sha256(datetime.now(UTC).date().isoformat().encode())
    for path in sorted((ROOT / "src").rglob("*")):
        if path.suffix in (".py", ".toml", ".csv", ".txt") and "tests" not in path.parts:
            told.update(path.read_bytes())
    return told.hexdigest()


def _build_anew(vendor: Vendor) -> Worlds:
    vendor.keep("")
    small = vendor.empty("small")
    _build(small, "small")
    large = vendor.empty("prefecture")
    seconds, megabytes = _build(large, "prefecture")
    return Worlds(vendor, small, large, seconds, megabytes)


def _build(url: str, scale: str) -> tuple[float, float]:
    """Seconds by the clock and the largest resident memory of the building process, in MB."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [GENXU, "world", "build", "--scale", scale],
        env=environment(url),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    brake = threading.Timer(GIVE_UP_AFTER, process.kill)
    brake.start()
    _pid, status, usage = os.wait4(process.pid, 0)
    brake.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        spent = time.perf_counter() - started
        raise Failed(f"The {scale} world was not built: given up after {spent:.0f} s.")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def report(worlds: Worlds, into: Report) -> None:
    """The rows of the build: its time over a raw insert of its households, its memory."""
    floor = worlds.vendor.insert_households("raw", "prefecture")
    name = worlds.vendor.name
    into.add(
        f"world build, prefecture, {name}",
        worlds.seconds,
        "s",
        floor=floor,
        target=f"≤ {SECONDS} s",
        meets=lambda value, _ratio: value <= SECONDS,
    )
    into.add(
        f"world build, peak memory, {name}",
        worlds.megabytes,
        "MB",
        target="≤ 1 GB",
        meets=lambda value, _ratio: value <= MEGABYTES,
    )
