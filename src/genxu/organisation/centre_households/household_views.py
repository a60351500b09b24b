"""What a household does on its own page: it stands, recommends, thinks again, gives its consent.

The code on its slip is the power; nobody signs in. The page itself is ``portal.household``.
"""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from genxu.core.actions import Action
from genxu.core.errors import Conflict, Invalid, Missing
from genxu.core.forms import posted
from genxu.core.pages import ActorRequest, page
from genxu.people.links import clean_code, holder_of, household_by_code, own_path
from genxu.people.models import Household
from genxu.people.rules import open_own_page

from . import actions, forms, queries
from .models import CentreHousehold, Duty


def private(response: HttpResponse) -> HttpResponse:
    """A page that a code opens: the code does not travel on, and no search engine keeps it."""
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def _back(code: str) -> HttpResponse:
    return private(redirect(own_path(code)))


def _own(household: Household) -> CentreHousehold:
    own = queries.own_of(household)
    if own is None:
        raise Missing(_("Your household does not stand as centre household."))
    return own


@page(open_own_page, "GET", "POST")
def stand(request: ActorRequest, code: str) -> HttpResponse:
    """个人自荐: the form by which a household nominates one of its own."""
    household = household_by_code(request, code)
    start = {"client_id": uuid4(), "duties": Duty.values}
    form = forms.StandForm(posted(request), household=household, initial=start)
    if not form.is_valid():
        return _stand_page(request, household, code, form)
    values = dict(form.cleaned_data)
    client_id = values.pop("client_id")
    with form.taking_refusals():
        actions.nominate_household.once(
            client_id, actor=holder_of(household), household=household, **values
        )
    if form.errors:
        return _stand_page(request, household, code, form)
    messages.success(request, _("Thank you for standing. Your neighbours can recommend you now."))
    return _back(code)


def _stand_page(
    request: ActorRequest, household: Household, code: str, form: forms.StandForm
) -> HttpResponse:
    context = {"household": household, "code": clean_code(code), "form": form}
    return private(render(request, "centre_households/stand.html", context, status=form.status))


@page(open_own_page, "POST")
def recommend(request: ActorRequest, code: str, pk: int) -> HttpResponse:
    """群众推荐, with one tap; the household may tap another one while the branch has not chosen."""
    household = household_by_code(request, code)
    candidate = CentreHousehold.objects.filter(pk=pk, hamlet=household.hamlet_id).first()
    if candidate is None:
        raise Missing(_("There is no such candidate in your hamlet."))
    said = _("Noted. You can change your mind until the branch has chosen.")
    return _tap(request, household, code, actions.recommend_candidate, said,
                household=household, candidate=candidate)  # fmt: skip


@page(open_own_page, "POST")
def take_back(request: ActorRequest, code: str) -> HttpResponse:
    """The household recommends nobody any more."""
    household = household_by_code(request, code)
    return _tap(request, household, code, actions.take_back_recommendation,
                _("Taken back."), household=household)  # fmt: skip


@page(open_own_page, "POST")
def withdraw(request: ActorRequest, code: str) -> HttpResponse:
    """Who stands thinks again."""
    household = household_by_code(request, code)
    return _tap(request, household, code, actions.withdraw_candidacy,
                _("Withdrawn. You may stand again at any time."),
                centre_household=_own(household))  # fmt: skip


@page(open_own_page, "POST")
def resign(request: ActorRequest, code: str) -> HttpResponse:
    """The centre household gives it back."""
    household = household_by_code(request, code)
    words = request.POST.get("words", "").replace("\x00", "")
    return _tap(request, household, code, actions.resign_service,
                _("Noted. Thank you for all you did for the neighbours."),
                centre_household=_own(household), words=words)  # fmt: skip


@page(open_own_page, "POST")
def erase(request: ActorRequest, code: str) -> HttpResponse:
    """What is kept of an earlier candidacy or service is erased."""
    household = household_by_code(request, code)
    return _tap(request, household, code, actions.erase_centre_household,
                _("Erased."), centre_household=_own(household))  # fmt: skip


@page(open_own_page, "POST")
def consent(request: ActorRequest, code: str) -> HttpResponse:
    """What may be shown of the centre household, given or taken back."""
    household = household_by_code(request, code)
    own = _own(household)
    form = forms.ConsentForm(request.POST, one=own)
    form.is_valid()
    said = _("Noted. You can change it at any time.")
    return _tap(request, household, code, actions.set_consent, said, centre_household=own,
                shown=form.cleaned_data["shown"],
                phone_shown=form.cleaned_data["phone_shown"])  # fmt: skip


def _tap(
    request: ActorRequest,
    household: Household,
    code: str,
    action: "Action[Any, Any]",
    said: str,
    /,
    **values: Any,
) -> HttpResponse:
    """One tap on the page: done, or told kindly why not; both lead back to it."""
    try:
        action(actor=holder_of(household), **values)
        messages.success(request, said)
    except (Conflict, Invalid) as error:
        messages.warning(request, str(error.message))
    return _back(code)
