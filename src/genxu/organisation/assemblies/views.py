"""The pages of assemblies: the list, convening, one assembly, its steps, its sheets of paper."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core.access import Actor
from genxu.core.errors import Conflict
from genxu.core.forms import PlainForm, posted
from genxu.core.pages import ActorRequest, page
from genxu.regions.lists import PlacedList
from genxu.regions.models import Region
from genxu.regions.queries import place_in_charge

from . import actions, forms, queries, rules, tallies
from .bodies import BODIES, Basis, BodyName
from .history import check_step
from .judging import counted
from .models import Assembly, Motion
from .sheets import COLUMNS
from .tallies import check_count
from .workflow import STEPS


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
    form = forms.CallForm(posted(request), initial=forms.start_of_call())
    if not form.is_valid():
        return _call_page(request, hamlet, form)
    with form.taking_refusals():
        assembly = actions.convene_assembly.once(
            form.cleaned_data["client_id"], actor=request.actor, hamlet=hamlet, call=form.call()
        )
    if form.errors:
        return _call_page(request, hamlet, form)
    messages.success(request, _("Announced. Print the notice and put it up."))
    return redirect("assembly", assembly.pk)


def _call_page(
    request: ActorRequest, hamlet: Region, form: PlainForm, assembly: Assembly | None = None
) -> HttpResponse:
    rows = [(value, label, BODIES[value]) for value, label in BodyName.choices]
    context = {"hamlet": hamlet, "form": form, "assembly": assembly, "bodies": rows}
    return render(request, "assemblies/convene.html", context, status=form.status)


@page(rules.see_assemblies)
def assembly_page(request: ActorRequest, pk: int) -> HttpResponse:
    """One assembly: its notice, who came, each question with its result, what comes next."""
    assembly = queries.visible_assembly(request.actor, pk)
    steers = request.actor.holds(rules.CONVENERS, assembly.hamlet_id)
    context = {
        **_about(assembly),
        "steers": steers,
        "history": queries.history(assembly),
    }
    return render(request, "assemblies/assembly.html", context)


def _about(assembly: Assembly) -> dict[str, Any]:
    rule = assembly.rule
    quorum = rule.quorum_of(assembly.basis, assembly.due)
    return {
        "assembly": assembly,
        "rule": rule,
        "results": queries.results_of(assembly),
        "due": counted(assembly.basis, assembly.due),
        "present": counted(assembly.basis, assembly.present),
        "quorum": counted(assembly.basis, quorum),
        "quorum_share": rule.quorum[Basis(assembly.basis)].words,
        "has_quorum": assembly.present >= quorum,
        "votes_needed": rule.votes_of(assembly.due, assembly.present),
        "fits_size": rule.fits_size(assembly.due),
    }


@page(rules.see_assemblies)
def notice(request: ActorRequest, pk: int) -> HttpResponse:
    """The notice as a sheet of paper to put up, with a QR code to the hamlet's public page."""
    assembly = queries.visible_assembly(request.actor, pk)
    return render(request, "assemblies/notice.html", _about(assembly))


@page(rules.see_assemblies)
def sheet(request: ActorRequest, pk: int) -> HttpResponse:
    """The tally sheet: attendance, votes, result, corrections; with lines to sign."""
    assembly = queries.visible_assembly(request.actor, pk)
    path = list(Region.objects.path_to(assembly.hamlet_id))
    corrections = [step for step in queries.history(assembly) if step.replaced]
    context = {**_about(assembly), "path": path, "corrections": corrections}
    return render(request, "assemblies/sheet.html", context)


@page(rules.change_assembly, "GET", "POST")
def change(request: ActorRequest, pk: int) -> HttpResponse:
    """Change the notice."""
    assembly = queries.visible_assembly(request.actor, pk)
    rules.change_assembly.require(request.actor, assembly=assembly)
    start = forms.values_of(assembly, queries.motions_of(assembly))
    form = forms.CallForm(posted(request), initial=start, changing=True)

    def run(client_id: UUID | None) -> None:
        actions.change_assembly.once(
            client_id, actor=request.actor, assembly=assembly, call=form.call(),
            version=form.cleaned_data["version"],
        )  # fmt: skip

    def show() -> HttpResponse:
        return _call_page(request, assembly.hamlet, form, assembly)

    if not form.is_bound and (unfit := _not_now(request, assembly, "change")):
        return unfit
    return _taken(request, assembly, form, run, show, _("Changed. The notice is of today."))


