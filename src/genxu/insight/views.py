"""The dashboard of a place."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from genxu.core.pages import ActorRequest, page
from genxu.institutions.matters.workflow import Answer
from genxu.regions.models import Region
from genxu.regions.queries import path_in_charge, place_in_charge

from . import queries, rules
from .tiles import figures_on, table_of, tiles_on


@page(rules.see_figures)
def dashboard(request: ActorRequest, code: str) -> HttpResponse:
    """Organisation, talks, matters and verdicts of a place, and each place below as a row."""
    place = place_in_charge(request.actor, rules.see_figures.roles, code)
    if place.code != code:
        return redirect("dashboard", place.code, permanent=True)
    standing = queries.standing_of(place) | queries.wide_of(place)
    drawn = [tile for tile in tiles_on("dashboard") if tile.trend]
    trends = queries.trends(place, [tile.key for tile in drawn])
    verdicts = [(a.label, standing[f"institutions.verdicts.{a}"]) for a in Answer]
    context = {
        "place": place,
        "path": path_in_charge(request.actor, rules.see_figures.roles, place),
        "head": figures_on("dashboard", request.actor, place, standing),
        "roots": figures_on("roots", request.actor, place, standing),
        "team": figures_on("team", request.actor, place, standing),
        "places": figures_on("places", request.actor, place, standing),
        "ends": figures_on("ends", request.actor, place, standing),
        "verdicts": verdicts,
        "verdicts_total": sum(n for _label, n in verdicts),
        "tables": [] if place.is_hamlet else _tables(place),
        "trends": [(tile.trend, bars) for tile, bars in zip(drawn, trends, strict=True)],
        "counted_at": queries.counted_at(),
    }
    return render(request, "insight/dashboard.html", context)


def _tables(place: Region) -> list[dict[str, object]]:
    """The places below by their talks and matters, and by their organisation."""
    below = queries.rows_below(place)
    tables = [("below", gettext("Place by place"), "dashboard"),
              ("roots-below", gettext("The organisation, place by place"), "roots")]  # fmt: skip
    return [
        {"id": name, "title": title, **table_of(below, page)}
        for name, title, page in tables
        if below
    ]
