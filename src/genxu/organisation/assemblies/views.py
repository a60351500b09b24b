"""The pages of assemblies: the list, convening, one assembly, its steps, its sheets of paper."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core.access import Actor
from genxu.core.pages import ActorRequest, page
from genxu.core.promises import StrOrPromise
from genxu.regions.begun import NewPage
from genxu.regions.lists import PlacedList
from genxu.regions.models import Region

from . import actions, forms, proposing, queries, rules
from .models import Assembly
from .sheets import COLUMNS
from .steps import call_context


class Convene(NewPage):
    """The notice of a new assembly."""

    def start(self, request: ActorRequest, hamlet: Region) -> dict[str, Any]:
        known = proposing.start_of(hamlet, proposing.proposals(hamlet))
        return {**known, "meets_time": forms.EVENING, "announced_by": request.actor.name}

    def given(self, form: forms.CallForm) -> dict[str, Any]:
        return {"call": form.call()}

    def told(self, made: Assembly) -> StrOrPromise:
        if made.waits_for_notice:
            return _("Kept. No notice was given yet: print it, put it up, and record that here.")
        return self.said

    def context(self, form: forms.CallForm, hamlet: Region) -> dict[str, Any]:
        return call_context(hamlet)


convene = Convene(
    "convene_assembly",
    "assembly",
    "assemblies",
    actions.convene_assembly,
    forms.CallForm,
    gettext_lazy("Convene"),
    gettext_lazy("Kept, and its notice with it."),
    template="assemblies/convene.html",
)


class AssemblyList(PlacedList[forms.AssembliesForm, Assembly]):
    """All assemblies in the actor's charge; the sheet has the result of every question."""

    permission = rules.see_assemblies
    form = forms.AssembliesForm
    template = "assemblies/list.html"
    title = gettext_lazy("Assemblies")
    address = "assemblies"
    columns = COLUMNS
    begins = convene

    def rows(self, actor: Actor) -> QuerySet[Assembly]:
        return queries.assembly_list(actor)

    def sheet_rows(self, form: forms.AssembliesForm) -> QuerySet[Any]:
        return queries.motions_in(self.found(form))


assemblies = AssemblyList()


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
