"""A household's own page: who looks after it, what it raised, who stands, what is kept of it."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from genxu.core.cuts import First
from genxu.core.keyring import HolderRequest
from genxu.core.pages import page
from genxu.core.sections import sections_of
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
        "helper": None if serves else queries.helper_of(household),
        "own": own,
        "reason": queries.reason_of(own) if own else "",
        "serves": serves,
        "stands": own is not None and own.state in OPEN,
        "say_form": SayForm(),
        "consent_form": ConsentForm(one=own) if own else None,
        **_candidates(household),
        "own_parts": sections_of("own", household),
        "more_parts": sections_of("own_more", household),
        **_raised(household),
    }
    return render(request, "portal/household.html", context)


def _candidates(household: Household) -> dict[str, Any]:
    if not household.lives_here:
        return {"candidates": [], "word": None}
    candidates: list[CentreHousehold] = queries.public_candidates(household)
    return {"candidates": candidates, "word": queries.word_of(household) if candidates else None}


def _raised(household: Household) -> dict[str, list[Suggestion]]:
    """What the household raised: what is under way, then the last of what is settled."""
    under_way = Voice.objects.filter(suggestion=OuterRef("pk"), matter__state__in=OPEN_MATTERS)
    of_ours = Suggestion.objects.filter(household__in=household.entries)
    rows: QuerySet[Any] = of_ours.annotate(going_on=Exists(under_way)).prefetch_related("matters")
    found = First.of(rows.order_by("-going_on", "-said_on", "-pk"), MOST_OPEN + MOST_EARLIER)
    still_open = First.of([one for one in found if one.going_on], MOST_OPEN)
    earlier = First.of([one for one in found if not one.going_on], MOST_EARLIER)
    earlier.cut = earlier.cut or found.cut
    return {"open_suggestions": still_open, "earlier_suggestions": earlier}
