"""Without log-in: the month of a place, and its rooms as calendars; nobody is named."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from genxu.core.cuts import First
from genxu.core.errors import Missing
from genxu.core.pages import ActorRequest, page
from genxu.places.venues.models import Venue
from genxu.places.venues.queries import rooms_of
from genxu.places.venues.workflow import State

from . import queries, rules
from .feed import calendar_of
from .models import Use
from .queries import asked_month

OVER = 60
"""So many of the latest stand in a calendar."""


def _venue(code: str, pk: int) -> Venue:
    rows = Venue.objects.exclude(state=State.MISTAKE).select_related("hamlet__parent")
    found = rows.filter(hamlet=code, pk=pk).first()
    if found is None:
        raise Missing(_("There is no such place here."))
    return found


@page(rules.see_month)
def public_venue(request: ActorRequest, code: str, pk: int) -> HttpResponse:
    """What is on in a place, day by day."""
    venue = _venue(code, pk)
    month = queries.month_of(venue, asked_month(request.GET.get("month", "")))
    context = {"venue": venue, "month": month, "rooms": rooms_of(venue)}
    return render(request, "bookings/public.html", context)


@page(rules.see_month)
def room_dates(request: ActorRequest, code: str, pk: int, room: int) -> HttpResponse:
    """One room as a calendar for a phone: what kind of thing is on when."""
    venue = _venue(code, pk)
    found = next((one for one in rooms_of(venue) if one.pk == room), None)
    if found is None:
        raise Missing(_("There is no such room here."))
    rows = Use.objects.standing().filter(room=found).select_related("booking")
    uses = First.of(rows.order_by("-begins_at", "-pk"), OVER)
    content = calendar_of(f"{venue} · {found}", uses, request.get_host())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return response
