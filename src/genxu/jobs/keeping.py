"""Keeping the queue in order: what fell is taken up again, what is old is thrown away."""

import os
from datetime import datetime, timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from .clearing import empty_folder
from .models import Job
from .queue import calls_that_wait, hand_over
from .running import end, this_process

FALLEN_AFTER = timedelta(seconds=60)
"""A run on another machine that was not heard of for so long has fallen."""
LOST_AFTER = timedelta(seconds=10)
"""A job that waits so long though no call for it lies in the queue is called once more: whoever
had taken the call fell before it took the job."""
RUNS_AT_MOST = 5


def take_up_again() -> int:
    """Put back in the queue what has fallen, its worker killed or lost; how many there were.

    A process of this machine that is gone is known at once, one elsewhere by its silence.
    """
    now = timezone.now()
    running = Job.objects.filter(state=Job.State.RUNNING)
    silent = set(running.filter(beat_at__lt=now - FALLEN_AFTER).values_list("pk", flat=True))
    rows = running.values_list("pk", "held_by")
    fallen = [(pk, held) for pk, held in rows if pk in silent or _is_gone(held)]
    return sum(_put_back(pk, held) for pk, held in fallen) + _call_again(now - LOST_AFTER)


def _is_gone(held_by: str) -> bool:
    """Whether the run lived in a process of this machine that has ended."""
    here = this_process().split("/")[0]
    host, _slash, rest = held_by.partition("/")
    if not rest or host != here or os.name != "posix":
        return False
    try:
        os.kill(int(rest.split("/")[0]), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _put_back(pk: int, held_by: str) -> bool:
    with transaction.atomic():
        rows = Job.objects.select_for_update(of=("self",), no_key=True)
        job = rows.filter(pk=pk, state=Job.State.RUNNING, held_by=held_by).first()
        if job is None:
            return False
        if job.runs >= RUNS_AT_MOST:
            end(job, Job.State.FAILED, _("It fell too often. Please tell the operator."))
            return False
        job.state, job.held_by, job.beat_at = Job.State.WAITING, "", timezone.now()
        job.save(update_fields=["state", "held_by", "beat_at"])
        hand_over(job)
    return True


def _call_again(before: datetime) -> int:
    """Hand over again what waits since before then and lies in no queue; a job that is called
    twice runs once."""
    count = 0
    waiting = Job.objects.filter(state=Job.State.WAITING)
    silent = waiting.filter(Q(beat_at=None) | Q(beat_at__lt=before))
    called = calls_that_wait() if silent.exists() else set()
    for job in silent.exclude(pk__in=called):
        with transaction.atomic():
            Job.objects.filter(pk=job.pk).update(beat_at=timezone.now())
            hand_over(job)
        count += 1
    return count


def throw_away() -> int:
    """Clear jobs that ended more than ``JOB_FILES_KEPT`` days ago: their files and what they had
    found go, that they were asked for stays. How many were cleared."""
    limit = timezone.now() - timedelta(days=settings.JOB_FILES_KEPT)
    count = 0
    for job in Job.objects.filter(ended_at__lt=limit, cleared_at=None).defer("checkpoint"):
        _clear(job)
        count += 1
    call_command("prune_db_task_results", verbosity=0)
    return count


def _clear(job: Job) -> None:
    job.files.all().delete()
    empty_folder(job.pk)
    Job.objects.filter(pk=job.pk).update(cleared_at=timezone.now(), checkpoint={}, result={})
