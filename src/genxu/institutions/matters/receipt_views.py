"""The pages behind a receipt, open without log-in: the code is the power."""

from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from genxu.core.access import RECEIPT_ROLE, Actor, Grant, Kind
from genxu.core.errors import Missing
from genxu.core.fresh import kept_part
from genxu.core.keyring import Finder, HolderRequest, drop_codes, held_marks, led_to, private
from genxu.core.pages import ActorRequest, page
from genxu.core.ratelimit import count_try
from genxu.core.steps import tap
from genxu.people.models import HouseholdLink
from genxu.people.own_access import held_links, kept_of, link_to

from . import queries, rules, verdict_actions
from .models import Suggestion
from .workflow import Answer

WRONG_CODES_A_MINUTE = 10
P = ParamSpec("P")


def holder_of(suggestion: Suggestion, *, shown: bool = False) -> Actor:
    """Whoever holds the receipt of a suggestion; ``shown``: whether staff had read the code that
    opened it, its own or that of the household."""
    grant = Grant(RECEIPT_ROLE, suggestion.hamlet_id)
    return Actor(Kind.RECEIPT, str(suggestion.pk), "", (grant,), code_was_shown=shown)


def of_receipt(
    view: Callable[Concatenate[HolderRequest, Suggestion, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A page of a receipt, for a browser that holds its code, or that of the household which
    raised it; any other is led to where the code is typed. ``request.holder`` acts there."""

    @wraps(view)
    def inner(request: HolderRequest, pk: int, **kwargs: Any) -> HttpResponse:
        suggestion = queries.suggestion_of(pk)
        shown = _opens(request, suggestion) if suggestion else None
        if suggestion is None or shown is None:
            return led_to(FINDER.address, "again")
        request.holder = holder_of(suggestion, shown=shown)
        return private(view(request, suggestion, **kwargs))  # type: ignore[call-arg]

    return inner


def _opens(request: HolderRequest, suggestion: Suggestion) -> bool | None:
    """Whether staff had read the code by which this browser opens the receipt; None if it holds
    none that does."""
    if suggestion.code_mark in held_marks(request):
        return suggestion.code_was_shown
    link = _is_of(suggestion, held_links(request)) if suggestion.household else None
    return None if link is None else link.code_was_shown


def _is_of(suggestion: Suggestion, held: Sequence[HouseholdLink]) -> HouseholdLink | None:
    """The first of the slips that is of the household which raised it."""
    household = suggestion.household
    return link_to(kept_of(household).pk, held) if household else None


def _path_of(request: HttpRequest, code: str) -> str:
    try:
        return reverse("receipt", args=[queries.suggestion_by_code(code).pk])
    except Missing:
        count_try(request, "receipt", WRONG_CODES_A_MINUTE)
        raise


FINDER = Finder("find_receipt", "matters/find_receipt.html", _path_of)


@page(rules.open_receipt, "GET", "POST")
def find_receipt(request: ActorRequest) -> HttpResponse:
    """Where a code is typed in."""
    return FINDER.typed(request)


@page(rules.open_receipt)
def open_receipt(request: ActorRequest, code: str) -> HttpResponse:
    """What the QR code of a slip opens: the code is taken once, out of the address."""
    return FINDER.scanned(request, code)


@page(rules.open_receipt, "POST")
def close_receipt(request: ActorRequest, pk: int) -> HttpResponse:
    """The browser forgets all codes that open this receipt: its own, and its household's."""
    suggestion = queries.suggestion_of(pk)
    marks: set[str] = set()
    if suggestion:
        links = [link for link in held_links(request) if _is_of(suggestion, [link])]
        marks = {suggestion.code_mark, *(link.code_mark for link in links)}
    return drop_codes(request, led_to(FINDER.address, "closed"), marks)


@page(rules.open_receipt)
@of_receipt
def receipt(request: HolderRequest, suggestion: Suggestion) -> HttpResponse:
    """What became of what she said, step by step, and her verdict with one tap."""
    told = kept_part(
        request, "matters/_told.html", suggestion.hamlet_id, suggestion.pk,
        make=lambda: {"suggestion": suggestion, "told": queries.told_by_receipt(suggestion),
                      "answers": Answer},
    )  # fmt: skip
    context = {"suggestion": suggestion, "told": told, "marked": request.holder.code_was_shown}
    return render(request, "matters/receipt.html", context)


@page(rules.open_receipt, "POST")
@of_receipt
def receipt_verdict(request: HolderRequest, suggestion: Suggestion, matter: int) -> HttpResponse:
    """Her verdict. A second tap, or a late one, is told kindly and changes nothing."""
    found = suggestion.matters.filter(pk=matter).first()
    if found is None:
        raise Missing(_("This receipt has no such matter."))
    give = partial(
        verdict_actions.give_verdict,
        actor=request.holder,
        matter=found,
        suggestion=suggestion,
        answer=request.POST.get("answer", ""),
        words=request.POST.get("words", "").replace("\x00", ""),
        round=_round_shown(request),
    )
    tap(request, _("Thank you. Your word counts."), give)
    return redirect("receipt", suggestion.pk)


def _round_shown(request: ActorRequest) -> int | None:
    """The round that the page showed when she tapped."""
    shown = request.POST.get("round", "")
    return int(shown) if shown.isascii() and shown.isdecimal() and len(shown) < 6 else None
