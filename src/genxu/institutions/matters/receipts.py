"""The pages behind a receipt, open without log-in, and the secretary's page of a suggestion."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from genxu.core.access import RECEIPT_ROLE, Actor, Grant, Kind
from genxu.core.errors import Conflict, Invalid, Missing
from genxu.core.journal import note_read
from genxu.core.pages import ActorRequest, page
from genxu.core.ratelimit import count_try

from . import actions, forms, queries, rules, verdicts
from .models import Matter, Suggestion
from .workflow import Answer

WRONG_CODES_A_MINUTE = 10


def holder_of(suggestion: Suggestion) -> Actor:
    """Whoever holds the receipt of a suggestion."""
    grant = Grant(RECEIPT_ROLE, suggestion.hamlet_id)
    return Actor(Kind.RECEIPT, str(suggestion.pk), "", (grant,))


def _by_code(request: ActorRequest, code: str) -> Suggestion:
    try:
        return queries.suggestion_by_receipt(code)
    except Missing:
        count_try(request, "receipt", WRONG_CODES_A_MINUTE)
        raise


@page(rules.open_receipt)
def find_receipt(request: ActorRequest) -> HttpResponse:
    """Where a code is typed in."""
    code = request.GET.get("code", "").strip()
    if not code:
        return render(request, "matters/find_receipt.html", {"code": ""})
    try:
        suggestion = _by_code(request, code)
    except Missing as error:
        context = {"code": code, "error": error.message}
        return render(request, "matters/find_receipt.html", context, status=404)
    return redirect("receipt", suggestion.receipt)


@page(rules.open_receipt)
def receipt(request: ActorRequest, code: str) -> HttpResponse:
    """What became of what she said, step by step, and her verdict with one tap."""
    suggestion = _by_code(request, code)
    context = {
        "suggestion": suggestion,
        "told": queries.told_by_receipt(suggestion),
        "answers": Answer,
    }
    response = render(request, "matters/receipt.html", context)
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


@page(rules.open_receipt, "POST")
def receipt_verdict(request: ActorRequest, code: str, pk: int) -> HttpResponse:
    """Her verdict. A second tap, or a late one, is told kindly and changes nothing."""
    suggestion = _by_code(request, code)
    matter = suggestion.matters.filter(pk=pk).first()
    if matter is None:
        raise Missing(_("This receipt has no such matter."))
    try:
        verdicts.give_verdict(
            actor=holder_of(suggestion),
            matter=matter,
            suggestion=suggestion,
            answer=request.POST.get("answer", ""),
            words=request.POST.get("words", "").replace("\x00", ""),
            round=_round_shown(request),
        )
        messages.success(request, _("Thank you. Your word counts."))
    except (Conflict, Invalid) as error:
        messages.warning(request, str(error.message))
    return redirect("receipt", suggestion.receipt)


def _round_shown(request: ActorRequest) -> int | None:
    """The round that the page showed when she tapped."""
    shown = request.POST.get("round", "")
    return int(shown) if shown.isascii() and shown.isdecimal() and len(shown) < 6 else None


@page(rules.see_suggestions)
def suggestion_page(request: ActorRequest, pk: int) -> HttpResponse:
    """A suggestion with its receipt slip, its matters, and what can be added to it."""
    suggestion = queries.visible_suggestion(request.actor, pk)
    note_read(actor=request.actor, action=rules.see_suggestions.name, subject=suggestion)
    return _suggestion_page(request, suggestion)


def _suggestion_page(
    request: ActorRequest,
    suggestion: Suggestion,
    open_form: forms.OpenMatterForm | None = None,
    join_form: forms.JoinMatterForm | None = None,
) -> HttpResponse:
    matters = queries.reveal(request.actor, list(suggestion.matters.order_by("pk")))
    context = {
        "suggestion": suggestion,
        "matters": matters,
        "open_form": open_form or forms.OpenMatterForm(initial={"client_id": uuid4()}),
        "join_form": join_form or forms.JoinMatterForm(suggestion=suggestion),
        "taken_up": suggestion.response == Suggestion.Response.TAKEN_UP,
    }
    refused = open_form or join_form
    status = refused.status if refused else 200
    return render(request, "matters/suggestion.html", context, status=status)


@page(rules.open_matter, "POST")
def open_matter(request: ActorRequest, pk: int) -> HttpResponse:
    """Another matter for the same suggestion."""
    suggestion = queries.visible_suggestion(request.actor, pk)
    form = forms.OpenMatterForm(request.POST)
    if form.is_valid():
        with form.taking_refusals():
            matter = actions.open_matter.once(
                form.cleaned_data["client_id"],
                actor=request.actor,
                suggestion=suggestion,
                title=form.cleaned_data["title"],
            )
            return redirect("matter", matter.pk)
    return _suggestion_page(request, suggestion, open_form=form)


@page(rules.join_matter, "POST")
def join_matter(request: ActorRequest, pk: int) -> HttpResponse:
    """The same wish as an earlier one: it joins that matter."""
    suggestion = queries.visible_suggestion(request.actor, pk)
    form = forms.JoinMatterForm(request.POST, suggestion=suggestion)
    if form.is_valid():
        matter: Matter = form.cleaned_data["matter"]
        with form.taking_refusals():
            actions.join_matter(actor=request.actor, matter=matter, suggestion=suggestion)
            messages.success(request, _("It has joined: one matter, one more voice."))
            return redirect("matter", matter.pk)
    return _suggestion_page(request, suggestion, join_form=form)
