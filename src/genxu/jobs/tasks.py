"""The one task of the queue: run a job. What a job does is its kind's."""

from django_tasks import task

from . import running


@task()
def run_job(pk: int) -> None:
    """Run the job with this number."""
    running.run(pk)
