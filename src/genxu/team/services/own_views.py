"""What a household does itself with errands, by the code of its slip; nobody signs in."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from genxu.core.errors import Missing
from genxu.core.forms import posted
from genxu.core.keyring import HolderRequest
from genxu.core.pages import page
from genxu.core.steps import tap
from genxu.people.models import Household
from genxu.people.own_access import of_household, own_path
from genxu.people.rules import open_own_page

from . import actions, forms, posting_actions, queries
from .models import Errand


@page(open_own_page, "GET", "POST")
@of_household
def own_ask(request: HolderRequest, household: Household) -> HttpResponse:
    """It asks for an errand: that is its yes, to this one, once."""
    items = queries.offered_to(household)
    form = forms.OwnAskForm(posted(request), items=items)
    if form.is_valid():
        sent = {"actor": request.holder, "household": household, **form.values()}
        if form.take(actions.ask_own_errand, **sent):
            messages.success(request, _("Thank you. Your steward sees it now."))
            return redirect(own_path(household))
    context = {"household": household, "form": form}
    return render(request, "services/own_ask.html", context, status=form.status)


def _errand(household: Household, pk: int) -> Errand:
    rows = Errand.objects.filter(household__in=household.entries, pk=pk)
    found = rows.select_related("hamlet", "household", "item", "posting").first()
    if found is None:
        raise Missing(_("There is no such errand of your household."))
    return found


def _tap(
    request: HolderRequest, household: Household, said: str, take: Callable[[], Any]
) -> HttpResponse:
    tap(request, said, take)
    return redirect(own_path(household))


@page(open_own_page, "POST")
@of_household
def own_yes(request: HolderRequest, household: Household, errand: int) -> HttpResponse:
    """Her yes, with one tap."""
    take = partial(
        actions.authorise_own_errand, actor=request.holder, errand=_errand(household, errand)
    )
    return _tap(request, household, _("Noted: this, and this once."), take)


@page(open_own_page, "POST")
@of_household
def own_withdraw(request: HolderRequest, household: Household, errand: int) -> HttpResponse:
    """Taken back, at any time before it is done."""
    take = partial(
        actions.withdraw_own_errand, actor=request.holder, errand=_errand(household, errand)
    )
    return _tap(request, household, _("Withdrawn. Nothing more is done."), take)


@page(open_own_page, "POST")
@of_household
def own_word(request: HolderRequest, household: Household, errand: int) -> HttpResponse:
    """What she says of it."""
    take = partial(
        actions.give_word,
        actor=request.holder,
        errand=_errand(household, errand),
        answer=request.POST.get("answer", ""),
        words=request.POST.get("words", "").replace("\x00", ""),
    )
    return _tap(request, household, _("Thank you. Your word counts."), take)


@page(open_own_page, "POST")
@of_household
def own_refuse(request: HolderRequest, household: Household) -> HttpResponse:
    """It wants no steward any more."""
    take = partial(posting_actions.refuse_steward, actor=request.holder, household=household)
    return _tap(request, household, _("Noted. No steward comes for you any more."), take)
