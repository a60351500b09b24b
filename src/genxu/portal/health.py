"""Whether the program is well: what ``/healthz`` answers, and what stands in the log."""

import logging
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.db.models import Min
from django.utils import timezone

from genxu.core import heartbeats
from genxu.core.models import JournalEntry, Pending
from genxu.jobs.models import Job

log = logging.getLogger("genxu.health")

SILENT = timedelta(seconds=30)
BEHIND = timedelta(minutes=5)
"""So far a follower of the journal (the seal, the figures) may lag."""
WAITED = timedelta(minutes=15)
"""So long a job may wait behind others."""
LEAST_DISK = 100 * 1024 * 1024
BACKGROUND = ("worker", "jobs default", "jobs codes")


def answer() -> tuple[int, dict[str, Any]]:
    """200, or 503 with the reasons: status and body of ``/healthz``."""
    try:
        found = list(reasons())
    except (DatabaseError, InterfaceError):
        found = ["the database does not answer"]
    except OSError as error:
        found = [f"the folder of the program cannot be looked at: {error.strerror}"]
    body = {"status": "unwell" if found else "ok", "demonstration": settings.DEMONSTRATION}
    return (503, {**body, "reasons": found}) if found else (200, body)


def note_in_log() -> None:
    """A duty of the worker: what is not well, once a minute; one line if all is."""
    found = list(reasons())
    for reason in found:
        log.warning("unwell: %s", reason)
    if not found:
        log.info("well")


def reasons() -> Iterator[str]:
    """What is not well, in the operator's words."""
    now = timezone.now()
    yield from _silent(now)
    yield from _behind(now)
    waiting = Job.objects.filter(state=Job.State.WAITING).aggregate(at=Min("asked_at"))["at"]
    if waiting and now - waiting > WAITED:
        yield f"a job has waited since {_clock(waiting)}"
    free = shutil.disk_usage(settings.VAR).free
    if free < LEAST_DISK:
        yield f"only {free // 1024 // 1024} MB are left on the disk"


def _silent(now: datetime) -> Iterator[str]:
    beats = heartbeats.last_beats()
    for name in BACKGROUND:
        if name not in beats:
            yield f"the background process {name} has not been heard of"
        elif now - beats[name] > SILENT:
            yield f"the background process {name} is silent since {_clock(beats[name])}"


def _behind(now: datetime) -> Iterator[str]:
    oldest = Pending.objects.values_list("follower").annotate(first=Min("entry"))
    first = dict(oldest.order_by("follower"))
    at = dict(JournalEntry.objects.filter(pk__in=first.values()).values_list("pk", "at"))
    for follower, entry in first.items():
        if entry in at and now - at[entry] > BEHIND:
            yield f"the journal's follower {follower} lags since {_clock(at[entry])}"


def _clock(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M:%S")
