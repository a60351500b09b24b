"""What a household reads of its part, and asks about it, by the code of its slip."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from genxu.core.errors import Missing
from genxu.core.forms import posted
from genxu.core.keyring import HolderRequest
from genxu.core.pages import page
from genxu.people.models import Household
from genxu.people.own_access import of_household
from genxu.people.rules import open_own_page

from . import forms, paying_actions, queries


@page(open_own_page, "GET", "POST")
@of_household
def own_portion(request: HolderRequest, household: Household, portion: int) -> HttpResponse:
    """Its five lines in large type, and a field for what is wrong with them."""
    found = queries.own_rows(household).filter(pk=portion).first()
    if found is None:
        raise Missing(_("There is no such distribution of your household."))
    form = forms.QuestionForm(posted(request))
    if form.is_valid():
        asked = form.take(
            paying_actions.question_portion, actor=request.holder, portion=found, **form.values()
        )
        if asked is not None:
            messages.success(request, _("Thank you. You are answered; it stands on your page."))
            return redirect("own_portion", household.pk, portion)
    context = {"household": household, "part": queries.with_matter(found), "form": form}
    return render(request, "distributions/own.html", context, status=form.status)
