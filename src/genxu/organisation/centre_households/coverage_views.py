"""The pages of who looks after whom: one hamlet on one screen, a township as a list."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from genxu.core.errors import Conflict, Invalid, Missing
from genxu.core.forms import posted
from genxu.core.pages import ActorRequest, page, posted_id, slice_of
from genxu.core.sheets.writing import Out, sheet_response
from genxu.people.models import Household
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region

from . import coverage_queries as queries
from . import rules
from .coverage_actions import ask_for_proposals, assign_households
from .forms import CoverageForm
from .models import FEWEST, MOST

HAMLETS_ON_A_PAGE = 60
VERSION_LENGTH = 16
"""Of the fingerprint of who looks after whom, see ``coverage_actions.digest``."""


def _hamlet(request: ActorRequest, code: str) -> Region:
    hamlet = queries.covered_place(request.actor, code)
    if not hamlet.is_hamlet:
        raise Missing(_("There is no such place, or it is not in your charge."))
    return hamlet


@page(rules.see_coverage, "GET", "POST")
def coverage(request: ActorRequest, code: str) -> HttpResponse:
    """All households of a hamlet, drawn to its centre households; saved as a whole.

    ``?job=`` draws what a job has worked out: nothing is written by it.
    """
    hamlet = _hamlet(request, code)
    form = CoverageForm(posted(request))
    given = form.pairs if form.is_valid() else []
    in_hand = queries.matters_in_hand(household for household, _centre in given)
    if form.is_valid() and form.take(
        assign_households,
        actor=request.actor,
        hamlet=hamlet,
        pairs=form.pairs,
        version=form.cleaned_data["shown"],
    ):
        _say_saved(request, hamlet)
        say_what_followed(request, in_hand)
        # What was drawn on this device is in the records now: the page lets its draft go.
        seen = urlencode({"saved": form.cleaned_data["shown"][:VERSION_LENGTH]})
        return redirect(f"{reverse('coverage', args=[hamlet.code])}?{seen}")
    return _page(request, queries.sheet_of(hamlet), form)


def _proposed(request: ActorRequest, sheet: queries.Sheet) -> str:
    """Draw what was asked for; in a sentence what is shown, or nothing if it is as saved."""
    job = request.GET.get("job", "")
    if job.isdecimal() and len(job) < 18:
        stored = queries.stored_proposals(queries.job_of(request.actor, int(job)))
        mine = stored.get(sheet.hamlet.code)
        if mine and mine.version == sheet.version:
            sheet.draw(dict(mine.pairs))
            if not mine.by_solver:
                return _("Proposed in the order of doors; not saved yet.")
            return _("Proposed; not saved yet.")
    return ""


def _say_saved(request: ActorRequest, hamlet: Region) -> None:
    messages.success(request, _("Saved. Everybody's history is kept."))
    for helper in queries.sheet_of(hamlet).warned:
        text = ngettext(
            "%(name)s looks after %(n)s household; usual are %(few)s to %(many)s.",
            "%(name)s looks after %(n)s households; usual are %(few)s to %(many)s.",
            helper.load,
        )
        values = {"name": helper.centre, "n": helper.load, "few": FEWEST, "many": MOST}
        messages.warning(request, text % values)


def say_what_followed(request: ActorRequest, before: dict[int, tuple[int, int]]) -> None:
    """How many of the open personal matters went along, and how many wait to be given out anew."""
    after = queries.matters_in_hand({household for household, _account in before.values()})
    along = sum(1 for matter, told in after.items() if told != before.get(matter))
    waiting = len(before.keys() - after.keys())
    if along:
        text = ngettext(
            "%(n)s open personal matter went along with its household.",
            "%(n)s open personal matters went along with their households.",
            along,
        )
        messages.info(request, text % {"n": along})
    if waiting:
        text = ngettext(
            "%(n)s open personal matter waits for the secretary: nobody with an account has it.",
            "%(n)s open personal matters wait for the secretary: nobody with an account has them.",
            waiting,
        )
        messages.warning(request, text % {"n": waiting})


def _page(request: ActorRequest, sheet: queries.Sheet, form: CoverageForm) -> HttpResponse:
    """The sheet as it is saved by now, over it what is proposed; what was refused stands there as
    it was drawn, and why."""
    if form.is_bound:
        sheet.draw(dict(form.pairs))
    for door in sheet.doors:
        door.error = " ".join(map(str, form.errors.get(door.field, [])))
    context: dict[str, Any] = {
        "hamlet": sheet.hamlet,
        "sheet": sheet,
        "form": form,
        "proposed": "" if form.is_bound else _proposed(request, sheet),
        "saved": request.GET.get("saved", "")[:VERSION_LENGTH],
        "few": FEWEST,
        "many": MOST,
        "above": _list_above(request, sheet.hamlet.code),
        "client_id": uuid4(),
    }
    return render(request, "centre_households/coverage.html", context, status=form.status)


def _list_above(request: ActorRequest, code: str) -> str:
    """The list of the township or village that this reader comes from, if there is one."""
    places = request.actor.places(rules.see_coverage.roles)
    above = next((place for place in places if code.startswith(place) and place != code), "")
    return reverse("coverage_place", args=[above]) if above else ""


COLUMNS: list[Out[Household]] = [
    Out(_lazy("House number"), "number", 8),
    Out(_lazy("Head of the household"), "head_name", 18),
    Out(_lazy("Phone"), "phone", 14),
    Out(_lazy("Centre household"), "helper", 18),
    Out(_lazy("Since"), "helped_since", 12),
]


@page(rules.see_coverage)
def coverage_export(request: ActorRequest, code: str) -> HttpResponseBase:
    """Who looks after whom in a hamlet, as a spreadsheet."""
    hamlet = _hamlet(request, code)
    return sheet_response(
        request,
        f"{hamlet} {_('Who looks after whom')}",
        COLUMNS,
        queries.households_with_helpers(hamlet),
        noted_as=rules.see_coverage.name,
        place=hamlet,
    )


@page(rules.see_coverage)
def coverage_home(request: ActorRequest) -> HttpResponse:
    """Where the actor's own coverage stands: her hamlet, or the list of her village or township."""
    code = request.actor.places(rules.see_coverage.roles)[0]
    is_hamlet = len(code) == LENGTHS[Level.HAMLET]
    return redirect("coverage" if is_hamlet else "coverage_place", code)


