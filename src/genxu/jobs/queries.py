"""Reading jobs. The checkpoint may be long, and is for the work alone."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.errors import Missing

from .models import Job


def visible_jobs(actor: Actor) -> QuerySet[Job]:
    """One's own jobs, the newest first."""
    rows = Job.objects.visible_to(actor).select_related("place")
    return rows.defer("checkpoint", "result").order_by("-pk")


def visible_job(actor: Actor, pk: int) -> Job:
    rows = Job.objects.visible_to(actor).select_related("place").defer("checkpoint")
    job = rows.filter(pk=pk).first()
    if job is None:
        raise Missing(_("There is no such job, or it is not yours."))
    return job
