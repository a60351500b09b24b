"""The pages of printing: a whole place in the background, one paper at once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core.errors import Conflict, Missing
from genxu.core.forms import ActionForm, posted
from genxu.core.pages import ActorRequest, page
from genxu.regions.models import Region
from genxu.regions.queries import place_of

from . import documents, paper_actions, rules
from .documents import What
from .models import CentreHousehold


class PrintForm(ActionForm):
    """What is printed, and how it is wanted."""

    HOW = (
        ("pdf", gettext_lazy("Print batches: one PDF for each township")),
        ("zip", gettext_lazy("Single files: one PDF for each person, in a ZIP for each township")),
    )
    what = forms.ChoiceField(
        label=gettext_lazy("What"),
        choices=[
            *What.choices,
            (paper_actions.BOTH, gettext_lazy("Both")),
        ],
        initial=What.CERTIFICATE,
        widget=forms.RadioSelect,
    )
    how = forms.ChoiceField(
        label=gettext_lazy("How"), choices=HOW, initial="pdf", widget=forms.RadioSelect
    )
    others = forms.BooleanField(required=False, widget=forms.HiddenInput)
    client_id = forms.UUIDField(widget=forms.HiddenInput)  # a whole county is not printed twice
    place = forms.CharField(required=False, widget=forms.HiddenInput)


@page(rules.print_papers, "GET", "POST")
def print_centre_households(request: ActorRequest) -> HttpResponse:
    """What would be printed of a place, township by township; and the act itself."""
    place = _place(request)
    form = PrintForm(posted(request), initial={"place": place.code})
    if form.is_valid():
        job = form.take(
            paper_actions.ask_for_papers,
            actor=request.actor,
            place=place,
            what=form.cleaned_data["what"],
            zipped=form.cleaned_data["how"] == "zip",
            others=form.cleaned_data["others"],
            site=_site(request),
        )
        if job is not None:
            return redirect("job", job.pk)
    piles = paper_actions.counts_by_township(request.actor, place)
    context: dict[str, Any] = {
        "place": place,
        "form": form,
        "piles": piles,
        "total": sum(pile.count for pile in piles),
    }
    return render(request, "centre_households/print.html", context, status=form.status)


def _place(request: ActorRequest) -> Region:
    """The place asked for, or the first in one's charge; ``Missing`` outside of it."""
    mine = request.actor.places(rules.print_papers.roles)
    code = request.POST.get("place") or request.GET.get("place") or mine[0]
    place = place_of(code)
    if not rules.print_papers(request.actor, place=place):
        raise Missing(_("There is no such place, or it is not in your charge."))
    return place


def _site(request: ActorRequest) -> str:
    return paper_actions.site_address(request.build_absolute_uri("/"))


@page(rules.print_paper, "POST")
def print_centre_household(request: ActorRequest, pk: int, what: str) -> HttpResponse:
    """The certificate or door plate of one centre household, to be kept or printed at once."""
    found = CentreHousehold.objects.one_for(request.actor, pk)
    if what not in What:
        raise Missing(CentreHousehold.missing)
    try:
        paper_actions.print_paper(actor=request.actor, centre_household=found, what=what)
    except Conflict as error:
        messages.warning(request, str(error.message))
        return redirect("centre_household", pk)
    (paper,) = paper_actions.read_papers([pk]).values()
    kind = What(what)
    response = HttpResponse(
        documents.one(kind, paper, _site(request)), content_type="application/pdf"
    )
    name = f"{kind.on_file} {paper.file_name}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
