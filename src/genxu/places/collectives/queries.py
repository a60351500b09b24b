"""Reading collectives: every list starts at ``visible_to(actor)``.

For the floor above: ``register_on(collective, day)`` is who holds which shares, and
``Collective.reserve_rate_on(day)`` the charter's rate.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.cuts import First
from genxu.people.models import Household
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region

from .models import (
    Certificate,
    Charter,
    Collective,
    Filing,
    Membership,
    MembershipStep,
    Officer,
    ShareChange,
    ShareKind,
)
from .workflow import Filed

ORDER = {kind: n for n, kind in enumerate(ShareKind.values)}
SHOWN = 20


class Held(NamedTuple):
    """What a household holds of one kind on a day, by itself or as one of its members (``name``);
    ``quantity`` is in hundredths of a share."""

    household: Household
    name: str
    kind: str
    quantity: int


def register_on(
    collective: Collective, day: date, households: Iterable[int] | None = None
) -> list[Held]:
    """The register of shares as of a day (of some households, if they are named), in the order of
    the households' numbers; two queries."""
    rows = collective.changes.standing().filter(day__lte=day)
    if households is not None:
        rows = rows.filter(household__in=households)
    sums = (
        rows.values("household", "membership", "kind", name=F("membership__name"))
        .annotate(quantity=Sum("change"))
        .exclude(quantity=0)
        .order_by()
    )
    held = list(sums.values_list("household", "membership", "name", "kind", "quantity"))
    holders = Household.objects.filter(pk__in=rows.values("household"))
    known = {one.pk: one for one in holders}

    def place(row: tuple[int, int | None, str | None, str, int]) -> tuple[object, ...]:
        one = known[row[0]]
        return one.hamlet_id, one.number, one.pk, row[1] or 0, ORDER[row[3]]

    return [
        Held(known[key], name or known[key].head_name, kind, quantity)
        for key, _member, name, kind, quantity in sorted(held, key=place)
    ]


def with_members_on(collective: Collective, day: date) -> set[int]:
    """The households to which somebody on the roll belonged on a day, wherever she belongs now:
    where shares stood in her name then, else where she was entered before later moves."""
    members = collective.memberships.on_day(day)
    found = dict(members.values_list("pk", "household"))
    moved = MembershipStep.objects.filter(membership__in=members, step="move", on__gt=day)
    for key, before in moved.order_by("-pk").values_list("membership", "replaced"):
        found[key] = before["household_id"]
    rows = collective.changes.standing().filter(day__lte=day, membership__in=members)
    held = rows.values("membership", "household").annotate(n=Sum("change")).exclude(n=0).order_by()
    found.update(held.values_list("membership", "household"))
    return set(found.values())


def collective_list(actor: Actor) -> QuerySet[Collective]:
    """The collectives in the order of their places, each with ``members`` of today."""
    today = clock.today()
    now = Q(memberships__since__lte=today) & ~Q(memberships__state="withdrawn")
    now &= Q(memberships__until=None) | Q(memberships__until__gt=today)
    rows: QuerySet[Collective] = Collective.objects.visible_to(actor)
    rows = rows.annotate(members=Count("memberships", filter=now))
    return rows.prefetch_related("place__parent").order_by("place_id", "-since", "pk")


def roll_list(actor: Actor) -> QuerySet[Membership]:
    """Everybody on the rolls in one's charge, household by household."""
    rows: QuerySet[Membership] = Membership.objects.visible_to(actor)
    rows = rows.select_related("collective", "household__hamlet")
    order = ("place_id", "household__hamlet", "household__number", "birth_year", "pk")
    return rows.prefetch_related("place__parent").order_by(*order)


def share_list(actor: Actor) -> QuerySet[Any]:
    """What each household holds, by itself or as one of its members: one row a kind."""
    rows = ShareChange.objects.visible_to(actor).standing()
    sums = rows.values(
        "collective", "household", "membership", "kind",
        collective_name=F("collective__name"), number=F("household__number"),
        head=F("household__head_name"), hamlet=F("household__hamlet__name"),
        hamlet_code=F("household__hamlet"), village=F("household__hamlet__parent__name"),
        member=F("membership__name"), place_code=F("place"),
    )  # fmt: skip
    sums = sums.annotate(quantity=Sum("change"), land=Sum("area")).exclude(quantity=0)
    return sums.order_by("place_code", "hamlet_code", "number", "household", "membership", "kind")


def households_of(collective: Collective, day: date) -> int:
    return collective.memberships.on_day(day).values("household").distinct().count()


def shares_by_kind(collective: Collective, charter: Charter) -> list[tuple[Any, int]]:
    """How many shares of each kind there are."""
    sums = collective.changes.standing().filter(day__lte=clock.today())
    held = dict(sums.values_list("kind").annotate(held=Sum("change")).order_by())
    return [(charter.called(kind), held[kind]) for kind in ShareKind.values if held.get(kind)]


