"""Places: the list, entering one, what is missing seen to with one tap."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.pages import ActorRequest, page
from genxu.core.steps import tap
from genxu.regions.begun import NewPage
from genxu.regions.lists import PlacedList

from . import actions, element_actions, forms, queries, rules
from .models import Element, Venue
from .sheets import COLUMNS

open_venue = NewPage(
    "open_venue", "venue", "venues", actions.open_venue, forms.OpenForm, _("Enter a place"),
    _("Entered. Now its rooms can be booked."),
)  # fmt: skip


class VenueList(PlacedList[forms.VenuesForm, Venue]):
    """Hamlet by hamlet, with rooms and elements."""

    permission = rules.see_venues
    form = forms.VenuesForm
    template = "venues/list.html"
    title = _("Places")
    address = "venues"
    begins = open_venue
    goes_down = True
    columns = COLUMNS

    def rows(self, actor: Actor) -> QuerySet[Venue]:
        return queries.venue_list(actor)

    def context(self, form: forms.VenuesForm, fragment: bool) -> dict[str, Any]:
        return {**super().context(form, fragment), "elements": len(Element.Kind)}


venues = VenueList()


@page(rules.raise_missing, "POST")
def raise_missing(request: ActorRequest, pk: int, kind: str) -> HttpResponse:
    """One tap: what is missing becomes a matter, once."""
    venue = Venue.objects.one_for(request.actor, pk)
    take = partial(element_actions.raise_missing, actor=request.actor, venue=venue, kind=kind)
    tap(request, _("It is a matter now; the secretary sorts it."), take)
    return redirect("venue", venue.pk)
