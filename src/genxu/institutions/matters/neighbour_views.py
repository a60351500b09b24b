"""What a centre household has on its phone: its neighbours and the matters it has in hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from genxu.core.access import Actor
from genxu.core.journal import note_read
from genxu.core.pages import ActorRequest, page
from genxu.organisation.centre_households.models import CentreHousehold
from genxu.organisation.centre_households.neighbours import neighbours_of, own_service
from genxu.people.models import Household

from . import queries, rules
from .models import Matter
from .tens_queries import year_of


@dataclass(frozen=True)
class Neighbour:
    """A household that is looked after, with its matters that are in hand."""

    household: Household
    matters: list[Matter]


@page(rules.see_neighbours)
def my_neighbours(request: ActorRequest) -> HttpResponse:
    """The households that this account looks after: one list, to be called and to be printed."""
    service = own_service(request.actor)
    households = neighbours_of(service)
    _note_reading(request.actor, service, households)
    in_hand = queries.in_hand_of(request.actor)
    neighbours = [
        Neighbour(one, [it.matter for it in in_hand if one.pk in it.households])
        for one in households
    ]
    shown = {matter.pk for one in neighbours for matter in one.matters}
    context = {
        "service": service,
        "neighbours": neighbours,
        "others": [it.matter for it in in_hand if it.matter.pk not in shown],
        "in_hand": len(in_hand),
        "year": year_of(request.actor, [own.hamlet_id for own in service]) if service else None,
    }
    return render(request, "matters/neighbours.html", context)


def _note_reading(
    actor: Actor, service: Sequence[CentreHousehold], households: Sequence[Household]
) -> None:
    """What a household needs is sensitive: that it was read is logged, once a page."""
    if any(one.needs.all() for one in households):
        for own in service:
            note_read(actor=actor, action=rules.see_neighbours.name, subject=own)
