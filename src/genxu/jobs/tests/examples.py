"""How the addresses of jobs are opened: a job is there for the one alone who asked for it."""

from typing import Any

from django.core.files.base import ContentFile

from genxu.jobs.models import Job, JobFile
from tests.addresses import Example, Make
from tests.cast import Cast

from .factories import asked

OWNER = "secretary"


class Own(Example):
    def sees(self, part: str) -> bool:
        return part == OWNER


def _list(cast: Cast) -> Example:
    asked(cast, OWNER)
    return Example()


def _job(cast: Cast) -> Example:
    return Own({"pk": asked(cast, OWNER).pk})


def _steer(state: str) -> Make:
    def make(cast: Cast) -> Example:
        job = asked(cast, OWNER, state)
        sent: dict[str, Any] = {}
        return Own({"pk": job.pk}, None, {"job": job}, get=False, sent=sent)

    return make


def _file(cast: Cast) -> Example:
    job = asked(cast, OWNER, Job.State.DONE)
    row = JobFile(job=job, name="a.pdf", size=1)
    row.file.save("a.pdf", ContentFile(b"a"), save=True)
    return Own({"pk": job.pk, "file_pk": row.pk})


EXAMPLES: dict[str, list[Make]] = {
    "jobs": [_list],
    "job": [_job],
    "stop_job": [_steer(Job.State.RUNNING)],
    "resume_job": [_steer(Job.State.CANCELLED)],
    "job_file": [_file],
}
