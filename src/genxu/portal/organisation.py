"""The organisation of a place: a hamlet's chart, or the figures and doors of a higher place."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.errors import Missing
from genxu.core.fresh import kept_part
from genxu.core.pages import ActorRequest, page
from genxu.imports.rules import see_imports
from genxu.insight.catalogue import figures
from genxu.insight.queries import rows_below, standing_of
from genxu.organisation.branches.rules import see_organisations
from genxu.organisation.centre_households.rules import print_papers, see_coverage
from genxu.people.rules import see_households
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region
from genxu.regions.queries import find_region

from .chart import chart_for, seen_by

FIGURES = {
    "people.population": "",
    "organisation.branches": "organisations",
    "organisation.party_groups": "organisations",
    "organisation.centre_households": "centre_households",
    "organisation.households_covered": "",
    "organisation.councils": "councils",
}
"""Figure → the list behind it."""
PROPOSED = (LENGTHS[Level.TOWNSHIP], LENGTHS[Level.VILLAGE])
"""The levels that have one page for the coverage of all their hamlets."""


@dataclass(frozen=True, slots=True)
class Door:
    """A way on: its name, what is behind it, and its address."""

    label: str
    note: str
    url: str


@page(see_organisations)
def place_organisation(request: ActorRequest, code: str) -> HttpResponse:
    """A hamlet's chart; of a higher place its figures, its doors and the places below."""
    place = find_region(code)
    if not request.actor.holds(see_organisations.roles, place.code):
        raise Missing(_("There is no such place, or it is not in your charge."))
    if place.code != code:
        return redirect("place_organisation", place.code, permanent=True)
    context: dict[str, Any] = {
        "place": place,
        "path": path_for(request.actor, place),
        "doors": doors_of(request.actor, place),
    }
    if place.is_hamlet:
        seen = seen_by(request.actor, place)
        context["chart"] = kept_part(
            request, "portal/_chart.html", place.code, *seen,
            make=lambda: {"chart": chart_for(place, *seen)},
        )  # fmt: skip
        return render(request, "portal/organisation_hamlet.html", context)
    keys = [key for key in FIGURES if key in figures()]
    standing = standing_of(place)
    context |= {
        "figures": [_figure(key, standing[key], place) for key in keys],
        "columns": [figures()[key].term for key in keys],
        "rows": _rows(place, keys),
    }
    return render(request, "portal/organisation.html", context)


def path_for(actor: Actor, place: Region) -> list[Region]:
    """The places above that the actor may open too."""
    path = Region.objects.path_to(place.code).exclude(code=place.code)
    return [up for up in path if actor.holds(see_organisations.roles, up.code)]


def _figure(key: str, value: int, place: Region) -> dict[str, Any]:
    name = FIGURES[key]
    url = f"{reverse(name)}?place={place.code}" if name else ""
    return {"term": figures()[key].term, "value": value, "url": url}


def _rows(place: Region, keys: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "place": row.place,
            "cells": [{"term": figures()[key].term, "value": row.values[key]} for key in keys],
        }
        for row in rows_below(place)
    ]


def doors_of(actor: Actor, place: Region) -> list[Door]:
    """Where one can go on from a place, with what the actor may open there."""
    code = place.code
    doors = [
        Door(_("Party organisations"), _("Branches, groups, terms"), _list("organisations", code)),
        Door(_("Centre households"), _("Who serves, who stands"), _list("centre_households", code)),
        Door(_("Village councils"), _("Seats and five groups"), _list("councils", code)),
        Door(_("Assemblies"), _("What was decided, what counts"), _list("assemblies", code)),
    ]  # fmt: skip
    if actor.holds(see_households.roles, code):
        doors.insert(0, Door(_("Households"), _("The register"), _list("households", code)))
    if actor.holds(see_coverage.roles, code) and (url := _coverage(place)):
        doors.insert(3, Door(_("Who looks after whom"), _("Households drawn to neighbours"), url))
    if actor.holds(see_imports.roles, code):
        doors.append(
            Door(_("Take in a spreadsheet"), _("Look first, then enter"), reverse("imports"))
        )
    if actor.holds(print_papers.roles, code):
        url = _list("print_centre_households", code)
        doors.append(Door(_("Certificates and door plates"), _("Print many at once"), url))
    return doors


def _list(name: str, code: str) -> str:
    return f"{reverse(name)}?place={code}"


def _coverage(place: Region) -> str:
    if place.is_hamlet:
        return reverse("coverage", args=[place.code])
    return reverse("coverage_place", args=[place.code]) if len(place.code) in PROPOSED else ""
