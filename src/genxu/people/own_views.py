"""What a household does itself with the code of its slip, without log-in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.cuts import First
from genxu.core.forms import posted
from genxu.core.keyring import HolderRequest, drop_codes, led_to, looks_on
from genxu.core.pages import ActorRequest, page

from . import forms, household_actions, rules
from .copying import copy_of
from .models import Household
from .own_access import FINDER, held_links, link_to, of_household, own_path
from .record import kept_of
from .record_queries import Reading, needs_of, readings_of

SHOWN = 10
"""So many readings stand open."""


@page(rules.open_own_page, "GET", "POST")
def find_household(request: ActorRequest) -> HttpResponse:
    """Where the code of a slip is typed in."""
    return FINDER.typed(request)


@page(rules.open_own_page)
@of_household
def own_copy(request: HolderRequest, household: Household) -> HttpResponse:
    """All of it as a file to take away; without the words for staff who look on."""
    text = copy_of(household, own=not looks_on(request))
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    name = _("What is kept of our household %s.txt") % f"{clock.today():%Y-%m-%d}"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


@page(rules.open_own_page, "POST")
def close_household(request: ActorRequest, pk: int) -> HttpResponse:
    """The browser forgets the codes that open this page, that of a merged double too."""
    marks = {link.code_mark for link in held_links(request) if link_to(pk, [link])}
    return drop_codes(request, led_to(FINDER.address, "closed"), marks)


@page(rules.open_own_page, "GET", "POST")
@of_household
def own_record(request: HolderRequest, household: Household) -> HttpResponse:
    """The household sees what is kept of it and corrects its phone and head count."""
    form = forms.OwnRecordForm(posted(request), household=household)
    if form.is_valid() and form.take(
        household_actions.correct_own_record,
        actor=request.holder,
        household=household,
        **form.values(),
    ):
        messages.success(request, _("Thank you, it is corrected."))
        return redirect("own_record", household.pk)
    return _record_page(request, household, form)


@page(rules.open_own_page, "POST")
@of_household
def own_erasure(request: HolderRequest, household: Household) -> HttpResponse:
    """The household asks to be erased, or takes that back."""
    wanted = request.POST.get("wanted") == "yes"
    household_actions.ask_erasure(actor=request.holder, household=household, wanted=wanted)
    if wanted:
        messages.success(request, _("We have noted it. Your village will see to it."))
    else:
        messages.success(request, _("All right, everything stays as it is."))
    return redirect("own_record", household.pk)


def _readings(household: Household) -> dict[str, list[Reading]]:
    """The newest open, the others folded."""
    found = readings_of(household)
    earlier = First(found[SHOWN:])
    earlier.cut = found.cut
    return {"readings": found[:SHOWN], "earlier_readings": earlier}


def _record_page(
    request: ActorRequest, household: Household, form: forms.OwnRecordForm
) -> HttpResponse:
    context = {
        "household": household,
        "form": form,
        "back": own_path(household),
        "needs": needs_of(household),
        "kept": kept_of(household, own=not looks_on(request)),
        **_readings(household),
    }
    return render(request, "people/own_record.html", context, status=form.status)
