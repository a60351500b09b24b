"""The pages of councils: the list, forming one, one council with its seats."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.forms import posted
from genxu.core.pages import ActorRequest, page, query_without_page, slice_of
from genxu.core.sheets.writing import sheet_response
from genxu.core.steps import tap
from genxu.regions.queries import place_in_charge, place_with

from . import actions, forms, queries, rules
from .customs import hints
from .sheets import COLUMNS
from .steps import seat_of


@page(rules.see_councils)
def council_list(request: ActorRequest) -> HttpResponse:
    """All councils in the actor's charge; or the hamlets that have none."""
    chosen = forms.FilterForm(request.GET).chosen()
    without = chosen.group == "without"
    rows = (
        slice_of(request, queries.hamlets_without(request.actor, chosen))
        if without
        else slice_of(request, queries.council_list(request.actor, chosen))
    )
    context = {
        "page": rows,
        "chosen": chosen,
        "without": without,
        "groups": queries.GROUPS,
        "query": query_without_page(request),
        "place": place_with(chosen.place),
        "may_form": request.actor.plays(rules.FORMERS),
    }
    return render(request, "councils/list.html", context)


@page(rules.see_councils)
def export(request: ActorRequest) -> HttpResponseBase:
    """The seats of all councils of the list."""
    chosen = forms.FilterForm(request.GET).chosen()
    rows = queries.seats_in(queries.council_list(request.actor, chosen))
    return sheet_response(request, _("Village councils"), COLUMNS, rows)


@page(rules.form_council, "GET", "POST")
def form_council(request: ActorRequest, code: str) -> HttpResponse:
    """A new council with those who sit on it, on one screen."""
    hamlet = place_in_charge(request.actor, rules.FORMERS, code)
    rules.form_council.require(request.actor, hamlet=hamlet)
    standing = queries.standing_council(hamlet)
    if standing and request.method != "POST":
        return redirect("council", standing.pk)
    households = queries.households_by_label(request.actor, hamlet.code)
    seats = forms.seat_formset(households, posted(request))
    start = {"formed_on": clock.today()}
    form = forms.TermForm(posted(request), initial=start).with_rows(seats)
    if form.is_bound and form.is_valid():
        facts = [one.facts() for one in form.written("seats")]
        sent: dict[str, Any] = {"actor": request.actor, "hamlet": hamlet, "seats": facts}
        sent |= form.term()
        if council := form.take(actions.form_council, **sent):
            messages.success(request, _("Formed. The hamlet's page shows it."))
            return redirect("council", council.pk)
    context = {"hamlet": hamlet, "form": form, "seats": seats, "households": list(households)}
    return render(request, "councils/form.html", context, status=form.status)


@page(rules.see_councils)
def council_page(request: ActorRequest, pk: int) -> HttpResponse:
    """One council: its chair, its seats, its five groups."""
    council = queries.visible_council(request.actor, pk)
    seats = queries.seats_of(council)
    context = {
        "council": council,
        "seats": seats,
        "chair": next((seat for seat in seats if seat.is_chair), None),
        "groups": queries.groups_of(seats),
        "former": queries.former_seats(council),
        "terms": queries.terms_of(council),
        "hints": hints(council, seats) if council.is_standing else [],
        "steers": council.is_standing and request.actor.holds(rules.FORMERS, council.hamlet_id),
    }
    return render(request, "councils/council.html", context)


@page(rules.leave_seat, "POST")
def leave_seat(request: ActorRequest, pk: int, seat_pk: int) -> HttpResponse:
    """Somebody leaves the council."""
    council = queries.visible_council(request.actor, pk)
    rules.leave_seat.require(request.actor, council=council)
    seat = seat_of(council, seat_pk)
    leave = partial(actions.leave_seat, actor=request.actor, council=council, seat=seat)
    tap(request, _("%s no longer sits on the council.") % seat.name, leave)
    return redirect("council", council.pk)
