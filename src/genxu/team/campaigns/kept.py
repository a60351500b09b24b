"""What is kept of a household by campaigns."""

from genxu.people.models import Household
from genxu.people.record import Kept

from .models import Answer


def kept_of(household: Household) -> list[Kept]:
    rows = Answer.objects.standing().filter(household__in=household.entries)
    rows = rows.select_related("fact__campaign").order_by("on", "pk")
    return [Kept(str(one.fact.campaign), f"{one.fact}: {one.told}", one.on) for one in rows]
