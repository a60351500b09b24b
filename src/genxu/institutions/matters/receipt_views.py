"""The pages behind a receipt, open without log-in: the code is the power."""

from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from genxu.core.access import RECEIPT_ROLE, Actor, Grant, Kind
from genxu.core.errors import Missing
from genxu.core.fresh import kept_part
from genxu.core.keyring import (
    Finder,
    HolderRequest,
    drop_codes,
    held_marks,
    led_to,
    let_in,
    looks_on,
    private,
    signed_in,
)
from genxu.core.pages import ActorRequest, page
from genxu.core.steps import tap
from genxu.people.models import HouseholdLink
from genxu.people.own_access import held_links, kept_of, link_to

from . import queries, rules, verdict_actions
from .models import Matter, Suggestion
from .receipts import told_by_receipt
from .workflow import Answer

P = ParamSpec("P")


def holder_of(suggestion: Suggestion, *, shown: bool = False, behind: Actor | None = None) -> Actor:
    """Whoever holds the receipt of a suggestion; ``shown``: whether staff had read the code that
    opened it, its own or that of the household; ``behind``: who is signed in."""
    grant = Grant(RECEIPT_ROLE, suggestion.hamlet_id)
    return Actor(Kind.RECEIPT, str(suggestion.pk), "", (grant,), shown, behind)


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
        holder = holder_of(suggestion, shown=shown, behind=signed_in(request))
        let_in(request, holder, rules.open_receipt, suggestion)
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


FINDER = Finder("find_receipt", "matters/find_receipt.html")


@page(rules.open_receipt, "GET", "POST")
def find_receipt(request: ActorRequest) -> HttpResponse:
    """Where a code is typed in."""
    return FINDER.typed(request)


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
    only_looks = looks_on(request) is not None
    told = kept_part(
        request, "matters/_told.html", suggestion.hamlet_id, suggestion.pk, only_looks,
        make=lambda: _told(suggestion, only_looks=only_looks),
    )  # fmt: skip
    context = {"suggestion": suggestion, "told": told, "marked": request.holder.code_was_shown}
    return render(request, "matters/receipt.html", context)


def _told(suggestion: Suggestion, *, only_looks: bool) -> dict[str, Any]:
    """It changes by itself when ten minutes are over."""
    told = told_by_receipt(suggestion)
    until = min((one.until for one in told if one.until), default=None)
    return {"suggestion": suggestion, "told": told, "answers": Answer, "looks_on": only_looks,
            "until": until}  # fmt: skip


def _matter(suggestion: Suggestion, pk: int) -> Matter:
    found = suggestion.matters.filter(pk=pk).first()
    if found is None:
        raise Missing(_("This receipt has no such matter."))
    return found


@page(rules.open_receipt, "POST")
@of_receipt
def receipt_verdict(request: HolderRequest, suggestion: Suggestion, matter: int) -> HttpResponse:
    """Her verdict. A second tap, or a late one, is told kindly and changes nothing."""
    give = partial(
        verdict_actions.give_verdict,
        actor=request.holder,
        matter=_matter(suggestion, matter),
        suggestion=suggestion,
        answer=request.POST.get("answer", ""),
        words=request.POST.get("words", "").replace("\x00", ""),
        round=_round_shown(request),
    )
    tap(request, _("Thank you. Your word counts."), give)
    return redirect("receipt", suggestion.pk)


@page(rules.open_receipt, "POST")
@of_receipt
def receipt_disown(
    request: HolderRequest, suggestion: Suggestion, matter: int, verdict: int
) -> HttpResponse:
    """这不是我说的: one tap."""
    row = _matter(suggestion, matter)
    noted = row.verdicts.filter(pk=verdict, suggestion=suggestion).first()
    if noted is None:
        raise Missing(_("This receipt has no such answer."))
    disown = partial(verdict_actions.disown_verdict, actor=request.holder, matter=row,
                     suggestion=suggestion, verdict=noted)  # fmt: skip
    tap(request, _("Thank you for telling us. It does not count; you are asked anew."), disown)
    return redirect("receipt", suggestion.pk)


@page(rules.open_receipt, "POST")
@of_receipt
def receipt_take_back(request: HolderRequest, suggestion: Suggestion, matter: int) -> HttpResponse:
    """Her own answer, taken back within ten minutes."""
    take_back = partial(verdict_actions.take_back_verdict, actor=request.holder,
                        matter=_matter(suggestion, matter), suggestion=suggestion)  # fmt: skip
    tap(request, _("Taken back. You can answer anew."), take_back)
    return redirect("receipt", suggestion.pk)


def _round_shown(request: ActorRequest) -> int | None:
    """The round that the page showed when she tapped."""
    shown = request.POST.get("round", "")
    return int(shown) if shown.isascii() and shown.isdecimal() and len(shown) < 6 else None
