"""What a side does itself, by the code of its household's slip; nobody signs in."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from genxu.core.errors import Missing
from genxu.core.keyring import HolderRequest
from genxu.core.pages import page
from genxu.core.steps import tap
from genxu.people.models import Household
from genxu.people.own_access import of_household, own_path
from genxu.people.rules import open_own_page

from . import actions, answer_actions
from .models import Side


def _part(request: HolderRequest, household: Household, pk: int) -> dict[str, Any]:
    rows = Side.objects.filter(household__in=household.entries, pk=pk)
    side = rows.select_related("dispute").first()
    if side is None:
        raise Missing(_("There is no such dispute of your household."))
    return {"actor": request.holder, "dispute": side.dispute, "side": side}


@page(open_own_page, "POST")
@of_household
def own_dispute_word(request: HolderRequest, household: Household, side: int) -> HttpResponse:
    """Whether the agreement holds: one tap."""
    answer = request.POST.get("answer", "")
    take = partial(answer_actions.give_answer, **_part(request, household, side), answer=answer)
    tap(request, _("Thank you. Your word counts."), take)
    return redirect(own_path(household))


@page(open_own_page, "POST")
@of_household
def own_dispute_end(request: HolderRequest, household: Household, side: int) -> HttpResponse:
    """It does not want to talk any more; nobody asks why."""
    take = partial(actions.end_own_dispute, **_part(request, household, side))
    tap(request, _("It has ended. Other ways remain open to you."), take)
    return redirect(own_path(household))
