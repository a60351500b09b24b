"""The pages of jobs: one's own, one with its progress, its files."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core.access import Actor
from genxu.core.actions import Action
from genxu.core.errors import Conflict, Denied, Missing
from genxu.core.lists import ListPage, NarrowingForm
from genxu.core.pages import ActorRequest, page
from genxu.regions.queries import place_with

from . import actions, queries, rules
from .kinds import KINDS
from .models import Job
from .packing import in_one_zip
from .running import has_power_still, target_of

STEPS_SAID = 25
"""Percent between two words to a screen reader."""


class JobList(ListPage[NarrowingForm, Job]):
    """One's own jobs, the newest first."""

    permission = rules.see_jobs
    form = NarrowingForm
    template = "jobs/list.html"
    title = gettext_lazy("In the background")
    address = "jobs"

    def rows(self, actor: Actor) -> QuerySet[Job]:
        return queries.visible_jobs(actor)


jobs = JobList()


@page(rules.see_jobs)
def job_page(request: ActorRequest, pk: int) -> HttpResponse:
    """One job: how far it is, what it made. The fragment with the bar asks for itself again."""
    job = queries.visible_job(request.actor, pk)
    if "HX-Request" in request.headers:
        if there := _leads_to(request.actor, job):
            return HttpResponse(headers={"HX-Redirect": there})
        context = _context(request.actor, job, request.GET.get("said", ""))
        return render(request, "jobs/_progress.html", context)
    return render(request, "jobs/job.html", _context(request.actor, job, None))


def _leads_to(actor: Actor, job: Job) -> str:
    """Where its kind has what is ready looked at, or nothing."""
    kind = KINDS.get(job.kind)
    ready = job.state == Job.State.DONE and not job.cleared_at and has_power_still(actor, job)
    return kind.leads_to(job) if kind and kind.leads_to and ready else ""


def _context(actor: Actor, job: Job, said: str | None) -> dict[str, Any]:
    """``said`` is what the page has told a screen reader last: it is told only what is new.

    What the job found and made is shown with the power held still.
    """
    now = job.state if job.is_over else f"{(job.percent or 0) // STEPS_SAID * STEPS_SAID}"
    kind = KINDS.get(job.kind)
    open_still = job.is_over and has_power_still(actor, job)
    return {
        "job": job,
        "files": list(job.files.order_by("name")) if open_still else [],
        "there": _leads_to(actor, job),
        "shown": kind.shown if kind and open_still and not job.cleared_at else "",
        "said": now,
        "news": said is not None and said != now,
    }


@page(rules.verify_journal, "POST")
def verify_journal(request: ActorRequest) -> HttpResponse:
    """Ask for the whole journal to be verified, and see what is found."""
    place = place_with(request.actor.places(rules.verify_journal.roles)[0])
    if place is None:
        raise Missing(_("There is no such place, or it is not in your charge."))
    there = queries.under_way(request.actor, actions.VERIFYING)
    asked = there or actions.ask_verifying(actor=request.actor, place=place)
    return redirect("job", asked.pk)


@page(rules.steer_job, "POST")
def stop_job(request: ActorRequest, pk: int) -> HttpResponse:
    """Stop it."""
    return _steer(request, pk, actions.stop_job, _("Stopped. What was done stays done."))


@page(rules.steer_job, "POST")
def resume_job(request: ActorRequest, pk: int) -> HttpResponse:
    """Go on with it."""
    return _steer(request, pk, actions.resume_job, _("It goes on where it broke off."))


def _steer(request: ActorRequest, pk: int, act: "Action[..., Job]", said: str) -> HttpResponse:
    job = queries.visible_job(request.actor, pk)
    try:
        act(actor=request.actor, job=job)
        messages.success(request, said)
    except Conflict as error:
        messages.warning(request, str(error.message))
    return redirect("job", pk)


@page(rules.see_jobs)
def job_file(request: ActorRequest, pk: int, file_pk: int) -> HttpResponseBase:
    """A file that a job made."""
    row = _job_with_power(request, pk).files.filter(pk=file_pk).first()
    if row is None:
        raise Missing(_("There is no such file."))
    try:
        content = row.file.open()
    except FileNotFoundError as error:
        raise Missing(_("There is no such file any more.")) from error
    return FileResponse(content, as_attachment=True, filename=row.name)


@page(rules.see_jobs)
def job_files(request: ActorRequest, pk: int) -> HttpResponseBase:
    """All files of a job in one ZIP."""
    job = _job_with_power(request, pk)
    files = list(job.files.order_by("name"))
    if not files:
        raise Missing(_("There is no such file."))
    name = f"{job.place} {job.label}.zip"
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return StreamingHttpResponse(in_one_zip(files), content_type="application/zip", headers=headers)


def _job_with_power(request: ActorRequest, pk: int) -> Job:
    """A job of one's own, with the power to do it held still: its files are what that gives."""
    job = queries.visible_job(request.actor, pk)
    if job.kind in KINDS:
        KINDS[job.kind].permission.require(request.actor, **target_of(job))
    if not has_power_still(request.actor, job):
        raise Denied(_("You no longer have a role with which this was made."))
    return job
