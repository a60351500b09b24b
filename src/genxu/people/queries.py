"""Reading the registers: every list starts at ``visible_to(actor)``."""

from dataclasses import dataclass
from datetime import date
from itertools import combinations, groupby
from operator import attrgetter
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum, Window
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor, under, within
from genxu.core.errors import Missing
from genxu.core.prepared import prepared
from genxu.regions.codes import LENGTHS, Level, ancestors_of
from genxu.regions.models import Region

from . import rules
from .models import Grant, Household, HouseholdEvent, HouseholdLink, ToldApart
from .roles import RUNG
from .rows import HouseholdRow

STANDINGS = {
    "": _("Living here"),
    "left": _("Moved away"),
    "needs": _("Needs looking after"),
    "erasure": _("Asked to be erased"),
}


def household_list(actor: Actor) -> QuerySet[Household]:
    """The households that the actor may see, hamlet by hamlet in the order of their numbers."""
    return Household.objects.visible_to(actor).order_by("hamlet", "number")


@prepared
def doorplates(hamlet: str) -> QuerySet[Any, Any]:
    """Key, number, name and initials of each household of a hamlet that can be named."""
    rows = Household.objects.living_here().filter(hamlet=hamlet).exclude(head_name="")
    return rows.order_by("number").values_list("pk", "number", "head_name", "initials")


@prepared
def works_at(place: str) -> QuerySet[Any, Any]:
    """Who holds which role at exactly this place: pairs of an account's key and a role."""
    rows = Grant.objects.filter(place=place, account__is_active=True)
    return rows.order_by("account", "role").values_list("account", "role")


def place_in_charge(actor: Actor, code: str) -> Region:
    """A place whose registers the actor keeps; ``Missing`` for anybody else."""
    return in_charge(actor, Region.objects.select_related("parent").filter(code=code).first())


def in_charge(actor: Actor, place: Region | None) -> Region:
    """The same of one that is read already."""
    if place is None or not actor.holds(rules.see_households.roles, place.code):
        raise Missing(_("There is no such place, or it is not in your charge."))
    return place


def hamlet_in_charge(actor: Actor, code: str) -> Region:
    found = place_in_charge(actor, code)
    if not found.is_hamlet:
        raise Missing(_("There is no such place, or it is not in your charge."))
    return found


def hamlets_of(actor: Actor, place: str) -> list[Region]:
    """The hamlets below a place (or of the whole charge) whose registers the actor keeps."""
    rows = Region.objects.open().of_level(Level.HAMLET).under(place)
    rows = rows.filter(within(actor, "code", rules.see_households.roles))
    return list(rows.select_related("parent").order_by("code"))


@dataclass(frozen=True)
class Counts:
    """How many households live in a place, and how many people."""

    households: int
    people: int


def counts_of(actor: Actor, place: str) -> Counts:
    rows = Household.objects.visible_to(actor).living_here().under(place)
    found = rows.aggregate(n=Count("pk"), people=Sum("head_count"))
    return Counts(found["n"], found["people"] or 0)


def registered_as(row: HouseholdRow) -> Household | None:
    """The household that a row stands for, if it is in the register."""
    row = row.cleaned()
    rows = Household.objects.filter(hamlet=row.hamlet).order_by("number", "pk")
    here = rows.living_here()
    if row.number is None:
        return here.filter(head_name=row.head_name, phone=row.phone).first()
    same = {"number": row.number}
    return here.filter(**same).first() or rows.filter(**same).first()


@dataclass(frozen=True)
class Change:
    """What happened to a household's head count on a day: by how much, and how many are left;
    ``event`` if it was taken back again."""

    day: date
    change: int
    people: int
    event: HouseholdEvent | None = None


def history(household: Household) -> list[Change]:
    """How the head count changed, the first entry first; with what was taken back."""
    people, before = 0, ""
    found: list[Change] = []
    for one in household.changes.select_related("event").order_by("day", "pk"):
        if one.withdrawn_on is None:
            people += one.change
        taken_back = one.event if one.withdrawn_on else None
        last = found[-1] if found else None
        moved = last and (one.day, one.change) == (last.day, -last.change)
        if moved and one.hamlet_id != before and taken_back is None:
            found.pop()  # it left one hamlet for another on that day: nothing changed for it
        else:
            found.append(Change(one.day, one.change, people, taken_back))
        before = one.hamlet_id
    return found


