"""The cast and the samples for the sign-in page of the demonstration."""

from dataclasses import dataclass

from genxu.institutions.matters.models import Suggestion
from genxu.institutions.matters.workflow import WAITING_FOR_VERDICT
from genxu.organisation.centre_households.models import CentreHousehold, Coverage
from genxu.people.models import Grant, Household, HouseholdLink
from genxu.people.roles import Role

LUO = "421221104202001"
"""罗家洲: a hamlet whose households all have the code of their page."""


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


def sample_link() -> str:
    """The code of a household that has neighbours to recommend and has not done so yet."""
    covered = Coverage.objects.now().filter(hamlet=LUO).values("household")
    free = [one.pk for one in ordinary(LUO, 40)[12:]]
    rows = HouseholdLink.objects.filter(household__in=free).filter(household__in=covered)
    link = rows.order_by("household__number").first()
    return link.code if link else ""


def ordinary(code: str, count: int) -> list[Household]:
    """Households of a hamlet that neither stand nor serve, in the order of doors."""
    taken = CentreHousehold.objects.filter(hamlet=code).values("household")
    rows = Household.objects.living_here().filter(hamlet=code).exclude(pk__in=taken)
    return list(rows.order_by("number")[10 : 10 + count])


def _place_name(grant: Grant) -> str:
    place = grant.place
    return f"{place.parent} · {place}" if place.is_hamlet else place.short_name
