"""The dashboard of a place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from genxu.core.access import Actor
from genxu.core.pages import ActorRequest, page
from genxu.institutions.matters.workflow import Answer
from genxu.regions.models import Region

from . import queries, rules
from .catalogue import figures
from .tiles import HEAD, ROOTS, Tile


@page(rules.see_figures)
def dashboard(request: ActorRequest, code: str) -> HttpResponse:
    """Organisation, talks, matters and verdicts of a place, and each place below as a row."""
    place = queries.visible_place(request.actor, code)
    if place.code != code:
        return redirect("dashboard", place.code, permanent=True)
    standing = queries.standing_of(place)
    verdicts = [(a.label, standing[f"institutions.verdicts.{a}"]) for a in Answer]
    context = {
        "place": place,
        "path": path_for(request, place),
        "head": [_figure(tile, standing, place, request.actor) for tile in HEAD],
        "roots": [_figure(tile, standing, place, request.actor) for tile in ROOTS],
        "verdicts": verdicts,
        "verdicts_total": sum(n for _label, n in verdicts),
        "tables": [] if place.is_hamlet else _tables(place),
        "talks_trend": queries.trend(place, "institutions.talks_held"),
        "done_trend": queries.trend(place, "institutions.matters_done"),
        "counted_at": queries.counted_at(),
    }
    return render(request, "insight/dashboard.html", context)


def path_for(request: HttpRequest, place: Region) -> list[Region]:
    """The places above that the actor may open too."""
    actor = request.actor  # type: ignore[attr-defined]
    path = Region.objects.path_to(place.code).exclude(code=place.code)
    return [up for up in path if actor.holds(rules.see_figures.roles, up.code)]


def _figure(tile: Tile, standing: dict[str, int], place: Region, actor: Actor) -> dict[str, object]:
    link = tile.address(actor, place)
    return {"key": tile.key, "term": _term(tile), "value": standing[tile.key], "link": link}


def _term(tile: Tile) -> str:
    return str(figures()[tile.key].term)


def _tables(place: Region) -> list[dict[str, object]]:
    """The places below by their talks and matters, and by their organisation."""
    below = queries.rows_below(place)
    tables = [("below", gettext("Place by place"), HEAD),
              ("roots-below", gettext("The organisation, place by place"), ROOTS)]  # fmt: skip
    return [
        {
            "id": name,
            "title": title,
            "columns": [_term(tile) for tile in tiles],
            "rows": [_row(row, tiles) for row in below],
        }
        for name, title, tiles in tables
        if below
    ]


def _row(row: queries.Row, tiles: list[Tile]) -> dict[str, object]:
    cells = [{"term": _term(t), "value": row.values[t.key], "key": t.key} for t in tiles]
    return {"place": row.place, "cells": cells}
