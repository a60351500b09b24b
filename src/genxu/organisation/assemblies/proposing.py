"""What a new notice can begin with: how many are due at each body, and where one usually meets.

Proposals for a person to look at; other apps know numbers too (``proposals`` in their rooms).
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.declared import declared
from genxu.core.promises import StrOrPromise
from genxu.people.models import Household
from genxu.regions.models import Region

from .bodies import BODIES, Basis, BodyName
from .models import Assembly

REGISTER = _("the households in the register")
ROLL = _("the roll")
LAST = _("the last meeting")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A number of those due, and where it comes from."""

    due: int
    source: StrOrPromise


Proposals = dict[tuple[str, str], Proposal]


def proposals(hamlet: Region) -> Proposals:
    """By body and basis: the register of households first, rolls, else the last such meeting."""
    found: Proposals = {}
    for body, basis, due in _last_meetings(hamlet).values_list("body", "basis", "due"):
        found[body, basis] = Proposal(due, LAST)
    for told in declared("proposals", "due"):
        for body, due in told(hamlet).items():
            found[body, Basis.PERSONS] = Proposal(due, ROLL)
    living = Household.objects.living_here()
    in_village = living.under(hamlet.parent_id or "").count()
    in_hamlet = living.filter(hamlet=hamlet).count()
    if in_hamlet:
        found[BodyName.VILLAGERS_MEETING, Basis.HOUSEHOLDS] = Proposal(in_village, REGISTER)
        found[BodyName.GROUP_MEETING, Basis.HOUSEHOLDS] = Proposal(in_hamlet, REGISTER)
    return found


def start_of(hamlet: Region, found: Proposals) -> dict[str, Any]:
    """The fields of a new notice that are known: the group's households, the usual place."""
    body, basis = BodyName.GROUP_MEETING, Basis.HOUSEHOLDS
    proposal = found.get((body, basis))
    venue = _last_meetings(hamlet).values_list("venue", flat=True).last()
    usual = (place for told in declared("proposals", "venue") if (place := told(hamlet)))
    return {
        "body": body, "basis": basis, "due": proposal and proposal.due,
        "venue": venue or next(usual, ""),
    }  # fmt: skip


def by_body(found: Proposals, body: str) -> list[tuple[str, Proposal]]:
    """The proposals for one body, by the bases on which it can count."""
    return [(basis, found[body, basis]) for basis in BODIES[body].quorum if (body, basis) in found]


def _last_meetings(hamlet: Region) -> Any:
    return Assembly.objects.filter(hamlet=hamlet).order_by("meets_at", "pk")
