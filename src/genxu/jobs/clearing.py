"""Clearing what jobs have made before its time: a part of actions, in their transaction."""

from collections.abc import Collection
from functools import partial

from django.db import transaction
from django.utils import timezone

from .models import Job, JobFile, folder_of
from .running import POWER

KEPT_OF_GIVEN = ("language", POWER)


def clear_jobs(places: Collection[str], kinds: Collection[str]) -> None:
    """Jobs of these kinds at these places: their files, what they found and what they were given
    go; one that is still at work is stopped, it would bring the same again."""
    rows = Job.objects.select_for_update(of=("self",), no_key=True)
    for job in rows.filter(place__in=places, kind__in=kinds, cleared_at=None).order_by("pk"):
        now = timezone.now()
        if not job.is_over:
            job.state, job.ended_at, job.held_by = Job.State.CANCELLED, now, ""
        job.cleared_at, job.checkpoint, job.result, job.trouble = now, {}, {}, ""
        job.given = {name: job.given[name] for name in KEPT_OF_GIVEN if name in job.given}
        job.save()
        job.files.all().delete()
        transaction.on_commit(partial(empty_folder, job.pk))


def empty_folder(pk: int) -> None:
    """Whatever lies in the job's folder goes, also what a killed run had left there."""
    storage = JobFile._meta.get_field("file").storage
    folder = folder_of(pk)
    if storage.exists(folder):
        for name in storage.listdir(folder)[1]:
            storage.delete(f"{folder}/{name}")
        storage.delete(folder)
