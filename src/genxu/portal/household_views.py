"""A household's own page: who looks after it, what it raised, who stands, what is kept of it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render

from genxu.core.keyring import HolderRequest
from genxu.core.pages import page
from genxu.institutions.matters.forms import SayForm
from genxu.institutions.matters.models import Suggestion, Voice
from genxu.institutions.matters.workflow import OPEN as OPEN_MATTERS
from genxu.organisation.centre_households import queries
from genxu.organisation.centre_households.forms import ConsentForm
from genxu.organisation.centre_households.models import CentreHousehold
from genxu.organisation.centre_households.workflow import OPEN, State
from genxu.people.models import Household
from genxu.people.own_access import of_household
from genxu.people.rules import open_own_page

MOST_OPEN, MOST_EARLIER = 20, 10


@dataclass(frozen=True)
class Helper:
    """The centre household that looks after one, as that one may see it."""

    name: str
    phone: str
    duties: list[Any]


@page(open_own_page)
@of_household
def own_page(request: HolderRequest, household: Household) -> HttpResponse:
    """Opened by the code on the slip, phone first; other households are not named, but for those
    who stand publicly and one's own centre household. The number of queries is fixed."""
    own = queries.own_of(household)
    serves = own is not None and own.state == State.APPOINTED
    context = {
        "household": household,
        "marked": request.holder.code_was_shown,
        "helper": None if serves else _helper(household),
        "own": own,
        "reason": queries.reason_of(own) if own else "",
        "serves": serves,
        "stands": own is not None and own.state in OPEN,
        "say_form": SayForm(),
        "consent_form": ConsentForm(one=own) if own else None,
        **_candidates(household),
        **_raised(household),
    }
    return render(request, "portal/household.html", context)


def _helper(household: Household) -> Helper | None:
    """Its phone number only if the person has agreed to that."""
    one = queries.helper_of(household)
    if one is None:
        return None
    phone = (one.account.phone if one.account else one.household.phone) if one.phone_shown else ""
    return Helper(one.person_name, phone, one.duty_labels)


def _candidates(household: Household) -> dict[str, Any]:
    if not household.lives_here:
        return {"candidates": [], "word": None}
    word = queries.word_of(household)
    candidates: list[CentreHousehold] = queries.public_candidates(household)
    return {"candidates": candidates, "word": word}


def _raised(household: Household) -> dict[str, list[Suggestion]]:
    """What the household raised: what is under way, and the last of what is settled."""
    going_on = Exists(
        Voice.objects.filter(suggestion=OuterRef("pk"), matter__state__in=OPEN_MATTERS)
    )
    rows = (
        Suggestion.objects.filter(household__in=household.entries)
        .order_by("-said_on", "-pk")
        .prefetch_related("matters")
    )
    return {
        "open_suggestions": list(rows.filter(going_on)[:MOST_OPEN]),
        "earlier_suggestions": list(rows.filter(~going_on)[:MOST_EARLIER]),
    }
