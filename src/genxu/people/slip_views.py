"""The slips that households keep: who has one, printing them, making one anew.

No page shows a code but the answer to a form that says what it is for.
"""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from genxu.core.code_forms import PrintForm, WhyForm
from genxu.core.codes import PRINTING
from genxu.core.errors import Conflict
from genxu.core.forms import posted
from genxu.core.keyring import private
from genxu.core.pages import ActorRequest, page
from genxu.regions.models import Region

from . import queries, rules, slip_actions
from .models import Household


@page(rules.see_slips, "GET", "POST")
def hamlet_slips(request: ActorRequest, code: str) -> HttpResponse:
    """Who has a slip in a hamlet; on POST they are printed."""
    hamlet = queries.hamlet_in_charge(request.actor, code)
    slips = queries.slips_of(hamlet)
    new = [one for one in slips if one.link.printed_at is None]
    form = PrintForm(posted(request), mixed=0 < len(new) < len(slips))
    if form.is_valid() and slips:
        new_only = form.cleaned_data.get("new_only", False)
        why = form.cleaned_data["why"]
        slip_actions.print_slips(actor=request.actor, hamlet=hamlet, why=why, new_only=new_only)
        return _sheet(request, hamlet, new if new_only else slips)
    context = {
        "hamlet": hamlet,
        "slips": slips,
        "new": len(new),
        "missing": queries.without_slip(hamlet),
        "form": form,
    }
    return render(request, "people/slips.html", context, status=form.status)


def _sheet(request: ActorRequest, hamlet: Region, slips: Sequence[Household]) -> HttpResponse:
    context = {"hamlet": hamlet, "slips": slips}
    return private(render(request, "people/slips_printed.html", context))


@page(rules.issue_links, "POST")
def make_slips(request: ActorRequest, code: str) -> HttpResponse:
    """Codes for the households of a hamlet that have none."""
    hamlet = queries.hamlet_in_charge(request.actor, code)
    slip_actions.issue_links(actor=request.actor, hamlet=hamlet)
    messages.success(request, _("The slips are made. Print them and hand them out."))
    return redirect("household_slips", hamlet.code)


@page(rules.see_slips, "GET", "POST")
def household_slip(request: ActorRequest, pk: int) -> HttpResponse:
    """Whether a household has a slip; on POST it is printed, or its code read out."""
    household = Household.objects.one_for(request.actor, pk)
    form = WhyForm(posted(request))
    if form.is_valid():
        with form.taking_refusals():
            why = form.cleaned_data["why"]
            slip_actions.print_slip(actor=request.actor, household=household, why=why)
            return _shown(request, household, printing=why in PRINTING)
    context = {"household": household, "link": queries.link_of(household), "form": form}
    return render(request, "people/slip.html", context, status=form.status)


def _shown(request: ActorRequest, household: Household, *, printing: bool) -> HttpResponse:
    context = {"household": household, "link": queries.link_of(household), "printing": printing}
    return private(render(request, "people/slip_shown.html", context))


@page(rules.renew_link, "POST")
def renew_slip(request: ActorRequest, pk: int) -> HttpResponse:
    """A new code for one household; the old one opens nothing."""
    household = Household.objects.one_for(request.actor, pk)
    try:
        slip_actions.renew_link(actor=request.actor, household=household)
    except Conflict as error:
        messages.warning(request, str(error.message))
        return redirect("household", pk)
    messages.success(request, _("A new slip is made. The old one opens nothing any more."))
    return redirect("household_slip", pk)
