"""Contracts: the list with its sheet, where one is drafted, the rents that come due on paper."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.cuts import First
from genxu.core.errors import Conflict
from genxu.core.forms import posted
from genxu.core.pages import ActorRequest, page
from genxu.regions.begun import NewPage
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.lists import PlacedList
from genxu.regions.models import Region

from . import actions, documents, forms, queries, rules
from .models import Contract
from .sheets import COLUMNS

MOST_PRINTED = 300


class DraftContract(NewPage):
    """A contract begins at a village or a hamlet."""

    def hamlets_of(self, actor: Actor) -> list[Region]:
        held = actor.places(self.action.permission.roles)
        codes = [code for code in held if len(code) >= LENGTHS[Level.VILLAGE]]
        return list(Region.objects.filter(code__in=codes).order_by("code")) if codes else []

    def made_form(self, request: ActorRequest, hamlet: Region) -> forms.DraftForm:
        sent, known = posted(request), queries.doors_at(hamlet)
        form = forms.DraftForm(sent)
        form.among(queries.doors_to_name(request.actor, hamlet, known), known)
        return form.with_rows(forms.step_set(sent))

    def context(self, form: forms.DraftForm, hamlet: Region) -> dict[str, Any]:
        return {"households": form.offered}


draft_contract = DraftContract(
    "draft_contract", "contract", "contracts", actions.draft_contract, forms.DraftForm,
    _("Draft a contract"), _("Drafted. Nothing binds before it is signed."),
    template="contracts/draft.html",
)  # fmt: skip


class ContractList(PlacedList[forms.ContractsForm, Contract]):
    permission = rules.see_contracts
    form = forms.ContractsForm
    template = "contracts/list.html"
    title = _("Contracts")
    address = "contracts"
    begins = draft_contract
    goes_down = True
    columns = COLUMNS
    noted_as = rules.see_contracts.name

    def rows(self, actor: Actor) -> QuerySet[Contract]:
        return queries.contract_list(actor)

    def sheet_rows(self, form: forms.ContractsForm) -> QuerySet[Contract]:
        rows: QuerySet[Contract] = super().sheet_rows(form)
        return rows.prefetch_related("rents_of")

    def context(self, form: forms.ContractsForm, fragment: bool) -> dict[str, Any]:
        """Cut to a place at which she may draft one, it is drafted there."""
        found = super().context(form, fragment)
        at, may = form.at, rules.draft_contract
        lowest = at is not None and len(at.code) >= LENGTHS[Level.VILLAGE]
        if at is not None and lowest and form.actor.holds(may.roles, at.code):
            found["hamlets"] = [at]
        return found


contracts = ContractList()


@page(rules.print_dues)
def print_dues(request: ActorRequest) -> HttpResponseBase:
    """The rents that are owed or come due, as PDF; cut as the list is."""
    form = contracts.asked(request)
    form.require_sense()
    rows = First.of(queries.due_list(contracts.found(form)), MOST_PRINTED)
    try:
        content = documents.dues(documents.paper_of(_named(form), rows, clock.today()))
    except Conflict as error:
        messages.warning(request, str(error.message))
        return redirect("contracts")
    response = FileResponse(BytesIO(content), content_type="application/pdf")
    name = f"应收应付租金 {clock.today():%Y-%m-%d}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or ""
    return response


def _named(form: forms.ContractsForm) -> str:
    """The place of the paper."""
    if form.at is not None:
        return str(form.at)
    held: Sequence[str] = form.actor.places(rules.print_dues.roles)
    return "、".join(str(one) for one in Region.objects.filter(code__in=held[:3]))
