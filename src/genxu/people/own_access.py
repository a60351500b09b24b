"""Opening a household's own page by the code on its slip: the code is the power."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from genxu.core.access import HOUSEHOLD_ROLE, Actor, Grant, Kind
from genxu.core.keyring import Finder, HolderRequest, held_marks, led_to, let_in, private, signed_in

from .models import Household, HouseholdLink
from .rules import open_own_page

P = ParamSpec("P")


def holder_of(household: Household, *, shown: bool = False, behind: Actor | None = None) -> Actor:
    """Whoever holds the slip of a household: acts for this household only. ``shown``: whether
    staff had read its code; ``behind``: who is signed in."""
    grant = Grant(HOUSEHOLD_ROLE, household.hamlet_id)
    return Actor(Kind.HOUSEHOLD, str(household.pk), "", (grant,), shown, behind)


def own_path(household: Household) -> str:
    """The address of a household's own page; the portal shows it."""
    return reverse("own_page", args=[household.pk])


def held_links(request: HttpRequest) -> list[HouseholdLink]:
    """The slips of households that this browser has opened; those that staff read come last.

    A code that was replaced is none of these any more.
    """
    rows = HouseholdLink.objects.filter(code_mark__in=held_marks(request))
    found = rows.select_related("household__hamlet").order_by("pk")
    return sorted(found, key=lambda link: link.code_was_shown)


def link_to(household_pk: int, held: Iterable[HouseholdLink]) -> HouseholdLink | None:
    """The first of the slips that opens this household's page, or None; ``link.household`` is the
    household then. The slip of a double opens the page of the one that was kept."""
    for link in held:
        link.household = kept_of(link.household)
        if link.household.pk == household_pk:
            return link
    return None


def kept_of(household: Household) -> Household:
    """The household itself, or the one that its entry was merged into."""
    found = household
    while found.merged_into_id is not None:
        found = Household.objects.select_related("hamlet").get(pk=found.merged_into_id)
    return found


def of_household(
    view: Callable[Concatenate[HolderRequest, Household, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A page of a household's own, for a browser that holds its code; any other is led to where
    the code is typed. ``request.holder`` is who acts there."""

    @wraps(view)
    def inner(request: HolderRequest, pk: int, **kwargs: Any) -> HttpResponse:
        link = link_to(pk, held_links(request))
        if link is None:
            return led_to(FINDER.address, "again")
        holder = holder_of(link.household, shown=link.code_was_shown, behind=signed_in(request))
        let_in(request, holder, open_own_page, link.household)
        return private(view(request, link.household, **kwargs))  # type: ignore[call-arg]

    return inner


FINDER = Finder("find_household", "people/find.html")
