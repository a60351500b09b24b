"""Reading jobs."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.errors import Missing

from .models import Job


def visible_job(actor: Actor, pk: int) -> Job:
    job = Job.objects.visible_to(actor).select_related("place").filter(pk=pk).first()
    if job is None:
        raise Missing(_("There is no such job, or it is not yours."))
    return job
