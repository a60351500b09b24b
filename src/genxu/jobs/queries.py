"""Reading jobs. The checkpoint may be long, and is for the work alone."""

from django.db.models import QuerySet

from genxu.core.access import Actor

from .models import Job


def visible_jobs(actor: Actor) -> QuerySet[Job]:
    """One's own jobs and those of one's office, the newest first."""
    rows = Job.objects.visible_to(actor).select_related("place", "account")
    return rows.defer("checkpoint", "result").order_by("-pk")


def visible_job(actor: Actor, pk: int) -> Job:
    rows = Job.objects.select_related("place", "account").defer("checkpoint")
    return rows.one_for(actor, pk)


def under_way(actor: Actor, kind: str) -> Job | None:
    """The job of this kind, one's own or one's office's, that waits or runs: whoever asks again
    is led to it."""
    rows = Job.objects.visible_to(actor).filter(kind=kind, ended_at=None)
    return rows.order_by("-pk").first()
