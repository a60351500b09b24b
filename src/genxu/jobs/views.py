"""The pages of jobs: one's own, one with its progress, its files."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from genxu.core.actions import Action
from genxu.core.errors import Conflict, Missing
from genxu.core.pages import ActorRequest, page, slice_of

from . import actions, queries, rules
from .kinds import KINDS
from .models import Job


@page(rules.see_jobs)
def job_list(request: ActorRequest) -> HttpResponse:
    """One's own jobs, the newest first."""
    rows = slice_of(
        request, Job.objects.visible_to(request.actor).select_related("place").order_by("-pk")
    )
    for job in rows.object_list:
        name_kind(job)
    return render(request, "jobs/list.html", {"page": rows, "query": ""})


def name_kind(job: Job) -> None:
    kind = KINDS.get(job.kind)
    job.label = kind.label if kind else job.kind  # type: ignore[attr-defined]


@page(rules.see_jobs)
def job_page(request: ActorRequest, pk: int) -> HttpResponse:
    """One job: how far it is, what it made. The fragment with the bar asks for itself again."""
    job = queries.visible_job(request.actor, pk)
    name_kind(job)
    context = {"job": job, "files": list(job.files.order_by("name")) if job.is_over else []}
    template = "jobs/_progress.html" if "HX-Request" in request.headers else "jobs/job.html"
    return render(request, template, context)


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
    """A file that a job made, for the one who asked for it."""
    job = queries.visible_job(request.actor, pk)
    row = job.files.filter(pk=file_pk).first()
    if row is None:
        raise Missing(_("There is no such file."))
    try:
        content = row.file.open()
    except FileNotFoundError as error:
        raise Missing(_("There is no such file any more.")) from error
    return FileResponse(content, as_attachment=True, filename=row.name)
