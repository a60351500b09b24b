"""The database of the tests: a file, so that threads can share it, and a way to empty it."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase

from genxu.core import heads
from genxu.core.append_only import statements_off, statements_on

APPEND_ONLY = ("core_journalentry", "core_seal")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, worker_id: str
) -> None:
    """On SQLite a file instead of memory: two threads then wait for each other as in earnest."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        name = f"genxu-test-{os.getpid()}-{worker_id}.sqlite3"
        database.setdefault("TEST", {})["NAME"] = str(Path(tempfile.gettempdir()) / name)


def lift_triggers() -> None:
    """Let the journal be changed: to tamper with it, or to empty the database after a test."""
    _run(statements_off)


def set_triggers() -> None:
    _run(statements_on)


def _run(make: Any) -> None:
    with connection.cursor() as cursor:
        for table in APPEND_ONLY:
            for statement in make(connection.vendor, table):
                cursor.execute(statement, params=None)


@pytest.fixture(autouse=True, scope="session")
def _flush_despite_triggers() -> Iterator[None]:
    """After a test with real commits Django empties all tables; the triggers would refuse it."""
    flush = TransactionTestCase._fixture_teardown

    def teardown(case: Any) -> None:
        lift_triggers()
        flush(case)
        set_triggers()

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _no_kept_head() -> Iterator[None]:
    """What a test has sealed is taken back after it; so is the head kept of it."""
    yield
    heads.forget_kept()
