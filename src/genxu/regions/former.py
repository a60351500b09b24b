"""Codes that places had before: what was entered under them stays with who is in charge there."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from genxu.core.access import under

from .models import FormerCode, Region


def codes_before(places: Iterable[str]) -> QuerySet[Any, Any]:
    """The codes that these places, or those below them, had before and no place has now."""
    here = Q(pk__in=[])
    for code in places:
        here |= under(code, "region")
    return FormerCode.objects.filter(here).exclude(code__in=Region.objects.all()).values("code")
