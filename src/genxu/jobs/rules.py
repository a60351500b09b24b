"""Who may see and steer jobs."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, SYSTEM_ROLE, Actor, Decision, denied, permission
from genxu.core.rules import AUDITOR
from genxu.people.roles import EVERY_ROLE
from genxu.regions.models import Region

from .models import Job


@permission(_("See one's own jobs"), roles=EVERY_ROLE, reading=True)
def see_jobs(actor: Actor) -> Decision:
    """The list is cut to what is visible to the actor: her own, and those of her office."""
    return ALLOWED


@permission(_("Stop or start a job again"), roles=[*EVERY_ROLE, SYSTEM_ROLE])
def steer_job(actor: Actor, job: Job) -> Decision:
    """By the one who asked for it, or who holds the office in which it was asked for."""
    return ALLOWED if job.is_of(actor) else denied(_("Somebody else asked for this."))


@permission(_("Verify the journal"), roles=[AUDITOR])
def verify_journal(actor: Actor, place: Region) -> Decision:
    """All of it, from any place: its seals are one chain."""
    return ALLOWED