def officers_of(collective: Collective) -> list[Officer]:
    """Who has an office now, the board first."""
    rank = {office: n for n, office in enumerate(Officer.Office.values)}
    return sorted(collective.officers.serving(), key=lambda one: (rank[one.office], one.pk))


def charters_of(collective: Collective) -> list[Charter]:
    """Each with the day before the next one begins (``until``), the last first."""
    rows = collective.charters.filter(withdrawn_on=None).select_related("motion__assembly")
    return list(rows.order_by("-since", "-pk"))


def filings_of(collective: Collective) -> First[Filing]:
    return First.of(collective.filings.order_by("-pk"), SHOWN)


@dataclass(frozen=True)
class Since:
    """What has changed on the roll since it was last confirmed."""

    filing: Filing | None
    entered: int
    left: int
    other: int
    after_marriage: int

    @property
    def any(self) -> int:
        return self.entered + self.left + self.other


def changed_since(collective: Collective) -> Since:
    """Since the last filing that was confirmed, or since ever; two queries."""
    confirmed = collective.filings.filter(state=Filed.CONFIRMED).order_by("-pk").first()
    changed = Q(steps__at__gt=confirmed.filed_at) if confirmed else Q()

    def taken(*steps: str) -> Count:
        return Count("pk", distinct=True, filter=changed & Q(steps__step__in=steps))

    married = changed & Q(steps__step="leave", after_marriage=True)
    found = collective.memberships.aggregate(
        entered=taken("enter"), left=taken("leave"),
        other=taken("correct", "stay", "withdraw", "move"),
        after_marriage=Count("pk", distinct=True, filter=married),
    )  # fmt: skip
    return Since(confirmed, **found)


def changes_since(filing: Filing) -> First[MembershipStep]:
    """What was written on the roll since a filing, the last first."""
    rows = MembershipStep.objects.filter(
        membership__collective=filing.collective_id, at__gt=filing.filed_at
    )
    return First.of(rows.select_related("membership").order_by("-pk"), SHOWN)


@dataclass(frozen=True)
class Line:
    """A household's own line in one collective."""

    collective: Collective
    members: list[Membership]
    held: list[Held]
    certificate: Certificate | None

    @property
    def total(self) -> int:
        return sum(one.quantity for one in self.held)


def own_collectives(household: Household) -> QuerySet[Collective]:
    """Those of which it has a member today, or shares."""
    entries = household.entries
    members = Membership.objects.on_day(clock.today()).filter(household__in=entries)
    holding = ShareChange.objects.standing().filter(household__in=entries)
    member = Exists(members.filter(collective=OuterRef("pk")))
    return Collective.objects.filter(
        Q(member) | Q(Exists(holding.filter(collective=OuterRef("pk"))))
    )


def lines_of(household: Household) -> list[Line]:
    """What the collectives hold for a household today; for most that have nothing, one query."""
    entries, today = household.entries, clock.today()
    members = Membership.objects.on_day(today).filter(household__in=entries)
    return [
        Line(
            one,
            list(members.filter(collective=one).order_by("birth_year", "pk")),
            register_on(one, today, entries),
            one.certificates.filter(household__in=entries).order_by("-pk").first(),
        )
        for one in own_collectives(household).order_by("-place_id")
    ]


def collective_at(code: str) -> Collective | None:
    """The collective of a hamlet: its own, else its village's."""
    village = code[: LENGTHS[Level.VILLAGE]]
    rows = Collective.objects.standing().filter(place__in=[code, village])
    found: Collective | None = rows.select_related("place").order_by("-place_id").first()
    return found


class Counted(NamedTuple):
    """What everybody reads of a collective: how many members, and shares; None: too few to say."""

    name: str
    members: int | None
    shares: int | None
    whole: bool


FEWEST = 5
"""Below that nobody is told how many, for it would say who."""


def counted_at(hamlet: Region) -> list[Counted]:
    """Of the hamlet's own collective, and of that of its village what of it is in this hamlet: no
    page of one hamlet tells what changes in another."""
    today, found = clock.today(), []
    village = hamlet.code[: LENGTHS[Level.VILLAGE]]
    rows = Collective.objects.standing().filter(place__in=[hamlet.code, village])
    for one in rows.order_by("-place_id"):
        here = Q() if one.place_id == hamlet.code else Q(household__hamlet=hamlet)
        members = one.memberships.on_day(today).filter(here).count()
        held = one.changes.standing().filter(here, day__lte=today)
        if members:
            shares = held.aggregate(n=Sum("change"))["n"] or 0
            whole, few = one.place_id == hamlet.code, members < FEWEST
            told = Counted(one.name, members, shares, whole)
            found.append(told._replace(members=None, shares=None) if few else told)
    return found
