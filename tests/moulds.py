"""What many tests begin with is made once a run and copied for each: a folder and its database.

A file is copied; PostgreSQL copies a database as its template. The processes of a run share the
folder of the moulds and wait for whoever makes one. The tables alone, as a file, are kept from run
to run in pytest's cache, until a migration or a library changes.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from zlib import crc32

import pytest

from tests.e2e.house import migrated

TABLES = "migrated"
ROOT = Path(__file__).parents[1]
SERVER = os.environ.get("DATABASE_URL", "")
ON_POSTGRES = SERVER.startswith("postgres")


def tell(statement: str) -> None:
    """Have the server of PostgreSQL do something that belongs to no one database."""
    import psycopg

    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(statement)


class OwnDatabase:
    """A database for one world: a file in its folder, or one created on the server of
    ``DATABASE_URL``, as a copy of another if so wished."""

    def __init__(self, var: Path, name: str, template: str = "") -> None:
        self.name = name
        self.url = f"sqlite:///{var / 'genxu.sqlite3'}"
        if ON_POSTGRES:
            self.url = urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))
            tell(f'CREATE DATABASE "{name}"' + f' TEMPLATE "{template}"' * bool(template))

    def drop(self) -> None:
        if ON_POSTGRES:
            tell(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')


def makes_the_tables() -> str:
    """What the tables are made by: another one, and they are made anew."""
    ours = [ROOT.glob(f"src/genxu/{some}/*.py") for some in ("**/migrations", "core")]
    made_by = sha256()
    for one in (ROOT / "uv.lock", *sorted(chain(*ours))):
        made_by.update(str(one.relative_to(ROOT)).encode() + one.read_bytes())
    return made_by.hexdigest()[:16]


@dataclass(frozen=True)
class Moulds:
    folder: Path
    kept: Path
    """Where the file of the tables is kept from run to run."""

    def pour(
        self, kind: str, make: Callable[[Path, str], None], var: Path, name: str
    ) -> OwnDatabase:
        """The folder ``var`` and its database as ``make(folder, url)`` leaves them, beginning with
        the tables: they take longer to make than most worlds."""
        mould, template = self.folder / kind / "var", f"{self.prefix}_{kind}"
        with self._alone(kind):
            if not (self.folder / kind).exists():
                self._make(kind, make, template)
            shutil.copytree(mould, var, dirs_exist_ok=True)
            return OwnDatabase(var, name, template)

    @property
    def prefix(self) -> str:
        return f"genxu_mould_{crc32(str(self.folder).encode()):08x}"

    def _make(self, kind: str, make: Callable[[Path, str], None], template: str) -> None:
        making = self.folder / f"{kind}-making"
        (making / "var").mkdir(parents=True)
        if kind == TABLES:
            made, make = OwnDatabase(making / "var", template), self._tables
        else:
            made = self.pour(TABLES, migrated, making / "var", template)
        try:
            make(making / "var", made.url)
        except BaseException:
            made.drop()
            shutil.rmtree(making)
            raise
        making.rename(self.folder / kind)

    def _tables(self, var: Path, url: str) -> None:
        if ON_POSTGRES:
            migrated(var, url)
            return
        kept, file = self.kept / f"{makes_the_tables()}.sqlite3", var / "genxu.sqlite3"
        with suppress(FileNotFoundError):
            shutil.copyfile(kept, file)
            return
        migrated(var, url)
        for old in self.kept.iterdir():
            old.unlink(missing_ok=True)
        new = shutil.copyfile(file, self.kept / str(os.getpid()))
        new.replace(kept)  # another run may look for it just now

    @contextmanager
    def _alone(self, kind: str) -> Iterator[None]:
        self.folder.mkdir(exist_ok=True)
        with (self.folder / f"{kind}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _of_the_run(config: pytest.Config) -> Moulds:
    base = config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
    folder = base.parent if hasattr(config, "workerinput") else base
    return Moulds(folder / "moulds", config.cache.mkdir("tables"))  # type: ignore[union-attr]


@pytest.fixture(scope="session")
def moulds(pytestconfig: pytest.Config) -> Moulds:
    return _of_the_run(pytestconfig)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """The first process, which ends last, throws the moulds away."""
    if ON_POSTGRES and not hasattr(session.config, "workerinput"):
        moulds = _of_the_run(session.config)
        for lock in moulds.folder.glob("*.lock"):
            tell(f'DROP DATABASE IF EXISTS "{moulds.prefix}_{lock.stem}" WITH (FORCE)')
