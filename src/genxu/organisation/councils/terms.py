"""The pages on which the term of a council ends: a new one begins, or it is dissolved."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from genxu.core.forms import PlainForm, posted
from genxu.core.pages import ActorRequest, page

from . import actions, forms, queries, rules
from .models import Council


@page(rules.renew_council, "GET", "POST")
def renew_council(request: ActorRequest, pk: int) -> HttpResponse:
    """A new term."""
    council = queries.visible_council(request.actor, pk)
    rules.renew_council.require(request.actor, council=council)
    start = {
        **forms.start_of_term(),
        "version": council.version,
        "stay": [seat.pk for seat in queries.seats_of(council)],
    }
    form = forms.RenewForm(posted(request), initial=start, council=council)

    def act(data: dict[str, Any]) -> Council:
        return actions.renew_council.once(
            data["client_id"], actor=request.actor, council=council, stay=list(data["stay"]),
            version=data["version"], **form.term(),
        )  # fmt: skip

    return _take(request, council, form, _("Begin a new term"), act, _("A new term has begun."))


@page(rules.dissolve_council, "GET", "POST")
def dissolve_council(request: ActorRequest, pk: int) -> HttpResponse:
    """The council's end."""
    council = queries.visible_council(request.actor, pk)
    rules.dissolve_council.require(request.actor, council=council)
    start = {"client_id": uuid4(), "version": council.version}
    form = forms.DissolveForm(posted(request), initial=start)

    def act(data: dict[str, Any]) -> Council:
        return actions.dissolve_council.once(
            data["client_id"], actor=request.actor, council=council, ending=data["ending"],
            version=data["version"],
        )  # fmt: skip

    return _take(request, council, form, _("Dissolve the council"), act, _("Dissolved."))


def _take(
    request: ActorRequest,
    council: Council,
    form: PlainForm,
    label: str,
    act: Callable[[dict[str, Any]], Council],
    said: str,
) -> HttpResponse:
    """The page, and on POST its action; a refusal comes back with what was typed."""
    if form.is_valid():
        with form.taking_refusals(council):
            after = act(form.cleaned_data)
            messages.success(request, said)
            return redirect("council", after.pk)
    context = {"council": council, "form": form, "label": label}
    return render(request, "councils/term.html", context, status=form.status)
