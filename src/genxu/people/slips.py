"""The slips that households keep: on paper for a whole hamlet, or one anew."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from genxu.core.errors import Conflict
from genxu.core.journal import note_read
from genxu.core.pages import ActorRequest, page

from . import linking, queries, rules


@page(rules.see_slips, "GET", "POST")
def hamlet_slips(request: ActorRequest, code: str) -> HttpResponse:
    """All slips of a hamlet, to print and cut; on POST those that are missing are made."""
    hamlet = queries.hamlet_in_charge(request.actor, code)
    if request.method == "POST":
        linking.issue_links(actor=request.actor, hamlet=hamlet)
        messages.success(request, _("The slips are made. Print them and hand them out."))
        return redirect("household_slips", hamlet.code)
    slips = queries.slips_of(hamlet)
    if slips:
        note_read(actor=request.actor, action=rules.see_slips.name, subject=hamlet)
    context = {"hamlet": hamlet, "slips": slips, "missing": queries.without_slip(hamlet)}
    return render(request, "people/slips.html", context)


@page(rules.see_slips, "GET", "POST")
def household_slip(request: ActorRequest, pk: int) -> HttpResponse:
    """The slip of one household; on POST it gets a new one, and the old code opens nothing."""
    household = queries.visible_household(request.actor, pk)
    if request.method == "POST":
        try:
            linking.renew_link(actor=request.actor, household=household)
        except Conflict as error:
            messages.warning(request, str(error.message))
            return redirect("household", pk)
        messages.success(request, _("Here is the new slip. The old one opens nothing any more."))
        return redirect("household_slip", pk)
    link = queries.link_of(household)
    if link is not None:
        note_read(actor=request.actor, action=rules.see_slips.name, subject=household)
    return render(request, "people/slip.html", {"household": household, "link": link})
