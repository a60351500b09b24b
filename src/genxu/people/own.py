"""What a household does itself with the code of its slip, without log-in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.errors import Missing
from genxu.core.forms import posted
from genxu.core.pages import ActorRequest, page

from . import forms, keeping, rules
from .copying import copy_of
from .links import clean_code, holder_of, household_by_code, own_path
from .models import Household
from .record import kept_of
from .record_queries import Reading, needs_of, readings_of

SHOWN = 10
"""So many readings stand open."""


@page(rules.open_own_page)
def find_household(request: ActorRequest) -> HttpResponse:
    """Where the code of a slip is typed in."""
    code = request.GET.get("code", "").strip()
    if not code:
        return render(request, "people/find.html", {"code": ""})
    try:
        household_by_code(request, code)
    except Missing as error:
        context = {"code": code, "error": error.message}
        return render(request, "people/find.html", context, status=404)
    return redirect(own_path(code))


@page(rules.open_own_page, "GET", "POST")
def own_record(request: ActorRequest, code: str) -> HttpResponse:
    """The household sees what is kept of it and corrects its phone and head count."""
    household = household_by_code(request, code)
    form = forms.OwnRecordForm(posted(request), household=household)
    if not form.is_valid():
        return _record_page(request, household, code, form)
    with form.taking_refusals():
        keeping.correct_own_record(
            actor=holder_of(household), household=household, **form.cleaned_data
        )
    if form.errors:
        return _record_page(request, household, code, form)
    messages.success(request, _("Thank you, it is corrected."))
    return redirect("own_record", clean_code(code))


@page(rules.open_own_page)
def own_copy(request: ActorRequest, code: str) -> HttpResponse:
    """All of it as a file to take away."""
    household = household_by_code(request, code)
    response = HttpResponse(copy_of(household), content_type="text/plain; charset=utf-8")
    name = _("What is kept of our household %s.txt") % f"{clock.today():%Y-%m-%d}"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@page(rules.open_own_page, "POST")
def own_erasure(request: ActorRequest, code: str) -> HttpResponse:
    """The household asks to be erased, or takes that back."""
    household = household_by_code(request, code)
    code = clean_code(code)
    wanted = request.POST.get("wanted") == "yes"
    keeping.ask_erasure(actor=holder_of(household), household=household, wanted=wanted)
    if wanted:
        messages.success(request, _("We have noted it. Your village will see to it."))
    else:
        messages.success(request, _("All right, everything stays as it is."))
    return redirect("own_record", code)


def _readings(household: Household) -> dict[str, list[Reading]]:
    """The newest open, the others folded."""
    found = readings_of(household)
    return {"readings": found[:SHOWN], "earlier_readings": found[SHOWN:]}


def _record_page(
    request: ActorRequest, household: Household, code: str, form: forms.OwnRecordForm
) -> HttpResponse:
    context = {
        "household": household,
        "code": clean_code(code),
        "form": form,
        "back": own_path(code),
        "needs": needs_of(household),
        "kept": kept_of(household),
        **_readings(household),
    }
    response = render(request, "people/own_record.html", context, status=form.status)
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
