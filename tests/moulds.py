"""What many tests begin with is made once a run and copied for each: a folder and its database.

A file is copied; PostgreSQL copies a database as its template. The processes of a run share the
folder of the moulds and wait for whoever makes one.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from zlib import crc32

import pytest

from tests.e2e.house import migrated

TABLES = "migrated"
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


@dataclass(frozen=True)
class Moulds:
    folder: Path

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
            made = OwnDatabase(making / "var", template)
        else:
            made = self.pour(TABLES, migrated, making / "var", template)
        try:
            make(making / "var", made.url)
        except BaseException:
            made.drop()
            shutil.rmtree(making)
            raise
        making.rename(self.folder / kind)

    @contextmanager
    def _alone(self, kind: str) -> Iterator[None]:
        self.folder.mkdir(exist_ok=True)
        with (self.folder / f"{kind}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _of_the_run(config: pytest.Config) -> Moulds:
    base = config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
    return Moulds((base.parent if hasattr(config, "workerinput") else base) / "moulds")


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
