"""The pages of the registers: lists, one household, what is done with it."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core.access import Actor
from genxu.core.errors import Missing
from genxu.core.forms import posted
from genxu.core.journal import note_read
from genxu.core.pages import (
    ROWS,
    ActorRequest,
    page,
    query_without_page,
)
from genxu.core.sheets.writing import Out
from genxu.core.steps import tap
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.lists import PlaceChoice, PlacedList, places_below
from genxu.regions.models import Region
from genxu.regions.queries import name_places

from . import actions, forms, household_actions, queries, rules, sheets
from .household_intake import register_households
from .models import Grant, Household
from .roles import RUNG
from .rows import HouseholdRow
from .steps import PAGES


class HouseholdList(PlacedList[forms.HouseholdsForm, Household]):
    """The register of a place in the actor's charge; looking for those with needs is logged, and
    so is each sheet."""

    permission = rules.see_households
    form = forms.HouseholdsForm
    template = "people/list.html"
    title = gettext_lazy("Households")
    address = "households"
    named = ("hamlet",)
    renews_head = False  # it counts the place
    sheet_permission = rules.export_households
    noted_as = rules.export_households.name

    def rows(self, actor: Actor) -> QuerySet[Household]:
        return queries.household_list(actor)

    def asked(self, request: ActorRequest) -> forms.HouseholdsForm:
        form = super().asked(request)
        if form.chosen["standing"] == "needs":
            note_read(actor=form.actor, action=rules.see_needs.name, subject=form.at)
        return form

    def count_of(self, form: forms.HouseholdsForm) -> int | None:
        return None if form.is_narrowed or form.errors else form.counts.households

    def context(self, form: forms.HouseholdsForm, fragment: bool) -> dict[str, Any]:
        context = {"place": form.at, "narrowed": form.is_narrowed}
        if fragment:
            return context
        return {**context, "counts": form.counts, "places": _places(form)}

    def columns_for(self, form: forms.HouseholdsForm) -> Sequence[Out[Any]]:
        return sheets.columns(queries.place_names(form.actor, form.at.code))

    def sheet_title(self, form: forms.HouseholdsForm) -> str:
        return _("Households of %s") % form.at

    def noted_at(self, form: forms.HouseholdsForm) -> Region:
        return form.at


def _places(form: forms.HouseholdsForm) -> PlaceChoice | None:
    """The hamlets in the actor's charge, village by village, if there are several; of a charge
    wider than a township the places one level below."""
    charge = form.actor.places(rules.see_households.roles)
    if any(len(code) < LENGTHS[Level.TOWNSHIP] for code in charge):
        return places_below(form.at.code, form.chosen["place"])
    found = queries.hamlets_of(form.actor, "")
    if len(found) < 2:
        return None
    villages = [
        (str(village), list(rows)) for village, rows in groupby(found, attrgetter("parent"))
    ]
    groups = villages if len(villages) > 1 else [("", found)]
    everywhere = "" if form.at.is_hamlet else form.at.code
    return PlaceChoice(_("Hamlet"), everywhere, form.at.code, groups)


households = HouseholdList()


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
    household = Household.objects.with_rare().one_for(request.actor, pk)
    acts = PAGES.open(request.actor, household)
    context = {
        "household": household,
        "history": queries.history(household),
        "doubles": household.doubles_here,
        "acts": [act for act in acts if not act.dangerous],
        "erase": next((act for act in acts if act.dangerous), None),
        "has_slip": household.lives_here and not household.is_erased,
    }
    return render(request, "people/household.html", context)


@page(rules.see_needs)
def household_needs(request: ActorRequest, pk: int) -> HttpResponse:
    """What a household needs; each reading is logged."""
    household = Household.objects.one_for(request.actor, pk)
    rules.see_needs.require(request.actor, place=household.hamlet)
    note_read(actor=request.actor, action=rules.see_needs.name, subject=household)
    may_change = any(act.name == "set_needs" for act in PAGES.open(request.actor, household))
    context = {"household": household, "needs": household.needs.all(), "may_change": may_change}
    return render(request, "people/needs.html", context)


@page(rules.see_households)
def doubles(request: ActorRequest) -> HttpResponse:
    """Households that look like doubles of each other: same name or same phone in a hamlet."""
    form = forms.HouseholdsForm(request.GET, actor=request.actor)
    form.require_sense()
    place = form.at
    pairs = queries.likely_doubles(request.actor, place.code)
    shown = Paginator(pairs, ROWS).get_page(request.GET.get("page"))
    name_places((one for pair in shown for one in (pair.first, pair.second)), "hamlet")
    context = {"place": place, "page": shown, "query": query_without_page(request)}
    return render(request, "people/doubles.html", context)


@page(rules.tell_apart, "POST")
def tell_apart(request: ActorRequest, pk: int, other_pk: int) -> HttpResponse:
    """Two that only look alike: they are not suggested again."""
    household = Household.objects.one_for(request.actor, pk)
    other = Household.objects.one_for(request.actor, other_pk)
    apart = partial(
        household_actions.tell_apart, actor=request.actor, household=household, other=other
    )
    tap(request, _("Noted: two households. They are not suggested again."), apart)
    return redirect("household_doubles")


@page(rules.see_own_offices)
def own_offices(request: ActorRequest) -> HttpResponse:
    """What one serves as, and whether everybody may ring there."""
    context = {"offices": queries.own_offices(request.actor), "rung": RUNG}
    return render(request, "people/own_offices.html", context)


@page(rules.show_office_phone, "POST")
def office_phone(request: ActorRequest, pk: int) -> HttpResponse:
    """Her number stands on the public page from now on, or no more."""
    grant = Grant.objects.filter(pk=pk).first()
    if grant is None or not request.actor.holds(RUNG, grant.place_id):
        raise Missing(_("This is no office of yours."))
    shown = request.POST.get("shown") == "yes"
    said = _("Everybody can ring you now.") if shown else _("Your number is not shown any more.")
    tap(request, said, partial(actions.show_office_phone, actor=request.actor, grant=grant,
                               shown=shown))  # fmt: skip
    return redirect("own_offices")
