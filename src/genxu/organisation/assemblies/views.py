"""The pages of assemblies: the list, convening, one assembly, its steps, its sheets of paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from genxu.core.forms import posted
from genxu.core.pages import ActorRequest, page, query_without_page, slice_of
from genxu.core.sheets.writing import sheet_response
from genxu.regions.models import Region
from genxu.regions.queries import place_in_charge, place_with

from . import actions, forms, queries, rules
from .bodies import BODIES, BodyName
from .sheets import COLUMNS


@page(rules.see_assemblies)
def assembly_list(request: ActorRequest) -> HttpResponse:
    """All assemblies in the actor's charge, with filters."""
    chosen = forms.FilterForm(request.GET).chosen()
    rows = slice_of(request, queries.assembly_list(request.actor, chosen))
    context = {
        "page": rows,
        "chosen": chosen,
        "query": query_without_page(request),
        "groups": queries.GROUPS,
        "bodies": BodyName.choices,
        "place": place_with(chosen.place),
        "hamlets": _hamlets_to_convene(request),
    }
    return render(request, "assemblies/list.html", context)


def _hamlets_to_convene(request: ActorRequest) -> list[Region]:
    """The hamlets for which this secretary convenes."""
    codes = [code for code in request.actor.places(rules.CONVENERS) if len(code) == 15]
    return list(Region.objects.filter(code__in=codes)) if codes else []


@page(rules.see_assemblies)
def export(request: ActorRequest) -> HttpResponseBase:
    """The list as it is narrowed down, with the result of every question."""
    chosen = forms.FilterForm(request.GET).chosen()
    rows = queries.motions_in(queries.assembly_list(request.actor, chosen))
    return sheet_response(request, _("Assemblies"), COLUMNS, rows)


@page(rules.convene_assembly, "GET", "POST")
def convene(request: ActorRequest, code: str) -> HttpResponse:
    """The notice of a new assembly."""
    hamlet = place_in_charge(request.actor, rules.CONVENERS, code)
    rules.convene_assembly.require(request.actor, hamlet=hamlet)
    form = forms.CallForm(posted(request), initial=forms.start_of_call())
    if form.is_valid():
        sent: dict[str, Any] = {"actor": request.actor, "hamlet": hamlet, "call": form.call()}
        if assembly := form.take(actions.convene_assembly, **sent):
            messages.success(request, _("Announced. Print the notice and put it up."))
            return redirect("assembly", assembly.pk)
    rows = [(value, label, BODIES[value]) for value, label in BodyName.choices]
    context = {"hamlet": hamlet, "form": form, "bodies": rows}
    return render(request, "assemblies/convene.html", context, status=form.status)


@page(rules.see_assemblies)
def assembly_page(request: ActorRequest, pk: int) -> HttpResponse:
    """One assembly: its notice, who came, each question with its result, what comes next."""
    assembly = queries.visible_assembly(request.actor, pk)
    steers = request.actor.holds(rules.CONVENERS, assembly.hamlet_id)
    context = {
        **queries.about(assembly),
        "steers": steers,
        "history": queries.history(assembly),
    }
    return render(request, "assemblies/assembly.html", context)


@page(rules.see_assemblies)
def notice(request: ActorRequest, pk: int) -> HttpResponse:
    """The notice as a sheet of paper to put up, with a QR code to the hamlet's public page."""
    assembly = queries.visible_assembly(request.actor, pk)
    return render(request, "assemblies/notice.html", queries.about(assembly))


@page(rules.see_assemblies)
def sheet(request: ActorRequest, pk: int) -> HttpResponse:
    """The tally sheet: attendance, votes, result, corrections; with lines to sign."""
    assembly = queries.visible_assembly(request.actor, pk)
    path = list(Region.objects.path_to(assembly.hamlet_id))
    corrections = [step for step in queries.history(assembly) if step.replaced]
    context = {**queries.about(assembly), "path": path, "corrections": corrections}
    return render(request, "assemblies/sheet.html", context)