def link_of(household: Household) -> HouseholdLink | None:
    return HouseholdLink.objects.filter(household=household).first()


def place_names(actor: Actor, place: str) -> dict[str, str]:
    """Code → name of every place in the actor's charge and of those above."""
    tops = [place] if place else list(actor.places(rules.see_households.roles))
    above = {code for top in tops for code in ancestors_of(top)}
    wanted = Q(code__in=above)
    for top in tops:
        wanted |= Q(pk__in=Region.objects.under(top).values("pk"))
    return {region.code: region.short_name for region in Region.objects.filter(wanted)}


def name_at(names: dict[str, str], hamlet: str, level: Level) -> str:
    """The name of the place of a level in which a hamlet lies."""
    return names.get(hamlet[: LENGTHS[level]], "")


@dataclass(frozen=True)
class Pair:
    """Two households of a hamlet that look like one."""

    first: Household
    second: Household

    @property
    def same_name(self) -> bool:
        return self.first.head_name == self.second.head_name

    @property
    def same_phone(self) -> bool:
        return bool(self.first.phone) and self.first.phone == self.second.phone

    @property
    def keys(self) -> tuple[int, int]:
        """As it is kept that the two were told apart."""
        return min(self.first.pk, self.second.pk), max(self.first.pk, self.second.pk)

    @property
    def looks_alike(self) -> bool:
        return self.same_name or self.same_phone

    @property
    def sides(self) -> "tuple[Side, Side]":
        return Side(self.first, self.second), Side(self.second, self.first)


@dataclass(frozen=True)
class Side:
    """One of a pair, and the other that would be merged into it."""

    kept: Household
    other: Household


def likely_doubles(actor: Actor, place: str) -> list[Pair]:
    """Households that share name or phone within their hamlet, two by two, unless told apart."""
    rows: QuerySet[Household] = Household.objects.visible_to(actor).living_here().under(place)
    rows = rows.exclude(head_name="").annotate(
        namesakes=Window(Count("pk"), partition_by=["hamlet", "head_name"]),
        same_line=Window(Count("pk"), partition_by=["hamlet", "phone"]),
    )
    alike = rows.filter(Q(namesakes__gt=1) | (Q(same_line__gt=1) & ~Q(phone="")))
    apart = set(ToldApart.objects.filter(under(place, "hamlet")).values_list("first", "second"))
    found: list[Pair] = []
    by_hamlet = groupby(alike.order_by("hamlet", "number"), attrgetter("hamlet_id"))
    for _hamlet, neighbours in by_hamlet:
        pairs = (Pair(first, second) for first, second in combinations(neighbours, 2))
        found += [pair for pair in pairs if pair.looks_alike and pair.keys not in apart]
    return found


def links_in(hamlet: Region, *, new_only: bool = False) -> QuerySet[HouseholdLink]:
    """The codes of the households of a hamlet that live here; or those not noted as printed."""
    rows = HouseholdLink.objects.filter(
        household__in=Household.objects.living_here().filter(hamlet=hamlet)
    )
    return rows.filter(printed_at=None) if new_only else rows


def slips_of(hamlet: Region) -> list[Household]:
    """The households of a hamlet that have a code, each with what is known of its slip."""
    rows = Household.objects.living_here().filter(hamlet=hamlet, link__isnull=False)
    return list(rows.select_related("link", "hamlet").order_by("number"))


def without_slip(hamlet: Region) -> int:
    rows = Household.objects.living_here().filter(hamlet=hamlet, link=None)
    return rows.exclude(head_name="").count()


def own_offices(actor: Actor) -> list[Grant]:
    """What the actor serves as."""
    rows = Grant.objects.filter(account=actor.account_id).order_by("place", "role")
    return list(rows.select_related("account", "place__parent"))


def offices_rung(*places: str) -> QuerySet[Grant]:
    """The offices at these places that everybody may ring: the holder agreed to this very number,
    which is still hers."""
    return Grant.objects.filter(
        place__in=places, role__in=RUNG, account__is_active=True,
        shown_phone__gt="", shown_phone=F("account__phone"),
    )  # fmt: skip
