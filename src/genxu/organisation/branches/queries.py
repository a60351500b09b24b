"""Reading Party organisations: every list starts at ``visible_to(actor)``."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from genxu.core.access import Actor, under, within
from genxu.core.errors import Conflict
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region

from . import rules, thresholds
from .models import Election, Member, Organisation, ServedHamlet
from .offices import HEADS, composition_of, served_codes
from .workflow import STANDING

DUE, OVER = "due", "over"
BRANCHES = "branches"
"""Branches of both kinds, as they are counted."""


def organisation_list(actor: Actor) -> QuerySet[Organisation]:
    """The organisations in the actor's charge in the order of their places, each with the places
    above it and with who leads it in ``heads``."""
    # Whoever leads holds an office; who would lead a draft is a member, and for its keepers alone.
    known = Q(organisation__state__in=STANDING) | within(actor, "hamlet", Member.seen_by)
    heads = Member.objects.present().filter(known, duty__in=HEADS)
    return (
        Organisation.objects.visible_to(actor)
        .order_by("hamlet", "pk")
        .select_related("hamlet__parent__parent__parent")
        .prefetch_related(Prefetch("members", heads, to_attr="heads"))
    )


def visible_member(actor: Actor, organisation: Organisation, pk: int) -> Member:
    rows = Member.objects.present().filter(organisation=organisation)
    return rows.select_related("hamlet").one_for(actor, pk)


def served_by(organisation: Organisation) -> list[Region]:
    """The hamlets that it serves; of one that has ended, those that it served last."""
    rows = organisation.served.select_related("hamlet__parent").order_by("hamlet")
    if not organisation.has_ended:
        rows = rows.filter(until=None)
    return [one.hamlet for one in rows]


def members_of(actor: Actor, organisation: Organisation) -> list[Member]:
    """Its members that the actor may know by name, who leads first."""
    rows = Member.objects.visible_to(actor).filter(organisation=organisation)
    if not organisation.has_ended:
        rows = rows.present()
    order = list(Member.Duty)
    found = list(rows.select_related("hamlet").order_by("pk"))
    return sorted(found, key=lambda member: order.index(Member.Duty(member.duty)))


def may_see_members(actor: Actor, organisation: Organisation) -> bool:
    """Whether it lies with those who keep it, at its seat or in another of its hamlets."""
    if not actor.plays(Member.seen_by):
        return False
    codes = [organisation.hamlet_id, *served_codes(organisation)]
    return any(actor.holds(Member.seen_by, code) for code in codes)


def member_rows(actor: Actor, organisation: Organisation) -> QuerySet[Member]:
    """The members for a spreadsheet."""
    rows: QuerySet[Member] = Member.objects.visible_to(actor).present()
    return rows.filter(organisation=organisation).select_related("hamlet").order_by("pk")


def secretary_of(organisation: Organisation) -> Member | None:
    """Who leads it: the secretary, or the leader of a group."""
    return organisation.members.present().filter(duty__in=HEADS).order_by("pk").first()


def organisations_of(hamlets: Iterable[str]) -> dict[str, Organisation]:
    """Code of a hamlet → the standing organisation that serves it; who leads it is in ``heads``."""
    heads = Member.objects.present().filter(duty__in=HEADS)
    rows = (
        ServedHamlet.objects.filter(
            hamlet__in=list(hamlets), until=None, organisation__state__in=STANDING
        )
        .select_related("organisation")
        .prefetch_related(Prefetch("organisation__members", heads, to_attr="heads"))
    )
    return {one.hamlet_id: one.organisation for one in rows}


def served_here(hamlet: str) -> QuerySet[ServedHamlet]:
    """That the standing organisation serves a hamlet; none if there is none."""
    return ServedHamlet.objects.filter(hamlet=hamlet, until=None, organisation__state__in=STANDING)


def serving_branch(hamlet: str) -> Organisation | None:
    """The standing organisation that serves a hamlet, if there is one."""
    found = served_here(hamlet).select_related("organisation").first()
    return found.organisation if found else None


def ways_over(actor: Actor, member: Member) -> list[ServedHamlet]:
    """Where a member may go over to: hamlets in the actor's charge that a standing organisation
    serves, in the order of their places."""
    rows = ServedHamlet.objects.filter(until=None, organisation__state__in=STANDING)
    rows = rows.filter(within(actor, "hamlet", rules.move_member.roles))
    rows = rows.exclude(hamlet=member.hamlet_id).select_related("hamlet__parent", "organisation")
    return list(rows.order_by("hamlet"))


def seated_at(hamlet: Region) -> Organisation:
    """The standing organisation with its seat in a hamlet; ``Conflict`` says where the seat is."""
    serves = organisations_of([hamlet.code]).get(hamlet.code)
    if serves is None:
        raise Conflict(_("This hamlet has no Party organisation yet."))
    if serves.hamlet_id != hamlet.code:
        told = _("“%(name)s” has its seat in %(hamlet)s: note it there.")
        raise Conflict(told % {"name": serves, "hamlet": serves.hamlet})
    return serves


def last_election(organisation: Organisation) -> Election | None:
    return organisation.elections.order_by("-held_on", "-pk").first()


@dataclass(frozen=True)
class Standing:
    """How an organisation stands before the rules, and how many members it has."""

    faults: list[str]
    warnings: list[str]
    members: int
    voters: int


def standing_of(organisation: Organisation) -> Standing:
    """The rules against its members as they are now; nothing is said of one without members that
    was taken in from the books."""
    body = composition_of(organisation)
    if organisation.has_ended or (organisation.is_standing and not body.members):
        return Standing([], [], body.members, body.full_members)
    return Standing(
        thresholds.faults(body), thresholds.warnings(body), body.members, body.full_members
    )


def hamlets_without(actor: Actor) -> QuerySet[Region]:
    """The hamlets in the actor's charge that no organisation serves or is prepared for."""
    taken = ServedHamlet.objects.filter(until=None).values("hamlet")
    rows = Region.objects.none()
    for code in actor.places(rules.draft_organisation.roles):
        rows = rows | Region.objects.filter(under(code, "code"))
    rows = rows.filter(level=Level.HAMLET, closed_on=None).exclude(pk__in=taken)
    return rows.select_related("parent").order_by("code")


def joinable(actor: Actor, seat: Region, organisation: Organisation | None) -> list[Region]:
    """The hamlets that a joint branch with this seat could serve too: of the same township, in
    the actor's charge, free or held by this very draft; those of the seat's village first."""
    rows = hamlets_without(actor)
    if organisation is not None:
        held = organisation.served.filter(until=None).values("hamlet")
        rows = rows | Region.objects.filter(pk__in=held).select_related("parent")
    township = seat.code[: LENGTHS[Level.TOWNSHIP]]
    found = list(rows.filter(under(township, "code")).exclude(pk=seat.pk).order_by("code"))
    return sorted(found, key=lambda place: (place.parent_id != seat.parent_id, place.code))
