"""Two changes of one thing, of which the second begins before the first is done."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from genxu.core import clock
from tests.cast import NOW

PATIENCE = 30
"""Seconds after which something waits for ever."""


def follow(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """What the second gave or raised. On PostgreSQL it is begun while the first one's change is
    made and not yet committed, and must come to wait for it; SQLite has one writer at a time."""
    if connection.vendor != "postgresql":
        first()
        return _outcome(second)
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(_apart(second)), daemon=True)
    with transaction.atomic():
        first()
        thread.start()
        _until_it_waits(thread)
    thread.join(PATIENCE)
    assert found, "it waits for ever"
    return found[0]


def _until_it_waits(thread: threading.Thread) -> None:
    """Each look takes the server a moment: that is all the waiting there is."""
    with connection.cursor() as cursor:
        for _n in range(100_000):
            cursor.execute(
                "SELECT 1 FROM pg_locks WHERE NOT granted "
                "AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone():
                return
            assert thread.is_alive(), "it did not wait"
    raise AssertionError("it neither waits nor ends")


def _apart(run: Callable[[], Any]) -> Any:
    try:
        with clock.at(NOW):
            return _outcome(run)
    finally:
        connection.close()


def _outcome(run: Callable[[], Any]) -> Any:
    try:
        return run()
    except Exception as error:
        return error
