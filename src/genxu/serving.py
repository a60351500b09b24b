"""Serving the pages and running the background work, as two processes of one command."""

import logging
import multiprocessing
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

import django
from django.db import close_old_connections, connection
from django.db.migrations.executor import MigrationExecutor

log = logging.getLogger("genxu.worker")


@dataclass(frozen=True)
class Duty:
    """Something the worker does every so many seconds."""

    name: str
    every: float
    run: Callable[[], object]


def duties() -> list[Duty]:
    """The worker's duties. Each one may be run twice or at the same time without harm."""
    from genxu.core import journal
    from genxu.insight.counting import bring_up_to_date

    return [
        Duty("figures", 2, bring_up_to_date),
        Duty("seal", 60, journal.seal),
    ]


def work(stop: threading.Event | None = None) -> None:
    """Do the duties until told to stop. One that fails is logged and tried again next time."""
    stop = stop or _stop_on_signal()
    due = {duty.name: (monotonic(), duty) for duty in duties()}
    while not stop.is_set():
        for name, (at, duty) in due.items():
            if monotonic() >= at:
                due[name] = (monotonic() + duty.every, duty)
                _do(duty)
        stop.wait(max(0.1, min(at for at, _duty in due.values()) - monotonic()))


def _do(duty: Duty) -> None:
    close_old_connections()
    try:
        duty.run()
    except Exception:
        log.exception("the duty %s failed; it will be tried again", duty.name)


def _stop_on_signal() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _check_tables() -> None:
    """Say so, rather than fail at the first page, when the database is not up to date."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise SystemExit("genxu: the database is not up to date; run: genxu migrate")
    connection.close()


def _work_apart() -> None:
    """The worker in its own process, with its own connections."""
    django.setup()
    work()


def serve(host: str, port: int, workers: int, *, worker: bool) -> None:
    """Serve until stopped; the worker beside it stops with it."""
    from django.conf import settings
    from granian import Granian
    from granian.constants import Interfaces

    _check_tables()
    if settings.DEMONSTRATION and host not in ("127.0.0.1", "localhost", "::1"):
        raise SystemExit("genxu: a demonstration is served on this machine only (127.0.0.1)")
    beside = multiprocessing.get_context("spawn").Process(target=_work_apart, daemon=True)
    if worker:
        beside.start()
    try:
        Granian(
            "genxu.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            websockets=False,
            workers=workers,
            blocking_threads=2,
            respawn_failed_workers=True,
        ).serve()
    finally:
        if beside.is_alive():
            beside.terminate()
            beside.join(10)
