"""Jobs of kinds that exist in tests only."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from genxu.core.access import Actor
from genxu.jobs import queue, running
from genxu.jobs.kinds import KINDS, Kind
from genxu.jobs.models import Job
from genxu.jobs.rules import see_jobs
from genxu.jobs.running import Run
from tests.cast import HOME, Cast

COUNT = "tests.count"


@contextmanager
def kind(work: Callable[[Run], None], name: str = COUNT, **options: Any) -> Iterator[str]:
    """A kind of job, as long as the test needs it."""
    KINDS[name] = Kind(name, "Counting", see_jobs, work, **options)
    try:
        yield name
    finally:
        del KINDS[name]


def ask(actor: Actor, cast: Cast, name: str = COUNT, **given: Any) -> Job:
    """A job that nobody runs yet."""
    return queue.put(actor=actor, kind=name, place=cast.hamlet(HOME), for_the_worker=False, **given)


def asked(cast: Cast, part: str = "secretary", state: str = Job.State.WAITING) -> Job:
    with kind(lambda run: None):
        job = ask(cast.actor(part), cast)
    Job.objects.filter(pk=job.pk).update(state=state)
    job.refresh_from_db()
    return job


def finish(job: Job) -> Job:
    running.run(job.pk)
    job.refresh_from_db()
    return job
