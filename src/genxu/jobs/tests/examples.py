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


def _made(cast: Cast) -> JobFile:
    row = JobFile(job=asked(cast, OWNER, Job.State.DONE), name="a.pdf", size=1)
    row.file.save("a.pdf", ContentFile(b"a"), save=True)
    return row


def _file(cast: Cast) -> Example:
    row = _made(cast)
    return Own({"pk": row.job_id, "file_pk": row.pk})


def _files(cast: Cast) -> Example:
    return Own({"pk": _made(cast).job_id})


EXAMPLES: dict[str, list[Make]] = {
    "jobs": [_list],
    "job": [_job],
    "stop_job": [_steer(Job.State.RUNNING)],
    "resume_job": [_steer(Job.State.CANCELLED)],
    "job_file": [_file],
    "job_files": [_files],
}
