"""Serving the pages and running the background work, as processes of one command.

The worker does its duties, and keeps a process beside it that runs the jobs one after the other:
a job that takes the memory of the machine falls alone, and is taken up again.
"""

import logging
import multiprocessing
import os
import signal
import subprocess
import sys
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
    from genxu.imports.keeping import forget_old
    from genxu.insight.counting import bring_up_to_date
    from genxu.jobs.keeping import take_up_again, throw_away

    return [
        Duty("figures", 2, bring_up_to_date),
        Duty("seal", 60, journal.seal),
        Duty("jobs that fell", 5, take_up_again),
        Duty("old files of jobs", 3600, throw_away),
        Duty("old spreadsheets", 3600, forget_old),
    ]


class JobsApart:
    """The process that runs the jobs; started again when it has ended."""

    COMMAND = (sys.executable, "-m", "genxu.cli", "jobs", "work")

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def keep(self) -> None:
        """See that the process is there."""
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(self.COMMAND)  # noqa: S603

    def end(self) -> None:
        """Let it go; a job under way falls, and is taken up again by the next worker."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def work_on_jobs() -> None:
    """Run the jobs of the queue until told to stop, or until the worker that started it is gone."""
    from django.core.management import call_command

    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    call_command(
        "db_worker", queue_name="*", interval=1, startup_delay=False, reload=False, verbosity=0
    )


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        threading.Event().wait(2)
    os._exit(0)


def work(stop: threading.Event | None = None) -> None:
    """Do the duties, and keep the jobs running, until told to stop."""
    stop = stop or _stop_on_signal()
    jobs = JobsApart()
    try:
        do_duties(stop, [*duties(), Duty("keep the jobs running", 3, jobs.keep)])
    finally:
        jobs.end()


def do_duties(stop: threading.Event, duties: list[Duty]) -> None:
    """Do the duties until told to stop. One that fails is logged and tried again next time."""
    due = {duty.name: (monotonic(), duty) for duty in duties}
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
