"""What a household does with its own code: one of it helps, and it says whether a visit was."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from genxu.core.forms import posted
from genxu.core.keyring import HolderRequest, add_code
from genxu.core.pages import page
from genxu.core.steps import tap
from genxu.people.models import Household
from genxu.people.own_access import of_household
from genxu.people.own_access import own_path as page_of
from genxu.people.rules import open_own_page

from . import actions, hours_actions
from .forms import OwnPersonForm
from .models import Hours
from .own_access import own_path


@page(open_own_page, "GET", "POST")
@of_household
def own_enlist(request: HolderRequest, household: Household) -> HttpResponse:
    """Somebody of the household wants to help: entered, and his own page opens."""
    form = OwnPersonForm(posted(request))
    if form.is_valid():
        who = form.who(household=household)
        sent: dict[str, Any] = {"actor": request.holder, "household": household, "who": who}
        made = form.take(actions.enlist_own, **sent)
        if made is not None:
            messages.success(request, _("Thank you! This is your own page as a volunteer."))
            return add_code(request, redirect(own_path(made)), made.code)
    context = {"form": form, "heading": _("I would like to help"), "act": _("I come along"),
               "back": page_of(household), "who": household}  # fmt: skip
    return render(request, "volunteers/own_form.html", context, status=form.status)


@page(open_own_page, "POST")
@of_household
def own_confirm(request: HolderRequest, household: Household, key: int) -> HttpResponse:
    """Whether somebody was there, as the household says itself."""
    hours = get_object_or_404(Hours, pk=key)
    sent: dict[str, Any] = {"actor": request.holder, "hours": hours, "household": household}
    if request.POST.get("answer") == "yes":
        tap(request, _("Thank you. It counts now."), partial(hours_actions.vouch_hours, **sent))
    else:
        tap(request, _("Noted. It does not count."), partial(hours_actions.deny_hours, **sent))
    return redirect(page_of(household))
