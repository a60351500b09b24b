"""Reading councils: every list starts at ``visible_to(actor)``."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Prefetch, QuerySet, When
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor, within
from genxu.people.models import Household
from genxu.regions.codes import Level
from genxu.regions.models import Region

from .models import Council, Group, Seat

GROUPS = {
    "over": _("Term over"),
    "due": _("Term ends within 90 days"),
    "without": _("Hamlets without a council"),
}
BY_DUTY = Case(
    When(duty=Seat.Duty.CHAIR, then=0),
    When(duty=Seat.Duty.DEPUTY, then=1),
    default=2,
    output_field=IntegerField(),
)
"""The chair first, then the deputies."""


def taken_seats() -> QuerySet[Seat]:
    """Seats in which somebody sits, the chair first."""
    return Seat.objects.taken().order_by(BY_DUTY, "pk")


def council_list(actor: Actor) -> QuerySet[Council]:
    """The standing councils in the order of their places, with ``.sitting``."""
    rows: QuerySet[Council] = Council.objects.visible_to(actor).standing()
    with_seats = Prefetch("seats", taken_seats(), to_attr="sitting")
    return rows.prefetch_related("hamlet__parent", with_seats).order_by("hamlet_id")


def hamlets_without(actor: Actor) -> QuerySet[Region]:
    """Hamlets in the actor's charge that have no council."""
    rows: QuerySet[Region] = Region.objects.open().of_level(Level.HAMLET)
    rows = rows.filter(within(actor, "code", Council.seen_by))
    standing = Council.objects.standing().values("hamlet")
    return rows.exclude(code__in=standing).select_related("parent").order_by("code")


def seats_in(councils: QuerySet[Council]) -> QuerySet[Seat]:
    """The seats of all these councils, for the export."""
    rows = Seat.objects.taken().filter(council__in=councils.prefetch_related(None).order_by())
    rows = rows.select_related("council", "hamlet__parent")
    return rows.order_by("hamlet_id", BY_DUTY, "pk")


def seats_of(council: Council) -> list[Seat]:
    """Who sits on a council, the chair first; of one that ended, who sat there at its end."""
    rows = council.seats.select_related("household").order_by(BY_DUTY, "pk")
    return list(rows.filter(until=council.ended_on))


def former_seats(council: Council) -> list[Seat]:
    """Those who left it before."""
    left = council.seats.exclude(until=None).exclude(until=council.ended_on)
    return list(left.order_by("until", "pk"))


def terms_of(council: Council) -> list[Council]:
    """The other councils of the hamlet, the last first."""
    rows = Council.objects.filter(hamlet=council.hamlet_id).exclude(pk=council.pk)
    return list(rows.order_by("-formed_on", "-pk"))


def standing_council(hamlet: Region) -> Council | None:
    return Council.objects.standing().filter(hamlet=hamlet).first()


@dataclass(frozen=True)
class GroupView:
    """One of the five groups: who leads it and who works in it."""

    key: str
    label: str
    leader: Seat | None
    people: list[Seat]

    @property
    def others(self) -> list[Seat]:
        return [seat for seat in self.people if seat is not self.leader]


def groups_of(seats: Sequence[Seat]) -> list[GroupView]:
    """The five groups with their people, in their order."""
    return [
        GroupView(
            key=group.value,
            label=str(group.label),
            leader=next((seat for seat in seats if seat.leads == group), None),
            people=[seat for seat in seats if group in seat.groups],
        )
        for group in Group
    ]


def households_at(actor: Actor, hamlet: str) -> list[Household]:
    """The households of a hamlet, to be picked from."""
    rows = Household.objects.visible_to(actor).living_here().filter(hamlet=hamlet)
    return list(rows.order_by("number"))
