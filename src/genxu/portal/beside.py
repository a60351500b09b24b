"""What a hamlet's public page shows that does not lie in the hamlet alone."""

from typing import Any

from django.db.models import F, QuerySet, Value

from genxu.core.prepared import prepared
from genxu.organisation.branches.queries import served_here
from genxu.people.queries import offices_rung
from genxu.regions.codes import LENGTHS, Level

Phones = tuple[tuple[str, str], ...]


def from_elsewhere(hamlet: str) -> tuple[str, Phones]:
    """The name of the organisation, which may have its seat elsewhere (empty if there is none), and
    (role, number) of each office that may be rung, the hamlet's own first: a number changes
    elsewhere too. One query for both."""
    rows = _found(hamlet, hamlet[: LENGTHS[Level.VILLAGE]])
    names = [text for place, _key, _role, text in rows if not place]
    rung = sorted((row for row in rows if row[0]), key=lambda row: (-len(row[0]), row[1]))
    return "".join(names), tuple((role, number) for _place, _key, role, number in rung)


@prepared
def _found(hamlet: str, village: str) -> QuerySet[Any, Any]:
    """(place, key, role, number) of the offices; the name stands where a number does otherwise."""
    none, name = Value(""), F("organisation__name")
    names = served_here(hamlet).values_list(none, F("pk"), none, name)
    phones = offices_rung(hamlet, village).order_by()
    return phones.values_list("place", "pk", "role", "shown_phone").union(names, all=True)