@page(rules.cancel_assembly, "GET", "POST")
def cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """Call it off."""
    assembly = queries.visible_assembly(request.actor, pk)
    rules.cancel_assembly.require(request.actor, assembly=assembly)
    form = forms.CancelForm(posted(request), initial=_start(assembly))

    def run(client_id: UUID | None) -> None:
        actions.cancel_assembly.once(
            client_id, actor=request.actor, assembly=assembly,
            words=form.cleaned_data["words"], version=form.cleaned_data["version"],
        )  # fmt: skip

    return _step_page(request, assembly, form, run, "cancel", _("Called off."))


@page(rules.record_attendance, "GET", "POST")
def attendance(request: ActorRequest, pk: int) -> HttpResponse:
    """How many came in each way."""
    assembly = queries.visible_assembly(request.actor, pk)
    rules.record_attendance.require(request.actor, assembly=assembly)
    tallied = any(motion.is_tallied for motion in queries.motions_of(assembly))
    start = _start(assembly)
    if assembly.is_held:
        start |= {name: getattr(assembly, name) for name in tallies.WAYS}
        start["words"] = assembly.words
    form = forms.AttendanceForm(posted(request), initial=start, assembly=assembly, tallied=tallied)

    def run(client_id: UUID | None) -> None:
        data = form.cleaned_data
        tallies.record_attendance.once(
            client_id, actor=request.actor, assembly=assembly, attendance=form.attendance(),
            words=data["words"], reason=data.get("reason", ""), version=data["version"],
        )  # fmt: skip

    said = _("Recorded. Now count the votes, question by question.")
    return _step_page(request, assembly, form, run, "attend", said)


@page(rules.tally_motion, "GET", "POST")
def tally(request: ActorRequest, pk: int, position: int) -> HttpResponse:
    """The votes on one question."""
    assembly = queries.visible_assembly(request.actor, pk)
    rules.tally_motion.require(request.actor, assembly=assembly)
    motion = queries.motion_at(assembly, position)
    form = forms.TallyForm(posted(request), initial=_start(assembly), correcting=False)

    def run(client_id: UUID | None) -> None:
        tallies.tally_motion.once(
            client_id, actor=request.actor, assembly=assembly, motion=motion,
            tally=form.tally(), version=form.cleaned_data["version"],
        )  # fmt: skip

    return _step_page(request, assembly, form, run, "tally", _("Counted."), motion)


@page(rules.correct_tally, "GET", "POST")
def correct(request: ActorRequest, pk: int, position: int) -> HttpResponse:
    """Another count of a question already counted."""
    assembly = queries.visible_assembly(request.actor, pk)
    rules.correct_tally.require(request.actor, assembly=assembly)
    motion = queries.motion_at(assembly, position)
    start = _start(assembly) | dict(zip(tallies.VOTES, motion.votes, strict=True))
    form = forms.TallyForm(posted(request), initial=start, correcting=True)

    def run(client_id: UUID | None) -> None:
        tallies.correct_tally.once(
            client_id, actor=request.actor, assembly=assembly, motion=motion, tally=form.tally(),
            reason=form.cleaned_data["reason"], version=form.cleaned_data["version"],
        )  # fmt: skip

    said = _("Corrected. The first count stays on the sheet with your reason.")
    return _step_page(request, assembly, form, run, "correct", said, motion)


def _start(assembly: Assembly) -> dict[str, Any]:
    return {"client_id": uuid4(), "version": assembly.version}


def _step_page(
    request: ActorRequest,
    assembly: Assembly,
    form: PlainForm,
    run: Callable[[UUID | None], None],
    name: str,
    said: str,
    motion: Motion | None = None,
) -> HttpResponse:
    """The page of a step, and on POST its action."""

    def show() -> HttpResponse:
        context = {**_about(assembly), "form": form, "motion": motion, "name": name,
                   "label": STEPS[name].label}  # fmt: skip
        return render(request, "assemblies/step.html", context, status=form.status)

    if not form.is_bound and (unfit := _not_now(request, assembly, name, motion)):
        return unfit
    return _taken(request, assembly, form, run, show, said)


def _not_now(
    request: ActorRequest, assembly: Assembly, name: str, motion: Motion | None = None
) -> HttpResponse | None:
    """Back to the assembly where the step does not fit now, with the reason; else None."""
    try:
        check_step(assembly, name, None)
        check_count(name, motion)
    except Conflict as error:
        messages.warning(request, str(error.message))
        return redirect("assembly", assembly.pk)
    return None


def _taken(
    request: ActorRequest,
    assembly: Assembly,
    form: PlainForm,
    run: Callable[[UUID | None], None],
    show: Callable[[], HttpResponse],
    said: str,
) -> HttpResponse:
    """Run the action of a form; a refusal comes back on its page with what was typed."""
    if form.is_valid():
        with form.taking_refusals(assembly):
            run(form.cleaned_data.get("client_id"))
            messages.success(request, said)
            return redirect("assembly", assembly.pk)
    return show()
