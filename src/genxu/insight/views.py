"""The dashboard of a place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from genxu.core.pages import ActorRequest, page
from genxu.institutions.matters.workflow import Answer
from genxu.regions.models import Region

from . import queries, rules
from .catalogue import figures

HEAD = [
    ("institutions.talks_held", "talks", ""),
    ("institutions.suggestions", "", ""),
    ("institutions.matters_open", "matters", "open"),
    ("institutions.matters_overdue", "matters", "overdue"),
    ("institutions.matters_done", "matters", "done"),
    ("institutions.matters_closed", "matters", "closed"),
    ("institutions.matters_unconfirmed", "matters", "unconfirmed"),
]


@page(rules.see_figures)
def dashboard(request: ActorRequest, code: str) -> HttpResponse:
    """Talks, suggestions, matters and verdicts of a place, and each place below as a row."""
    place = queries.visible_place(request.actor, code)
    if place.code != code:
        return redirect("dashboard", place.code, permanent=True)
    standing = queries.standing_of(place)
    verdicts = [(a.label, standing[f"institutions.verdicts.{a}"]) for a in Answer]
    context = {
        "place": place,
        "path": path_for(request, place),
        "head": [_figure(key, standing[key], place, page, group) for key, page, group in HEAD],
        "verdicts": verdicts,
        "verdicts_total": sum(n for _label, n in verdicts),
        "rows": [] if place.is_hamlet else _rows(place),
        "columns": [figures()[key].term for key, _page, _group in HEAD],
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


def _figure(key: str, value: int, place: Region, page_name: str, group: str) -> dict[str, object]:
    link = f"{reverse(page_name)}?place={place.code}&group={group}" if page_name else ""
    return {"key": key, "term": figures()[key].term, "value": value, "link": link}


def _rows(place: Region) -> list[dict[str, object]]:
    terms = {key: str(figures()[key].term) for key, _page, _group in HEAD}
    return [
        {
            "place": row.place,
            "cells": [{"term": terms[key], "value": row.values[key], "key": key} for key in terms],
        }
        for row in queries.rows_below(place)
    ]
