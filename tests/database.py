"""The database of the tests: the land of the cast, copied for each process of a run."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dj_database_url
import pytest
from django.db import connection
from django.test import TransactionTestCase

from genxu.core import heads
from genxu.core.append_only import statements_off, statements_on

from .moulds import Moulds

APPEND_ONLY = ("core_journalentry", "core_seal")


class Land:
    """The database of this process: a copy of the land of the cast."""

    def __init__(self, moulds: Moulds, folder: Path, name: str) -> None:
        self.moulds, self.folder, self.name = moulds, folder, name
        self._pour()

    def _pour(self) -> None:
        self.database = self.moulds.pour("land", settled, self.folder, self.name)
        use(self.database.url)

    def restore(self) -> None:
        """As it was before a test with real commits. Whoever still reads the old one goes on."""
        self.drop()
        self._pour()

    def drop(self) -> None:
        connection.close()
        for file in self.folder.glob("genxu.sqlite3*"):
            file.unlink()
        self.database.drop()


def use(url: str) -> None:
    """Have Django work in this database from now on."""
    connection.close()
    connection.settings_dict["NAME"] = dj_database_url.parse(url)["NAME"]


def settled(_var: Path, url: str) -> None:
    """The land and its cast, for the mould of it."""
    from .cast import settle_land

    use(url)
    settle_land()
    connection.close()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: Any,
    moulds: Moulds,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Iterator[None]:
    """The land is settled once a run and copied; each test works in a transaction that is rolled
    back. After one with real commits it is copied again, which takes less than to empty it. On
    SQLite it is a file, not memory: two threads then wait for each other as in earnest."""
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        name = f"genxu_test_{os.getpid()}_{worker_id}"
        land = Land(moulds, tmp_path_factory.mktemp("land"), name)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: land.restore())
            yield
        land.drop()
        connection.settings_dict["NAME"] = before


def lift_triggers() -> None:
    """Let the journal be changed: to tamper with it."""
    _run(statements_off)


def set_triggers() -> None:
    _run(statements_on)


def _run(make: Any) -> None:
    with connection.cursor() as cursor:
        for table in APPEND_ONLY:
            for statement in make(connection.vendor, table):
                cursor.execute(statement, params=None)


@pytest.fixture(autouse=True)
def _no_kept_head() -> Iterator[None]:
    """What a test has sealed is taken back after it; so is the head kept of it."""
    yield
    heads.forget_kept()
