"""The cast for the sign-in page of the demonstration."""

from dataclasses import dataclass

from genxu.institutions.matters.models import Suggestion
from genxu.institutions.matters.workflow import WAITING_FOR_VERDICT
from genxu.people.models import Grant
from genxu.people.roles import Role

from .rooting import sample_link

__all__ = ["CastMember", "cast", "sample_link", "sample_receipt"]


@dataclass(frozen=True)
class CastMember:
    """Somebody to enter as; ``group`` is the heading under which she stands."""

    id: int
    name: str
    role_label: str
    place_name: str
    group: str


ORDER = {role: n for n, role in enumerate(Role)}


def cast() -> list[CastMember]:
    """All accounts of the demonstration, role by role from the hamlet up: one query."""
    grants = Grant.objects.select_related("account", "place__parent")
    found = sorted(grants, key=lambda g: (ORDER[Role(g.role)], g.place_id))
    return [
        CastMember(
            g.account_id,
            g.account.name,
            g.get_role_display(),
            _place_name(g),
            g.get_role_display(),
        )
        for g in found
    ]


def sample_receipt() -> str:
    """The receipt of a resident who is waited for: her matter is done, her word is wanted."""
    waiting = Suggestion.objects.filter(
        matters__state__in=WAITING_FOR_VERDICT, raised_by=Suggestion.RaisedBy.HOUSEHOLD
    )
    suggestion = waiting.order_by("-pk").first()
    return suggestion.code if suggestion else ""


def _place_name(grant: Grant) -> str:
    place = grant.place
    return f"{place.parent} · {place}" if place.is_hamlet else place.short_name
