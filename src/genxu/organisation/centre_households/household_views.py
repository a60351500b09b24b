"""What a household does on its own page: it stands, recommends, thinks again, gives its consent.

The code on its slip is the power; nobody signs in. The page itself is ``portal.household_views``.
"""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from genxu.core.actions import Action
from genxu.core.errors import Missing
from genxu.core.forms import posted
from genxu.core.keyring import HolderRequest
from genxu.core.pages import page
from genxu.core.steps import tap
from genxu.people.models import Household
from genxu.people.own_access import of_household, own_path
from genxu.people.rules import open_own_page

from . import actions, forms, queries
from .models import CentreHousehold, Duty


def _back(household: Household) -> HttpResponse:
    return redirect(own_path(household))


def _own(household: Household) -> CentreHousehold:
    own = queries.own_of(household)
    if own is None:
        raise Missing(_("Your household does not stand as centre household."))
    return own


@page(open_own_page, "GET", "POST")
@of_household
def stand(request: HolderRequest, household: Household) -> HttpResponse:
    """个人自荐: the form by which a household nominates one of its own."""
    start = {"duties": Duty.values}
    form = forms.StandForm(posted(request), household=household, initial=start)
    if form.is_valid():
        sent = {"actor": request.holder, "household": household, **form.values()}
        if form.take(actions.nominate_household, **sent):
            text = _("Thank you for standing. Your neighbours can recommend you now.")
            messages.success(request, text)
            return _back(household)
    return _stand_page(request, household, form)


def _stand_page(
    request: HolderRequest, household: Household, form: forms.StandForm
) -> HttpResponse:
    context = {"household": household, "form": form}
    return render(request, "centre_households/stand.html", context, status=form.status)


@page(open_own_page, "POST")
@of_household
def recommend(request: HolderRequest, household: Household, candidate: int) -> HttpResponse:
    """群众推荐, with one tap; the household may tap another one while the branch has not chosen."""
    found = CentreHousehold.objects.filter(pk=candidate, hamlet=household.hamlet_id).first()
    if found is None:
        raise Missing(_("There is no such candidate in your hamlet."))
    said = _("Noted. You can change your mind until the branch has chosen.")
    return _tap(request, household, actions.recommend_candidate, said,
                household=household, candidate=found)  # fmt: skip


@page(open_own_page, "POST")
@of_household
def take_back(request: HolderRequest, household: Household) -> HttpResponse:
    """The household recommends nobody any more."""
    return _tap(request, household, actions.take_back_recommendation,
                _("Taken back."), household=household)  # fmt: skip


@page(open_own_page, "POST")
@of_household
def withdraw(request: HolderRequest, household: Household) -> HttpResponse:
    """Who stands thinks again."""
    return _tap(request, household, actions.withdraw_candidacy,
                _("Withdrawn. You may stand again at any time."),
                centre_household=_own(household))  # fmt: skip


@page(open_own_page, "POST")
@of_household
def resign(request: HolderRequest, household: Household) -> HttpResponse:
    """The centre household gives it back."""
    words = request.POST.get("words", "").replace("\x00", "")
    return _tap(request, household, actions.resign_service,
                _("Noted. Thank you for all you did for the neighbours."),
                centre_household=_own(household), words=words)  # fmt: skip


@page(open_own_page, "POST")
@of_household
def erase(request: HolderRequest, household: Household) -> HttpResponse:
    """What is kept of an earlier candidacy or service is erased."""
    return _tap(request, household, actions.erase_centre_household,
                _("Erased."), centre_household=_own(household))  # fmt: skip


@page(open_own_page, "POST")
@of_household
def consent(request: HolderRequest, household: Household) -> HttpResponse:
    """What may be shown of the centre household, given or taken back."""
    own = _own(household)
    form = forms.ConsentForm(request.POST, one=own)
    form.is_valid()
    said = _("Noted. You can change it at any time.")
    return _tap(request, household, actions.set_consent, said, centre_household=own,
                shown=form.cleaned_data["shown"],
                phone_shown=form.cleaned_data["phone_shown"])  # fmt: skip


def _tap(
    request: HolderRequest,
    household: Household,
    action: "Action[Any, Any]",
    said: str,
    /,
    **values: Any,
) -> HttpResponse:
    """One tap on the page; both ways lead back to it."""
    tap(request, said, partial(action, actor=request.holder, **values))
    return _back(household)
