"""Stopping a job, starting a broken one again; the one job that is of no register."""

from django.utils import timezone
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict
from genxu.regions.models import Region

from . import rules
from .kinds import KINDS
from .models import Job
from .queue import hand_over, put

VERIFYING = "jobs.verify_journal"


@action(rules.steer_job, locks="job")
def stop_job(*, actor: Actor, job: Job) -> Job:
    """Stop it; what it has done stays done."""
    if job.is_over:
        raise Conflict(_("It is over already."))
    job.state, job.ended_at, job.held_by = Job.State.CANCELLED, timezone.now(), ""
    job.save(update_fields=["state", "ended_at", "held_by"])
    return job


@action(rules.steer_job, locks="job")
def resume_job(*, actor: Actor, job: Job) -> Job:
    """Go on where it broke off or was stopped, with the power of the one who goes on."""
    if job.state not in (Job.State.FAILED, Job.State.CANCELLED):
        raise Conflict(_("It is not broken off."))
    if job.cleared_at:
        raise Conflict(_("It lies too far back. Please ask for it anew."))
    job.state, job.trouble, job.ended_at, job.runs = Job.State.WAITING, "", None, 0
    job.beat_at = timezone.now()
    if job.kind in KINDS:
        job.ask(actor, KINDS[job.kind].offices)
    job.save()
    hand_over(job)
    return job


@action(rules.verify_journal)
def ask_verifying(*, actor: Actor, place: Region) -> Job:
    """Have every row and every seal of the journal checked."""
    return put(actor=actor, kind=VERIFYING, place=place)
