"""The pages of spreadsheets: out in the background; in, from the upload to the end."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from genxu.core.errors import Missing
from genxu.core.pages import ActorRequest, page
from genxu.regions.models import Region

from . import rules
from .exporting import ask_export as put_export


@page(rules.ask_export, "POST")
def ask_export(request: ActorRequest) -> HttpResponse:
    """Have a long list written in the background; then its job is shown."""
    code = request.actor.places(rules.ask_export.roles)[0]
    place = Region.objects.filter(code=code).first()
    if place is None:
        raise Missing(_("There is no such place, or it is not in your charge."))
    job = put_export(actor=request.actor, place=place, path=request.POST.get("path", ""))
    return redirect("job", job.pk)
