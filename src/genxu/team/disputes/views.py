"""Disputes: the list, where one begins, the agreement on paper, the ways that remain."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.errors import Conflict
from genxu.core.forms import posted
from genxu.core.journal import note_read
from genxu.core.pages import ActorRequest, page
from genxu.people.roles import Role
from genxu.regions.begun import NewPage
from genxu.regions.lists import PlacedList
from genxu.regions.models import Region

from . import actions, documents, forms, queries, rules
from .choosing import peacemakers_at
from .models import Dispute, sides_of


class BeginDispute(NewPage):
    """Sides, kind, what it is about: on one screen."""

    def made_form(self, request: ActorRequest, hamlet: Region) -> forms.BeginForm:
        keeps = request.actor.holds([Role.SECRETARY], hamlet.code)
        sent, known = posted(request), queries.households_in(hamlet.code)
        offered = queries.households_to_name(request.actor, hamlet)
        form = forms.BeginForm(
            sent,
            choices=peacemakers_at(hamlet.code) if keeps else None,
        )  # fmt: skip
        return form.with_rows(forms.side_set(sent, offered, known))

    def given(self, form: forms.BeginForm) -> dict[str, Any]:
        return {**form.values(), "sides": [one.row() for one in form.written("sides")]}

    def context(self, form: forms.BeginForm, hamlet: Region) -> dict[str, Any]:
        sides = form.sets["sides"]
        return {"sides": sides, "households": list(sides.form_kwargs["households"])}


begin_dispute = BeginDispute(
    "begin_dispute", "dispute", "disputes", actions.begin_dispute, forms.BeginForm,
    _("Note a dispute"), _("Noted. Only you and who settles it read it."),
    template="disputes/begin.html",
)  # fmt: skip


class DisputeList(PlacedList[forms.DisputesForm, Dispute]):
    """The newest first; nobody's name and none of its words."""

    permission = rules.see_disputes
    form = forms.DisputesForm
    template = "disputes/list.html"
    title = _("Disputes")
    address = "disputes"
    begins = begin_dispute

    def rows(self, actor: Actor) -> QuerySet[Dispute]:
        return queries.dispute_list(actor)


disputes = DisputeList()


def _read(request: ActorRequest, pk: int) -> Dispute:
    """The dispute, to be printed from: that is logged."""
    dispute = Dispute.objects.one_for(request.actor, pk)
    rules.print_dispute.require(request.actor, dispute=dispute)
    note_read(actor=request.actor, action=rules.print_dispute.name, subject=dispute)
    return dispute


@page(rules.print_dispute)
def dispute_paper(request: ActorRequest, pk: int) -> HttpResponseBase:
    """The agreement as PDF, a page for each side and one that is kept (人民调解法 29)."""
    dispute = _read(request, pk)
    if not documents.can_be_printed(dispute):
        messages.warning(request, str(_("Write down first what is agreed.")))
        return redirect("dispute", pk)
    try:
        content = documents.agreement(documents.paper_of(dispute, sides_of(dispute)))
    except Conflict as error:
        messages.warning(request, str(error.message))
        return redirect("dispute", pk)
    response = FileResponse(BytesIO(content), content_type="application/pdf")
    name = f"调解协议书 {dispute.told_on:%Y-%m-%d}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or ""
    return response


@page(rules.print_dispute)
def dispute_ways(request: ActorRequest, pk: int) -> HttpResponse:
    """The ways that remain where there is no agreement (人民调解法 26), for the sides; it names
    nobody."""
    dispute = _read(request, pk)
    return render(request, "disputes/ways.html", {"row": dispute})
