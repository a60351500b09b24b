"""Asking for a job: a part of actions, in the transaction of the one that calls it."""

from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from genxu.core.access import Actor
from genxu.regions.models import Region

from . import running
from .kinds import KINDS
from .models import Job


@task()
def run_job(pk: int) -> None:
    """The one task of the queue: run the job with this number. What it does is its kind's."""
    running.run(pk)


def put(
    *,
    actor: Actor,
    kind: str,
    place: Region,
    total: int | None = None,
    for_the_worker: bool = True,
    **given: Any,
) -> Job:
    """Write the job down, and hand it to the worker when the transaction is through.

    It speaks the language of the one who asks. Without ``for_the_worker`` the caller runs it.
    """
    if kind not in KINDS:
        raise LookupError(f"there is no kind of job {kind}")
    made = Job(
        kind=kind,
        place=place,
        given={"language": translation.get_language(), **given},
        total=total,
        beat_at=timezone.now(),
    ).ask(actor, KINDS[kind].offices)
    made.save()
    if for_the_worker:
        hand_over(made)
    return made


def hand_over(job: Job) -> None:
    """Let the worker take the job once the transaction is through."""
    transaction.on_commit(partial(run_job.enqueue, job.pk))


def calls_that_wait() -> set[int]:
    """The jobs whose call lies in the queue, not yet taken by any process."""
    calls = DBTaskResult.objects.ready().filter(task_path=run_job.module_path)
    return {sent["args"][0] for sent in calls.values_list("args_kwargs", flat=True)}
