"""The organisation of a place: a hamlet's chart, or the figures and doors of a higher place."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from genxu.core.access import Actor
from genxu.core.declared import members
from genxu.core.fresh import kept_part
from genxu.core.navigation import Door
from genxu.core.pages import ActorRequest, page
from genxu.insight.queries import rows_below, standing_of
from genxu.insight.tiles import figures_on, table_of
from genxu.organisation.branches.rules import see_organisations
from genxu.regions.models import Region
from genxu.regions.queries import path_in_charge, place_in_charge

from .chart import chart_for, seen_by


@page(see_organisations)
def place_organisation(request: ActorRequest, code: str) -> HttpResponse:
    """A hamlet's chart; of a higher place its figures, its doors and the places below."""
    place = place_in_charge(request.actor, see_organisations.roles, code)
    if place.code != code:
        return redirect("place_organisation", place.code, permanent=True)
    context: dict[str, Any] = {
        "place": place,
        "path": path_in_charge(request.actor, see_organisations.roles, place),
        "doors": doors_of(request.actor, place),
    }
    if place.is_hamlet:
        seen = seen_by(request.actor, place)
        context["chart"] = kept_part(
            request, "portal/_chart.html", place.code, *seen,
            make=lambda: {"chart": chart_for(place, *seen)},
        )  # fmt: skip
        return render(request, "portal/organisation_hamlet.html", context)
    context |= {
        "figures": figures_on("organisation", request.actor, place, standing_of(place)),
        "table": table_of(rows_below(place), "organisation"),
    }
    return render(request, "portal/organisation.html", context)


def doors_of(actor: Actor, place: Region) -> list[tuple[Door, str]]:
    """Where one can go on from a place, with what the actor may open there."""
    doors: list[Door] = sorted(members("navigation", "DOORS"), key=lambda door: door.order)
    return [
        (door, url)
        for door in doors
        if actor.holds(door.permission.roles, place.code) and (url := door.address(place))
    ]
