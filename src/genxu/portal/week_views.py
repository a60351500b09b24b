"""This week: what somebody who is at work in a hamlet is to do in the seven days from today."""

from datetime import timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from genxu.core import clock
from genxu.core.coming import coming_for
from genxu.core.declared import members
from genxu.core.pages import ActorRequest, page
from genxu.people.rules import see_week

DAYS = timedelta(days=6)


@page(see_week)
def week(request: ActorRequest) -> HttpResponse:
    """Day by day, what is still open from before first; the number of queries is fixed."""
    today = clock.today()
    found = coming_for(request.actor, today, today + DAYS)
    days: list[tuple[Any, list[Any]]] = [
        (day, list(lines)) for day, lines in groupby(found, attrgetter("on")) if day >= today
    ]
    context = {
        "today": today,
        "until": today + DAYS,
        "late": [one for one in found if one.on < today],
        "days": days,
        "more": [
            (link.label, link.url_for(request.actor))
            for link in members("navigation", "WEEK")
            if link.is_for(request.actor)
        ],
    }
    return render(request, "portal/week.html", context)
