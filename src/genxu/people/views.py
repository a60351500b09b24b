"""The pages of the registers: lists, one household, what is done with it."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from genxu.core.actions import Action
from genxu.core.forms import posted
from genxu.core.journal import note_read
from genxu.core.pages import (
    ROWS,
    ActorRequest,
    is_fragment,
    page,
    query_without_page,
    slice_of,
)
from genxu.core.sheets.writing import sheet_response
from genxu.core.steps import tap
from genxu.regions.models import Region
from genxu.regions.queries import name_places

from . import forms, keeping, queries, rules, sheets
from .acts import ACTS
from .household_intake import register_households
from .models import Household
from .rows import HouseholdRow


@page(rules.see_households)
def household_list(request: ActorRequest) -> HttpResponse:
    """The households in the actor's charge, with a search and filters."""
    form = forms.FilterForm(request.GET)
    place, chosen = _asked_for(request, form)
    rows = slice_of(request, queries.household_list(request.actor, chosen))
    name_places(rows.object_list, "hamlet")
    context = {
        "form": form,
        "chosen": chosen,
        "page": rows,
        "query": query_without_page(request),
        "place": place,
        "narrowed": bool(chosen.words or chosen.standing),
    }
    if is_fragment(request):
        return render(request, "people/_list.html", context)
    context |= {
        "counts": queries.counts_of(request.actor, place.code),
        "hamlets": queries.hamlets_of(request.actor, ""),
        "asked_place": request.GET.get("place", ""),
        "everywhere": "" if place.is_hamlet else place.code,
    }
    return render(request, "people/list.html", context)


def _place_of(request: ActorRequest, asked: str) -> Region:
    """The place whose register is shown: the one asked for, or the actor's own."""
    code = asked or request.actor.places(rules.see_households.roles)[0]
    return queries.place_in_charge(request.actor, code)


def _asked_for(request: ActorRequest, form: forms.FilterForm) -> tuple[Region, queries.Filter]:
    """Where and what is looked for; looking for those with needs is logged."""
    chosen = form.chosen()
    place = _place_of(request, chosen.place)
    if chosen.standing == "needs":
        note_read(actor=request.actor, action=rules.see_needs.name, subject=place)
    return place, replace(chosen, place=place.code)


@page(rules.export_households)
def household_sheet(request: ActorRequest) -> HttpResponseBase:
    """The same list, complete, as a spreadsheet."""
    place, chosen = _asked_for(request, forms.FilterForm(request.GET))
    return sheet_response(
        request,
        _("Households of %s") % place,
        sheets.columns(queries.place_names(request.actor, place.code)),
        queries.household_list(request.actor, chosen),
        noted_as=rules.export_households.name,
        place=place,
    )


@page(rules.register_households, "GET", "POST")
def new_household(request: ActorRequest, code: str) -> HttpResponse:
    """A household that is new in the register of a hamlet."""
    place = queries.place_in_charge(request.actor, code)
    rules.register_households.require(request.actor, place=place)
    hamlets = queries.hamlets_of(request.actor, place.code)
    form = forms.HouseholdForm(posted(request), hamlets=hamlets)
    if form.is_valid() and (household := _enter(request, place, form)):
        messages.success(request, _("Entered: %s.") % household)
        return redirect("household", household.pk)
    return render(request, "people/new.html", {"form": form, "place": place}, status=form.status)


def _enter(request: ActorRequest, place: Region, form: forms.HouseholdForm) -> Household | None:
    """Enter what is new. A form corrects nothing by the way: what is there already is said."""
    row, client_id = form.entered(), form.cleaned_data["client_id"]
    known = queries.registered_as(row)
    if known is not None and not register_households.made_before(request.actor, client_id):
        form.add_error(*_known_already(row, known))
        return None
    sent: dict[str, Any] = {"actor": request.actor, "place": place, "rows": [row]}
    done = form.take(register_households, **sent, count=1, hamlets=[row.hamlet])
    return queries.registered_as(row) if done else None


def _known_already(row: HouseholdRow, known: Household) -> tuple[str, str]:
    """The field and what is said there."""
    if row.number is not None:
        return "number", _("This is the number of %s. Leave it empty for a free one.") % known
    text = _(
        "%s has the same name and phone number. If it is another household, give it a house number."
    )
    return "head_name", text % known


@page(rules.see_households)
def household_page(request: ActorRequest, pk: int) -> HttpResponse:
    """One household: what is kept of it, its history, what may be done."""
    household = queries.visible_household(request.actor, pk)
    acts = ACTS.open(request.actor, household)
    context = {
        "household": household,
        "history": queries.history(household),
        "doubles": list(household.doubles.order_by("number")),
        "acts": [act for act in acts if not act.dangerous],
        "erase": next((act for act in acts if act.dangerous), None),
        "has_slip": household.lives_here and not household.is_erased,
    }
    return render(request, "people/household.html", context)


@page(rules.see_needs)
def household_needs(request: ActorRequest, pk: int) -> HttpResponse:
    """What a household needs; each reading is logged."""
    household = queries.visible_household(request.actor, pk)
    rules.see_needs.require(request.actor, place=household.hamlet)
    note_read(actor=request.actor, action=rules.see_needs.name, subject=household)
    may_change = any(act.name == "set_needs" for act in ACTS.open(request.actor, household))
    context = {"household": household, "needs": household.needs.all(), "may_change": may_change}
    return render(request, "people/needs.html", context)


def _at_once(
    request: ActorRequest, pk: int, action: Action[Any, Household], told: str
) -> HttpResponse:
    """An act of one tap: what stands against it is said on the household's page."""
    household = queries.visible_household(request.actor, pk)
    tap(request, told, partial(action, actor=request.actor, household=household))
    return redirect("household", pk)


@page(rules.come_back, "POST")
def come_back(request: ActorRequest, pk: int) -> HttpResponse:
    return _at_once(request, pk, keeping.come_back, _("It lives here again and is counted."))


@page(rules.undo_merge, "POST")
def undo_merge(request: ActorRequest, pk: int) -> HttpResponse:
    return _at_once(request, pk, keeping.undo_merge, _("It is a household of its own again."))


@page(rules.see_households)
def doubles(request: ActorRequest) -> HttpResponse:
    """Households that look like doubles of each other: same name or same phone in a hamlet."""
    place = _place_of(request, forms.FilterForm(request.GET).chosen().place)
    pairs = queries.likely_doubles(request.actor, place.code)
    shown = Paginator(pairs, ROWS).get_page(request.GET.get("page"))
    name_places((one for pair in shown for one in (pair.first, pair.second)), "hamlet")
    context = {"place": place, "page": shown, "query": query_without_page(request)}
    return render(request, "people/doubles.html", context)


@page(rules.tell_apart, "POST")
def tell_apart(request: ActorRequest, pk: int, other_pk: int) -> HttpResponse:
    """Two that only look alike: they are not suggested again."""
    household = queries.visible_household(request.actor, pk)
    other = queries.visible_household(request.actor, other_pk)
    apart = partial(keeping.tell_apart, actor=request.actor, household=household, other=other)
    tap(request, _("Noted: two households. They are not suggested again."), apart)
    return redirect("household_doubles")
