"""What a household does itself with its answer, by the code of its slip."""

from functools import partial

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

from . import actions
from .models import Income


@page(open_own_page, "POST")
@of_household
def own_income(request: HolderRequest, household: Household, answer: int) -> HttpResponse:
    """It would rather not say: one tap, nobody asks why."""
    found = Income.objects.filter(household__in=household.entries, pk=answer).first()
    if found is None:
        raise Missing(_("There is no such answer of your household."))
    take = partial(actions.decline_answer, actor=request.holder, answer=found)
    tap(request, _("Deleted. You are not asked again for this year."), take)
    return redirect(own_path(household))
