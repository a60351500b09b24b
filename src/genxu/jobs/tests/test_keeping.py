"""What fell is taken up again, at once where its process is known to be gone; what is old goes."""

import os
import socket
import subprocess
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from genxu.core.errors import Conflict
from genxu.jobs import actions, keeping
from genxu.jobs.models import Job, JobFile
from tests.cast import Cast

from .factories import asked

HOST = socket.gethostname()
HOLDERS = {"here": f"{HOST}/{os.getpid()}/abc", "elsewhere": "another/1/abc", "nobody": ""}


@pytest.fixture(autouse=True)
def _committed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows a commit happens at once, also within the transaction of a test."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda call: call())


def running(cast: Cast, held_by: str, silent: float = 0, **values: Any) -> Job:
    job = asked(cast, state=Job.State.RUNNING)
    beat = timezone.now() - timedelta(seconds=silent)
    Job.objects.filter(pk=job.pk).update(held_by=held_by, beat_at=beat, **values)
    return job


def gone() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


def test_a_process_of_this_machine_that_is_gone_is_known_at_once(cast: Cast) -> None:
    job = running(cast, f"{HOST}/{gone()}/abc")
    assert keeping.take_up_again() == 1
    job.refresh_from_db()
    assert (job.state, job.held_by) == (Job.State.WAITING, "")
    assert DBTaskResult.objects.ready().get().args_kwargs["args"] == [job.pk]


@pytest.mark.parametrize("where", HOLDERS)
def test_who_lives_or_is_elsewhere_is_left_in_peace_while_it_is_heard_of(
    cast: Cast, where: str
) -> None:
    running(cast, HOLDERS[where], silent=50)
    assert keeping.take_up_again() == 0
    assert Job.objects.get().state == Job.State.RUNNING


@pytest.mark.parametrize("where", HOLDERS)
def test_who_is_silent_for_a_minute_has_fallen(cast: Cast, where: str) -> None:
    running(cast, HOLDERS[where], silent=61)
    assert keeping.take_up_again() == 1


def test_what_falls_again_and_again_is_given_up(cast: Cast) -> None:
    job = running(cast, f"{HOST}/{gone()}/abc", runs=keeping.RUNS_AT_MOST)
    assert keeping.take_up_again() == 0
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert job.trouble


def test_a_job_whose_call_was_lost_is_called_once_more(cast: Cast) -> None:
    job = asked(cast)
    assert keeping.take_up_again() == 0
    waits_since(job, 11)
    assert keeping.take_up_again() == 1
    waits_since(job, 11)
    assert keeping.take_up_again() == 0, "its call lies in the queue"


def test_whoever_took_the_call_and_fell_before_it_took_the_job_holds_nothing_up(cast: Cast) -> None:
    job = asked(cast)
    waits_since(job, 11)
    assert keeping.take_up_again() == 1
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["gone"])
    waits_since(job, 11)
    assert keeping.take_up_again() == 1
    assert DBTaskResult.objects.ready().count() == 1


def waits_since(job: Job, seconds: float) -> None:
    Job.objects.filter(pk=job.pk).update(beat_at=timezone.now() - timedelta(seconds=seconds))


def test_old_jobs_are_cleared_with_all_that_lies_in_their_folder(cast: Cast, settings: Any) -> None:
    settings.JOB_FILES_KEPT = 30
    old, new = asked(cast, state=Job.State.DONE), asked(cast, state=Job.State.DONE)
    for job, days in ((old, 31), (new, 29)):
        ended = timezone.now() - timedelta(days=days)
        Job.objects.filter(pk=job.pk).update(ended_at=ended, result={"lacking": ["罗测一"]})
        row = JobFile(job=job, name="a.pdf", size=1)
        row.file.save("a.pdf", ContentFile(b"a"), save=True)
    storage = JobFile._meta.get_field("file").storage
    storage.save(f"jobs/{old.pk}/left by a fall.pdf", ContentFile(b"x"))
    assert keeping.throw_away() == 1
    assert keeping.throw_away() == 0
    old.refresh_from_db()
    assert (old.result, old.checkpoint, old.files.count()) == ({}, {}, 0)
    assert not storage.exists(f"jobs/{old.pk}")
    assert new.files.get().file.read() == b"a"


def test_a_cleared_job_is_not_resumed(cast: Cast) -> None:
    job = asked(cast, state=Job.State.FAILED)
    Job.objects.filter(pk=job.pk).update(cleared_at=timezone.now())
    with pytest.raises(Conflict):
        actions.resume_job(actor=cast.actor("secretary"), job=job)
