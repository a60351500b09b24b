"""Running a job: its progress, its checkpoint, its end; and taking up again what fell."""

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any, cast

from django.core.files import File
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from genxu.core.access import Actor, system
from genxu.core.errors import Denied, Refusal

from .kinds import KINDS
from .models import Job, JobFile

log = logging.getLogger("genxu.jobs")
BEAT_EVERY = 1.0
"""Seconds between two notes of progress."""
FALLEN_AFTER = timedelta(seconds=60)
"""A job under way that was not heard of for so long has fallen, and is taken up again."""
RUNS_AT_MOST = 5


class Cancelled(Exception):
    """The one who asked for the job has stopped it."""


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

        Call it between the parts of the work, outside a transaction. Raises ``Cancelled`` when the
        job was stopped.
        """
        self.job.done = done
        if total is not None:
            self.job.total = total
        if keep or monotonic() - self._noted >= BEAT_EVERY:
            self._note()

    def _note(self) -> None:
        self._noted = monotonic()
        values = {"done": self.job.done, "total": self.job.total, "beat_at": timezone.now(),
                  "checkpoint": self.checkpoint}  # fmt: skip
        still = Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING).update(**values)
        if not still:
            raise Cancelled

    def add_file(self, name: str, path: Path, kind: str = "") -> JobFile:
        """Keep a file for the one who waits; it replaces one of the same name from before."""
        with path.open("rb") as content:
            row = JobFile.objects.filter(job=self.job, name=name).first()
            if row is None:
                row = JobFile(job=self.job, name=name, kind=kind)
            else:
                row.file.delete(save=False)
            row.size = path.stat().st_size
            row.file.save(name, File(cast("Any", content)), save=True)
        return row


def run(pk: int) -> None:
    """Run a job to its end, unless somebody else does, or it is over."""
    job = _claim(pk)
    if job is None:
        return
    language = job.given.get("language") or "zh-hans"
    with translation.override(language):
        _work(job)


def _work(job: Job) -> None:
    try:
        actor = actor_of(job)
        kind = KINDS[job.kind]
        kind.permission.require(actor, **_target(kind.permission.targets, job))
        current = Run(job, actor)
        kind.work(current)
    except Cancelled:
        return
    except Refusal as error:
        _end(job, Job.State.FAILED, str(error.message))
    except Exception:
        log.exception("job %s (%s) broke off", job.pk, job.kind)
        _end(
            job,
            Job.State.FAILED,
            _("Something went wrong on our side. Nothing was lost; try it again."),
        )
    else:
        job.checkpoint = current.checkpoint
        _end(job, Job.State.DONE, "")


def _target(targets: tuple[str, ...], job: Job) -> dict[str, Any]:
    """A permission of a job asks for the place of the job, whatever it calls it."""
    return dict.fromkeys(targets[:1], job.place)


def _claim(pk: int) -> Job | None:
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=pk, state=Job.State.WAITING).first()
        if job is None:
            return None
        job.state, job.beat_at, job.runs = Job.State.RUNNING, timezone.now(), job.runs + 1
        job.save(update_fields=["state", "beat_at", "runs"])
    return Job.objects.select_related("place", "account").get(pk=pk)


def _end(job: Job, state: Job.State, trouble: str) -> None:
    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(
        state=state, trouble=trouble, ended_at=timezone.now(), done=job.done, total=job.total,
        checkpoint=job.checkpoint, result=job.result,
    )  # fmt: skip


def actor_of(job: Job) -> Actor:
    """The one who asked, with the power held now; ``Denied`` if the account is closed or gone."""
    if job.asked_by.startswith("system:"):
        return system(job.asked_by.removeprefix("system:"))
    if job.account is None or not job.account.is_active:
        raise Denied(_("The account that asked for this is closed."))
    return job.account.actor()


def take_up_again() -> int:
    """Put back in the queue what has fallen: its worker was killed or lost; how many there were."""
    from .queue import hand_over

    limit = timezone.now() - FALLEN_AFTER
    count = 0
    for pk in list(
        Job.objects.filter(state=Job.State.RUNNING, beat_at__lt=limit).values_list("pk", flat=True)
    ):
        with transaction.atomic():
            job = Job.objects.select_for_update().filter(
                pk=pk, state=Job.State.RUNNING, beat_at__lt=limit
            ).first()  # fmt: skip
            if job is None:
                continue
            if job.runs >= RUNS_AT_MOST:
                _end(job, Job.State.FAILED, str(_("It fell too often. Please tell the operator.")))
                continue
            Job.objects.filter(pk=pk).update(state=Job.State.WAITING)
            hand_over(job)
            count += 1
    return count


Work = Callable[[Run], None]
