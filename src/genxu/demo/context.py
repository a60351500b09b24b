"""The cast for the sign-in page of the demonstration."""

from dataclasses import dataclass

from genxu.people.models import Grant
from genxu.people.roles import Role


@dataclass(frozen=True)
class CastMember:
    """Somebody to enter as."""

    id: int
    name: str
    role_label: str
    place_name: str


ORDER = {role: n for n, role in enumerate(Role)}


def cast() -> list[CastMember]:
    """All accounts of the demonstration, hamlet first: one query."""
    grants = Grant.objects.select_related("account", "place__parent").order_by("place", "account")
    found = sorted(grants, key=lambda g: (-len(g.place_id), ORDER[Role(g.role)], g.place_id))
    return [
        CastMember(g.account_id, g.account.name, g.get_role_display(), _place_name(g))
        for g in found
    ]


def _place_name(grant: Grant) -> str:
    place = grant.place
    return f"{place.parent} · {place}" if place.is_hamlet else place.short_name
