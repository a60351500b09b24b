"""Running a job: its progress, its checkpoint, its end."""

import logging
import os
import socket
from pathlib import Path
from time import monotonic
from typing import Any, cast
from uuid import uuid4

from django.core.files import File
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from genxu.core.access import Actor, system
from genxu.core.errors import Denied, Refusal
from genxu.core.storage import kept_only_if_committed

from .kinds import KINDS
from .models import Job, JobFile

log = logging.getLogger("genxu.jobs")
POWER = "power"
"""Where a job keeps the roles with which it was done."""
LONGEST_NAME = 120
BEAT_EVERY = 1.0
"""Seconds between two notes of progress."""


class Cancelled(Exception):
    """The one who asked for the job has stopped it, or another run has it in hand."""


class Run:
    """One run of a job, as its work sees it."""

    def __init__(self, job: Job, actor: Actor) -> None:
        self.job = job
        self.actor = actor
        self.given: dict[str, Any] = job.given
        self.checkpoint: dict[str, Any] = dict(job.checkpoint)
        self._noted = 0.0

    def progress(self, done: int, total: int | None = None, *, keep: bool = False) -> None:
        """Note how far it is; at most once a second unless ``keep`` (write the checkpoint too).

        Call it between the parts of the work, outside a transaction, and at least once a minute:
        a run that is not heard of is taken for fallen. Raises ``Cancelled`` when it was stopped.
        """
        self.job.done = done
        if total is not None:
            self.job.total = total
        if keep:
            self._note(checkpoint=self.checkpoint)
        elif monotonic() - self._noted >= BEAT_EVERY:
            self._note()

    def _note(self, **values: Any) -> None:
        self._noted = monotonic()
        values |= {"done": self.job.done, "total": self.job.total, "beat_at": timezone.now()}
        if not _held(self.job).update(**values):
            raise Cancelled

    def add_file(self, name: str, path: Path, kind: str = "") -> JobFile:
        """Keep a file for the one who waits; it replaces one of the same name from before."""
        name = plain_name(name)
        with kept_only_if_committed(), transaction.atomic(), path.open("rb") as content:
            if not _held(self.job).select_for_update(no_key=True).exists():
                raise Cancelled
            row = JobFile.objects.filter(job=self.job, name=name).first()
            row = row or JobFile(job=self.job, name=name, kind=kind)
            row.file.storage.delete(row.file.field.generate_filename(row, name))
            row.size = path.stat().st_size
            row.file.save(name, File(cast("Any", content)), save=True)
        return row


def plain_name(name: str) -> str:
    """A name that is a file's own wherever it is unpacked: no folder, nothing unreadable.

    Names of places and organisations are part of it, and people type those.
    """
    kept = "".join("-" if sign in '/\\:*?"<>|' else sign for sign in name if sign.isprintable())
    stem, dot, ending = kept.strip(". ").rpartition(".")
    return f"{stem[: LONGEST_NAME - 10]}{dot}{ending[:9]}" if stem else ending[:LONGEST_NAME] or "1"


def _held(job: Job) -> Any:
    """The row of the job, as long as this run has it in hand."""
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, held_by=job.held_by)


def run(pk: int) -> None:
    """Run a job to its end, unless somebody else does, or it is over."""
    job = _claim(pk)
    if job is None:
        return
    with translation.override(job.given.get("language") or "zh-hans"):
        _work(job)


def _work(job: Job) -> None:
    try:
        actor = actor_of(job)
        kind = KINDS[job.kind]
        kind.permission.require(actor, **target_of(job))
        _note_power(job, actor)
        current = Run(job, actor)
        kind.work(current)
    except Cancelled:
        return
    except Refusal as error:
        end(job, Job.State.FAILED, str(error.message))
    except Exception:
        log.exception("job %s (%s) broke off", job.pk, job.kind)
        message = _("Something went wrong on our side. Nothing was lost; try it again.")
        end(job, Job.State.FAILED, message)
    else:
        end(job, Job.State.DONE, "", checkpoint=current.checkpoint)


def has_power_still(actor: Actor, job: Job) -> bool:
    """Whether every role with which the job was done is held to this day: what it made is what
    those roles gave."""
    return _power_of(job) <= {(grant.role, grant.place) for grant in actor.grants}


def _power_of(job: Job) -> set[tuple[str, str]]:
    return {(role, place) for role, place in job.given.get(POWER, [])}


def _note_power(job: Job, actor: Actor) -> None:
    """Add the roles of this run to those of the runs before it."""
    power = _power_of(job) | {(grant.role, grant.place) for grant in actor.grants}
    job.given[POWER] = sorted(power)
    _held(job).update(given=job.given)


def target_of(job: Job) -> dict[str, Any]:
    """A permission of a job asks for the place of the job, whatever it calls it."""
    return dict.fromkeys(KINDS[job.kind].permission.targets[:1], job.place)


def this_process() -> str:
    """How a run names the process it lives in."""
    return f"{socket.gethostname()}/{os.getpid()}/"


def _claim(pk: int) -> Job | None:
    with transaction.atomic():
        rows = Job.objects.select_for_update(of=("self",), no_key=True)
        job = rows.filter(pk=pk, state=Job.State.WAITING).first()
        if job is None:
            return None
        job.state, job.beat_at, job.runs = Job.State.RUNNING, timezone.now(), job.runs + 1
        job.held_by = f"{this_process()}{uuid4().hex}"
        job.save(update_fields=["state", "beat_at", "runs", "held_by"])
    return Job.objects.select_related("place", "account").get(pk=pk)


def end(job: Job, state: Job.State, trouble: str, **values: Any) -> None:
    """Write down the end of a run, if it still has the job in hand."""
    _held(job).update(
        state=state, trouble=trouble, ended_at=timezone.now(), held_by="", done=job.done,
        total=job.total, result=job.result, **values,
    )  # fmt: skip


def actor_of(job: Job) -> Actor:
    """The one who asked, with the power held now; ``Denied`` if the account is closed or gone."""
    if job.asked_by.startswith("system:"):
        return system(job.asked_by.removeprefix("system:"))
    if job.account is None or not job.account.is_active:
        raise Denied(_("The account that asked for this is closed."))
    return job.account.actor()
