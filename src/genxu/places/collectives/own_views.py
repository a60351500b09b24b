"""What everybody finds behind the code of a share certificate, and what a household does with the
code of its slip."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core import clock
from genxu.core.codes import CODE_LENGTH
from genxu.core.errors import Missing
from genxu.core.forms import posted
from genxu.core.keyring import HolderRequest
from genxu.core.pages import ActorRequest, page
from genxu.core.ratelimit import count_try
from genxu.core.rules import open_public
from genxu.people.models import Household
from genxu.people.own_access import of_household, own_path
from genxu.people.rules import open_own_page

from . import certificate_actions, filing_actions, forms
from .models import Certificate, Collective, ShareKind
from .shares import shown

WRONG_CODES_A_MINUTE = 10
NO_CARD = gettext_lazy("There is no certificate with this code. Please scan it once more.")


@page(open_public)
def share_certificate(request: ActorRequest, code: str) -> HttpResponse:
    """What a certificate said on its day, and whether that still holds; nobody is named."""
    one = _by_code(request, code)
    collective, keys = one.collective, [one.household_id]
    now = certificate_actions.lines_by_household(collective, clock.today(), keys)
    charter = collective.charter_on(one.issued_on)
    sums = _by_kind(one.lines)
    lines = [(charter.called(kind), shown(sums[kind])) for kind in ShareKind.values if kind in sums]
    context = {"one": one, "collective": collective, "lines": lines, "total": shown(one.total),
               "holds": _by_kind(now.get(one.household_id, [])) == sums}  # fmt: skip
    response = render(request, "collectives/public_certificate.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response


def _by_kind(lines: Iterable[Iterable[Any]]) -> dict[str, int]:
    """Kind → quantity; whose they are is no part of it."""
    sums: dict[str, int] = {}
    for _name, kind, quantity in lines:
        sums[kind] = sums.get(kind, 0) + quantity
    return sums


def _by_code(request: ActorRequest, code: str) -> Certificate:
    """Wrong codes are counted and slowed down, as with receipts."""
    rows = Certificate.objects.select_related("collective__place", "place")
    key = code.upper()
    found = rows.filter(card=key).first() if len(key) == CODE_LENGTH and key.isalnum() else None
    if found is None:
        count_try(request, "card", WRONG_CODES_A_MINUTE)
        raise Missing(NO_CARD)
    return found


@page(open_own_page, "GET", "POST")
@of_household
def own_doubt(request: HolderRequest, household: Household, collective: int) -> HttpResponse:
    """Its line in a collective is not right: a matter, which only the household closes."""
    known = Collective.objects.filter(pk=collective).first()
    if known is None:
        raise Missing(Collective.missing)
    form = forms.DoubtForm(posted(request))
    if form.is_valid() and form.take(
        filing_actions.doubt_line, actor=request.holder, household=household, collective=known,
        **form.values(),
    ):  # fmt: skip
        said = _("Thank you, it is written down. Here you see what becomes of it.")
        messages.success(request, said)
        return redirect(own_path(household))
    context = {"household": household, "collective": known, "form": form,
               "back": own_path(household)}  # fmt: skip
    return render(request, "collectives/own_doubt.html", context, status=form.status)
