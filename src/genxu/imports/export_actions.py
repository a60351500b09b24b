"""Writing a long list in the background: its own view is asked again, with the power held then."""

from io import BytesIO
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from django.core.handlers.wsgi import WSGIRequest
from django.http import FileResponse
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Missing
from genxu.core.pages import ActorRequest
from genxu.jobs import queue
from genxu.jobs.models import Job
from genxu.jobs.running import Run
from genxu.regions.models import Region

from . import rules


@action(rules.ask_export)
def ask_export(*, actor: Actor, place: Region, path: str) -> Job:
    """Have the list at this address of ours written in the background."""
    _view_at(path)
    return queue.put(actor=actor, kind="imports.export", place=place, path=path)


def write_export(run: Run) -> None:
    """Write the list that the job names, and keep the file for the one who waits."""
    path: str = run.given["path"]
    found = _view_at(path)
    response = found.func(_request(path, run), *found.args, **found.kwargs)
    if not isinstance(response, FileResponse):
        raise Missing(_("This list cannot be written as a spreadsheet."))
    file: Any = response.file_to_stream
    run.add_file(response.filename, Path(file.name), "xlsx")
    file.close()
    run.progress(run.job.total or 0, keep=True)


def _view_at(path: str) -> ResolverMatch:
    """The view at an address; not one that a code opens: there the brake on guessing counts."""
    try:
        found = resolve(urlsplit(path).path)
    except (Resolver404, ValueError):
        raise Missing(_("There is no such list.")) from None
    permission = getattr(found.func, "permission", None)
    if permission is None or permission.public:
        raise Missing(_("There is no such list."))
    return found


def _request(path: str, run: Run) -> ActorRequest:
    """The request as its page would send it, from the one who asked for the job."""
    address = urlsplit(path)
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": address.path,
            "QUERY_STRING": address.query,
            "wsgi.input": BytesIO(),
        }
    )
    asked = cast("ActorRequest", request)
    asked.actor = run.actor
    asked.in_background = run  # type: ignore[attr-defined]
    return asked
