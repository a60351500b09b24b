"""Whose names stand in the roll and in the offices of collectives: what everybody reads leaves them
out."""

from collections.abc import Iterable

from django.db.models import Q

from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region

from .models import Membership, Officer


def names_at(place: Region) -> Iterable[str]:
    """Members whose household or whose collective is at a place or below it; who has or had an
    office there, or in the collective of its village."""
    here = Q(place__code__startswith=place.code)
    at_home = Q(household__hamlet__code__startswith=place.code)
    members = Membership.objects.filter(here | at_home).exclude(name="")
    above = Q(place=place.code[: LENGTHS[Level.VILLAGE]])
    officers = Officer.objects.filter(here | above)
    return {*members.values_list("name", flat=True), *officers.values_list("name", flat=True)}
