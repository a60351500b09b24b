"""Codes that places had before: what was entered under them stays with who is in charge there, and
an address that names one leads on to today's."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from genxu.core.access import under

from .models import FormerCode, Region
from .queries import found_by

IN_ADDRESS = re.compile("<place:([a-z_]+)>")
"""How an address says that a part of it is the code of a place."""


def codes_before(places: Iterable[str]) -> QuerySet[Any, Any]:
    """The codes that these places, or those below them, had before and no place has now."""
    here = Q(pk__in=[])
    for code in places:
        here |= under(code, "region")
    return FormerCode.objects.filter(here).exclude(code__in=Region.objects.all()).values("code")


def codes_now(place: str) -> dict[str, str]:
    """Former code → today's, of a place and of those below it."""
    rows = FormerCode.objects.filter(under(place, "region"))
    return dict(rows.values_list("code", "region_id"))


def is_place(code: str) -> bool:
    """Whether a code is, or was, that of a place."""
    return found_by(code) is not None


def address_now(request: HttpRequest) -> str:
    """The same address with the code that its place has today; empty if it names no place, or
    today's code already. Asked only where an address has led nowhere."""
    match = request.resolver_match
    if match is None or not (part := IN_ADDRESS.search(match.route)):
        return ""
    given = match.kwargs[part[1]]
    place = found_by(given)
    if place is None or place.code == given:
        return ""
    url = reverse(match.view_name, kwargs=match.kwargs | {part[1]: place.code})
    query = request.META.get("QUERY_STRING", "")
    return f"{url}?{query}" if query else url
