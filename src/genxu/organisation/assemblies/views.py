"""The pages of assemblies: the list, convening, one assembly, its steps, its sheets of paper."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core.access import Actor
from genxu.core.forms import posted
from genxu.core.pages import ActorRequest, page
from genxu.regions.lists import PlacedList
from genxu.regions.models import Region
from genxu.regions.queries import place_in_charge

from . import actions, forms, proposing, queries, rules
from .models import Assembly
from .sheets import COLUMNS
from .steps import call_context


class AssemblyList(PlacedList[forms.AssembliesForm, Assembly]):
    """All assemblies in the actor's charge; the sheet has the result of every question."""

    permission = rules.see_assemblies
    form = forms.AssembliesForm
    template = "assemblies/list.html"
    title = gettext_lazy("Assemblies")
    address = "assemblies"
    sheet_address = "export_assemblies"
    columns = COLUMNS

    def rows(self, actor: Actor) -> QuerySet[Assembly]:
        return queries.assembly_list(actor)

    def context(self, form: forms.AssembliesForm, fragment: bool) -> dict[str, Any]:
        hamlets = _hamlets_to_convene(form.actor)
        return {**super().context(form, fragment), "hamlets": hamlets}

    def sheet_rows(self, form: forms.AssembliesForm) -> QuerySet[Any]:
        return queries.motions_in(self.found(form))


def _hamlets_to_convene(actor: Actor) -> list[Region]:
    """The hamlets for which this secretary convenes."""
    codes = [code for code in actor.places(rules.CONVENERS) if len(code) == 15]
    return list(Region.objects.filter(code__in=codes)) if codes else []


assemblies = AssemblyList()


@page(rules.convene_assembly, "GET", "POST")
def convene(request: ActorRequest, code: str) -> HttpResponse:
    """The notice of a new assembly."""
    hamlet = place_in_charge(request.actor, rules.CONVENERS, code)
    rules.convene_assembly.require(request.actor, hamlet=hamlet)
    known = proposing.start_of(hamlet, proposing.proposals(hamlet))
    start = {**known, "meets_time": forms.EVENING, "announced_by": request.actor.name}
    form = forms.CallForm(posted(request), initial=start)
    if form.is_valid():
        sent: dict[str, Any] = {"actor": request.actor, "hamlet": hamlet, "call": form.call()}
        if assembly := form.take(actions.convene_assembly, **sent):
            messages.success(request, _said(assembly))
            return redirect("assembly", assembly.pk)
    context = {"hamlet": hamlet, "form": form, **call_context(hamlet)}
    return render(request, "assemblies/convene.html", context, status=form.status)


def _said(assembly: Assembly) -> str:
    if assembly.waits_for_notice:
        return _("Kept. No notice was given yet: print it, put it up, and record that here.")
    return _("Kept, and its notice with it.")


@page(rules.see_assemblies)
def assembly_page(request: ActorRequest, pk: int) -> HttpResponse:
    """One assembly: its notice, who came, each question with its result, what comes next."""
    assembly = Assembly.objects.one_for(request.actor, pk)
    taken = assembly.history()
    context = {
        **queries.about(assembly),
        "steers": request.actor.holds(rules.CONVENERS, assembly.hamlet_id),
        "confirms": request.actor.holds(rules.CONFIRMERS, assembly.hamlet_id),
        "history": taken,
        "waiting": queries.open_corrections(taken),
    }
    return render(request, "assemblies/assembly.html", context)


@page(rules.see_assemblies)
def notice(request: ActorRequest, pk: int) -> HttpResponse:
    """The notice as a sheet of paper to put up, with a QR code to the hamlet's public page."""
    assembly = Assembly.objects.one_for(request.actor, pk)
    return render(request, "assemblies/notice.html", queries.about(assembly))


@page(rules.see_assemblies)
def sheet(request: ActorRequest, pk: int) -> HttpResponse:
    """The tally sheet: attendance, votes, result, corrections; with lines to sign."""
    assembly = Assembly.objects.one_for(request.actor, pk)
    path = list(Region.objects.path_to(assembly.hamlet_id))
    corrections = [step for step in assembly.history() if step.step == "correct"]
    context = {**queries.about(assembly), "path": path, "corrections": corrections}
    return render(request, "assemblies/sheet.html", context)
