"""Reading disputes: the list, one of them whole, who can be named, a household's own part."""

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from genxu.core.access import Actor
from genxu.organisation.centre_households.neighbours import neighbours_of, own_service
from genxu.people.models import Household
from genxu.people.picking import Doorplate
from genxu.people.roles import KEEPERS
from genxu.regions.models import Region

from .answer_actions import may_overrule
from .models import Dispute, DisputeStep, Meeting, Side
from .workflow import BEFORE, State

MOST_OWN = 10
STANDING = (State.AGREED, State.SETTLED, State.UNHEARD)
"""While the agreement stands."""


def dispute_list(actor: Actor) -> QuerySet[Dispute]:
    """The newest first: kind, day and state, none of its words and nobody's name."""
    rows: QuerySet[Dispute] = Dispute.objects.visible_to(actor)
    return rows.select_related("hamlet__parent", "peacemaker").order_by("-told_on", "-pk")


def meetings_of(dispute: Dispute) -> list[Meeting]:
    """The talks in the order of their days, each with who came."""
    rows = dispute.meetings.prefetch_related("came__household")
    return list(rows.order_by("day", "pk"))


# --- who can be named ----------------------------------------------------------------------------


def households_in(hamlet: str) -> list[Doorplate]:
    """All that live there: to know a name again that was typed, never to be shown."""
    rows = Household.objects.living_here().filter(hamlet=hamlet).exclude(head_name="")
    found = rows.order_by("number").values_list("pk", "number", "head_name", "initials")
    return [Doorplate(*one) for one in found]


def households_to_name(actor: Actor, hamlet: Region) -> list[Doorplate]:
    """Those that are offered: to who keeps the register all, to a centre household its own
    neighbours, to others none; they type a name."""
    if actor.holds(KEEPERS, hamlet.code):
        return households_in(hamlet.code)
    return [
        Doorplate(one.pk, one.number, one.head_name, one.initials)
        for one in neighbours_of(own_service(actor))
        if one.hamlet_id == hamlet.code and one.head_name
    ]


def household_of(pk: int | None) -> Household | None:
    return Household.objects.filter(pk=pk).first() if pk is not None else None


# --- a household's own page ----------------------------------------------------------------------


@dataclass(frozen=True)
class OwnPart:
    """A dispute as one of its sides sees it on its own page: what was agreed, and what is asked of
    it; of the other sides nothing but the agreement."""

    dispute: Dispute
    side: Side
    last_step: str

    @property
    def stands(self) -> bool:
        return self.dispute.state in STANDING

    @property
    def may_end(self) -> bool:
        return self.dispute.state in BEFORE

    @property
    def may_say_no(self) -> bool:
        return self.dispute.state == State.AGREED and not self.side.is_own_word

    @property
    def is_asked(self) -> bool:
        """Whether its word on the agreement is wanted, or may still put a noted one right."""
        if self.side.is_own_word:
            return False
        if self.dispute.state == State.AGREED:
            return self.dispute.is_due
        return may_overrule(self.dispute, self.side, self.last_step)


def own_sides(household: Household) -> QuerySet[Side]:
    """What it is a side of; what was written by mistake is none."""
    rows = Side.objects.filter(household__in=household.entries)
    return rows.exclude(dispute__state=State.WITHDRAWN)


def own_parts(household: Household) -> list[OwnPart]:
    """The newest first."""
    rows = own_sides(household)
    last = DisputeStep.objects.filter(dispute=OuterRef("dispute")).order_by("-pk")
    found: QuerySet[Any] = rows.annotate(last_step=Subquery(last.values("step")[:1]))
    found = found.select_related("dispute__peacemaker").order_by("-dispute__told_on", "-pk")
    return [OwnPart(one.dispute, one, one.last_step) for one in found[:MOST_OWN]]


def facts_of(dispute: Dispute) -> dict[str, Any]:
    """What its own page shows: the sides, and their talks."""
    sides = list(dispute.sides.select_related("household").order_by("pk"))
    return {"sides": sides, "meetings": meetings_of(dispute)}