@page(rules.see_coverage)
def coverage_place(request: ActorRequest, code: str) -> HttpResponse:
    """The hamlets of a township or village: who is looked after, where it is out of balance."""
    place = queries.covered_place(request.actor, code)
    if place.is_hamlet:
        return redirect("coverage", place.code)
    hamlets = Region.objects.open().under(place.code).of_level(Level.HAMLET).order_by("code")
    rows = slice_of(request, hamlets.select_related("parent"), HAMLETS_ON_A_PAGE)
    standings = queries.standing_of_hamlets(list(rows.object_list))
    job = queries.last_job(request.actor, place)
    waiting = queries.waiting_proposals(job)
    for one in standings:
        if stored := waiting.get(one.hamlet.code):
            one.proposed = stored.changes
    context = {
        "place": place,
        "page": rows,
        "query": "",
        "standings": standings,
        "job": job,
        "waiting": len(waiting),
        "uncovered": queries.uncovered_under(place.code),
        "can_propose": bool(rules.propose_coverage(request.actor, place=place)),
        "client_id": uuid4(),
    }
    return render(request, "centre_households/coverage_place.html", context)


@page(rules.propose_coverage, "POST")
def coverage_propose(request: ActorRequest, code: str) -> HttpResponseBase:
    """Have a hamlet's proposal worked out in the background, or those of all hamlets of a place
    that have households without."""
    place = queries.covered_place(request.actor, code)
    job = ask_for_proposals.once(posted_id(request), actor=request.actor, place=place)
    return redirect("job", job.pk)


@page(rules.assign_households, "POST")
def coverage_accept(request: ActorRequest, code: str) -> HttpResponseBase:
    """Accept what was proposed, for one hamlet (``hamlet=``) or for all of them."""
    place = queries.covered_place(request.actor, code)
    waiting = queries.waiting_proposals(queries.last_job(request.actor, place))
    chosen = request.POST.get("hamlet", "")
    wanted = {c: one for c, one in waiting.items() if not chosen or c == chosen}
    hamlets = Region.objects.in_bulk(list(wanted))
    saved = 0
    in_hand = queries.matters_in_hand(one for stored in wanted.values() for one in stored.pairs)
    for code_of_hamlet, hamlet in sorted(hamlets.items()):
        stored = wanted[code_of_hamlet]
        try:
            assign_households(
                actor=request.actor,
                hamlet=hamlet,
                pairs=list(stored.pairs.items()),
                version=stored.version,
            )
            saved += 1
        except (Conflict, Invalid) as error:
            messages.warning(request, f"{hamlet}: {error.message}")
    say_what_followed(request, in_hand)
    if saved:
        text = ngettext("Accepted for %(n)s hamlet.", "Accepted for %(n)s hamlets.", saved)
        messages.success(request, text % {"n": saved})
    elif not wanted:
        messages.info(request, _("Nothing waits to be accepted here any more."))
    return redirect("coverage_place", place.code)
