"""Who may see and steer jobs."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, SYSTEM_ROLE, Actor, Decision, denied, permission
from genxu.people.roles import EVERYONE_BUT_AUDITORS

from .models import Job


@permission(_("See one's own jobs"), roles=EVERYONE_BUT_AUDITORS, reading=True)
def see_jobs(actor: Actor) -> Decision:
    """The list is cut to what is visible to the actor: her own."""
    return ALLOWED


@permission(_("Stop or start a job again"), roles=[*EVERYONE_BUT_AUDITORS, SYSTEM_ROLE])
def steer_job(actor: Actor, job: Job) -> Decision:
    """By the one who asked for it."""
    return ALLOWED if job.asked_by == actor.label else denied(_("Somebody else asked for this."))
