"""The page of a hamlet's life."""

from django.http import HttpResponse
from django.shortcuts import render

from genxu.core.errors import Conflict
from genxu.core.pages import ActorRequest, page
from genxu.regions.models import Region

from . import actions, queries, rules
from .steps import PAGES


@page(rules.see_hamlet)
def hamlet(request: ActorRequest, pk: str) -> HttpResponse:
    """What it is and was called, its codes, and what may be done."""
    place = queries.hamlet_to_change(request.actor, pk)
    context = {
        "place": place,
        "path": list(Region.objects.path_to(place.code).exclude(code=place.code)),
        "names": place.former_names.order_by("until", "pk"),
        "codes": place.former_codes.order_by("changed_on", "code"),
        "acts": PAGES.open(request.actor, place),
        "left": "" if place.closed_on else _left(place),
    }
    return render(request, "hamlets/hamlet.html", context)


def _left(place: Region) -> str:
    try:
        actions.check_can_be_closed(place)
    except Conflict as error:
        return str(error.message)
    return ""
