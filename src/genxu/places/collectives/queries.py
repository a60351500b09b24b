"""Reading collectives: every list starts at ``visible_to(actor)``.

For the floor above: ``register_on(collective, day)`` is who holds which shares, and
``Collective.reserve_rate_on(day)`` the charter's rate.
"""

from datetime import date
from typing import NamedTuple

from django.db.models import F, Sum

from genxu.people.models import Household

from .models import Collective, ShareKind

ORDER = {kind: n for n, kind in enumerate(ShareKind.values)}


class Held(NamedTuple):
    """What a household holds of one kind on a day, by itself or as one of its members (``name``);
    ``quantity`` is in hundredths of a share."""

    household: Household
    name: str
    kind: str
    quantity: int


def register_on(collective: Collective, day: date) -> list[Held]:
    """The register of shares as of a day, in the order of the households' numbers; two queries."""
    rows = collective.changes.standing().filter(day__lte=day)
    sums = (
        rows.values("household", "membership", "kind", name=F("membership__name"))
        .annotate(quantity=Sum("change"))
        .exclude(quantity=0)
        .order_by()
    )
    held = list(sums.values_list("household", "membership", "name", "kind", "quantity"))
    known = Household.objects.in_bulk({key for key, *_rest in held})

    def place(row: tuple[int, int | None, str | None, str, int]) -> tuple[object, ...]:
        one = known[row[0]]
        return one.hamlet_id, one.number, one.pk, row[1] or 0, ORDER[row[3]]

    return [
        Held(known[key], name or known[key].head_name, kind, quantity)
        for key, _member, name, kind, quantity in sorted(held, key=place)
    ]
