"""The worker: does its duties, and keeps beside it the processes that run jobs.

A job that takes the memory of the machine falls alone, and is taken up again. A code by text
message has a process of its own: behind a long job it would come too late.
"""

import logging
import signal
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from time import monotonic

from django.db import DatabaseError, close_old_connections

from .kept import Keeper, Kept, end_with_father

log = logging.getLogger("genxu.worker")
BEAT_EVERY = 5.0
QUEUES = ("default", "codes")


@dataclass(frozen=True)
class Duty:
    """Something the worker does every so many seconds."""

    name: str
    every: float
    run: Callable[[], object]
    first: float = 0
    """So many seconds after the start."""


def duties() -> list[Duty]:
    """The worker's duties. Each one may be run twice or at the same time without harm."""
    from genxu.core import heads, heartbeats, journal, ratelimit
    from genxu.imports.keeping import forget_old
    from genxu.insight.counting import bring_up_to_date
    from genxu.institutions.matters.confirming import confirm_noted
    from genxu.institutions.matters.deadline_actions import count_deadlines_anew
    from genxu.jobs.keeping import take_up_again, throw_away
    from genxu.people.sessions import clear_sessions
    from genxu.people.sign_in_codes import forget_codes
    from genxu.portal.health import note_in_log
    from genxu.team.campaigns import passing as campaigns
    from genxu.team.services.passing import let_days_pass

    return [
        Duty("heartbeat", BEAT_EVERY, lambda: heartbeats.beat("worker")),
        Duty("figures", 2, bring_up_to_date),
        Duty("seal", 60, journal.seal),
        Duty("jobs that fell", 5, take_up_again),
        Duty("deadlines of a published year", 3600, count_deadlines_anew),
        Duty("health", 60, note_in_log, first=60),
        Duty("heads of the journal", 600, heads.send_out),
        Duty("answers noted down", 600, confirm_noted),
        Duty("errands as days pass", 600, let_days_pass),
        Duty("campaigns as days pass", 600, campaigns.let_days_pass),
        Duty("old submissions", 3600, journal.forget_submissions),
        Duty("old tries", 3600, ratelimit.forget_tries),
        Duty("old sign-in codes", 600, forget_codes),
        Duty("old sessions", 3600, clear_sessions),
        Duty("old files of jobs", 3600, throw_away),
        Duty("old spreadsheets", 3600, forget_old),
    ]


def work(stop: threading.Event | None = None) -> None:
    """Do the duties, and keep the jobs running, until told to stop."""
    end_with_father()
    stop = stop or _stop_on_signal()
    with ExitStack() as stack:
        for queue in QUEUES:
            stack.enter_context(Keeper(Kept("jobs", "work", "--queue", queue)))
        do_duties(stop, duties())


def work_on_jobs(queue: str) -> None:
    """Run the jobs of a queue until told to stop, or until the worker that started it is gone."""
    from django.core.management import call_command

    end_with_father()
    threading.Thread(target=_beat, args=(f"jobs {queue}",), daemon=True).start()
    call_command(
        "db_worker", queue_name=queue, interval=1, startup_delay=False, reload=False, verbosity=0
    )


def _beat(name: str) -> None:
    from genxu.core import heartbeats

    while True:
        _do(Duty("heartbeat", BEAT_EVERY, lambda: heartbeats.beat(name)))
        threading.Event().wait(BEAT_EVERY)


def do_duties(stop: threading.Event, duties: list[Duty]) -> None:
    """Do the duties until told to stop. One that fails is logged and tried again next time."""
    due = {duty.name: (monotonic() + duty.first, duty) for duty in duties}
    while not stop.is_set():
        for name, (at, duty) in due.items():
            if monotonic() >= at and not stop.is_set():
                due[name] = (monotonic() + duty.every, duty)
                _do(duty)
        stop.wait(max(0.1, min(at for at, _duty in due.values()) - monotonic()))


def _do(duty: Duty) -> None:
    close_old_connections()
    try:
        duty.run()
    except DatabaseError as error:  # away, locked, full: the reason is all there is to say
        log.error("the duty %s failed, it will be tried again: %s", duty.name, error)
    except Exception:
        log.exception("the duty %s failed; it will be tried again", duty.name)


def _stop_on_signal() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
