"""Reading: catalogue, stewards, their households, errands, a steward's day, an own page."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, When

from genxu.core.access import Actor
from genxu.people.models import Household, label_of
from genxu.people.picking import Doorplate
from genxu.people.roles import KEEPERS
from genxu.regions.models import Region

from .models import Certification, Errand, Item, Link, Posting
from .workflow import AGREED, State

MOST_OPEN, MOST_EARLIER = 20, 5


def item_list(actor: Actor) -> QuerySet[Item]:
    """What stands in the catalogue, place by place."""
    rows: QuerySet[Item] = Item.objects.visible_to(actor).filter(ended_on=None)
    return rows.select_related("place").order_by("place", "pk")


def posting_list(actor: Actor) -> QuerySet[Posting]:
    """Who serves, hamlet by hamlet, with the number of households linked: ``.linked``."""
    rows: QuerySet[Posting] = Posting.objects.visible_to(actor).serving()
    rows = rows.annotate(linked=Count("links", filter=Q(links__until=None)))
    return rows.select_related("hamlet__parent", "institution", "account").order_by("hamlet", "pk")


def household_list(actor: Actor) -> QuerySet[Household]:
    """The households of the register, each with its steward: ``.steward``."""
    rows: QuerySet[Household] = Household.objects.visible_to(actor).living_here()
    return rows.select_related("hamlet__parent").order_by("hamlet", "number")


def linked() -> Exists:
    return Exists(Link.objects.now().filter(household=OuterRef("pk")))


def stewards_of(households: Iterable[Household]) -> dict[int, Link]:
    """Household → its link: one query."""
    rows = Link.objects.now().filter(household__in=list(households))
    return {one.household_id: one for one in rows.select_related("posting__institution")}


def link_sheet(households: QuerySet[Household]) -> QuerySet[Link]:
    """The links of all these households, for the export."""
    rows = Link.objects.now().filter(household__in=households.order_by())
    rows = rows.select_related("household", "hamlet__parent", "posting__account")
    return rows.order_by("hamlet", "household__number", "pk")


def without_steward(hamlet: str) -> QuerySet[Household]:
    rows = Household.objects.living_here().filter(hamlet=hamlet).exclude(linked())
    return rows.order_by("number")


def errand_list(actor: Actor) -> QuerySet[Errand]:
    """The newest first."""
    rows: QuerySet[Errand] = Errand.objects.visible_to(actor)
    rows = rows.select_related("hamlet__parent", "household", "item", "posting")
    return rows.order_by("-asked_on", "-pk")


def certification_list(actor: Actor) -> QuerySet[Certification]:
    """Those of who lives here, the longest ago first."""
    rows: QuerySet[Certification] = Certification.objects.visible_to(actor).current()
    return rows.select_related("hamlet__parent", "household").order_by("month", "hamlet", "pk")


# --- who can be picked ---------------------------------------------------------------------------


class Plate(Doorplate):
    """A household as its steward picks it: by the name; it has a number only where two bear it."""

    @property
    def label(self) -> str:
        return label_of(self.head_name, self.number) if self.number else self.head_name


def households_to_ask(actor: Actor, hamlet: Region) -> list[Doorplate]:
    """Of whom an errand or a certification can be noted: who keeps the register picks among all
    that have a steward, a steward among his own."""
    keeps = actor.holds(KEEPERS, hamlet.code)
    rows = Link.objects.now().filter(hamlet=hamlet, household__left_on=None)
    if not keeps:
        rows = rows.filter(posting__in=Posting.objects.of_account(actor.account_id))
    found = rows.order_by("household__number").values_list(
        "household", "household__number", "household__head_name", "household__initials"
    )
    if keeps:
        return [Doorplate(*one) for one in found]
    known = list(found)
    borne = Counter(name for _pk, _number, name, _initials in known)
    return [
        Plate(pk, number if borne[name] > 1 else 0, name, initials)
        for pk, number, name, initials in known
    ]


# --- the steward's day ---------------------------------------------------------------------------


@dataclass
class DayDoor:
    """A door with what runs there: to be rung, to be knocked at."""

    household: Household
    hamlet: Region
    errands: list[Errand] = field(default_factory=list)


@dataclass
class DueDoor:
    """A door at which certifications fall due and nothing runs yet: its number, and who it is."""

    household: int
    number: int
    hamlet: Region
    due: list[Certification] = field(default_factory=list)


@dataclass(frozen=True)
class Day:
    """What a steward has before him: three queries, however many households he has."""

    doors: list[DayDoor]
    due: list[DueDoor]
    asked_back: list[Errand]

    @property
    def errands(self) -> int:
        return sum(len(door.errands) for door in self.doors)


def day_of(actor: Actor) -> Day:
    """Door by door, in their order; what has lapsed by now is none of it."""
    own = Errand.objects.visible_to(actor).filter(
        posting__in=Posting.objects.of_account(actor.account_id)
    )
    rows = own.running().select_related("household__hamlet", "hamlet", "item", "posting")
    doors: dict[int, DayDoor] = {}
    certified = set()
    for errand in rows.order_by("hamlet", "household__number", "pk"):
        home = errand.household
        doors.setdefault(home.pk, DayDoor(home, errand.hamlet)).errands.append(errand)
        certified.add(errand.certification_id)
    waiting = own.filter(state=State.DONE).select_related("item", "hamlet").order_by("-done_on")
    return Day(list(doors.values()), _due(actor, certified), list(waiting[:MOST_OPEN]))


def _due(actor: Actor, taken: set[int | None]) -> list[DueDoor]:
    rows = Certification.objects.visible_to(actor).due().select_related("household", "hamlet")
    found: dict[int, DueDoor] = {}
    for one in rows.order_by("hamlet", "household__number", "pk"):
        if one.pk not in taken:
            door = DueDoor(one.household_id, one.household.number, one.hamlet)
            found.setdefault(one.household_id, door).due.append(one)
    return list(found.values())


# --- a household's own page ----------------------------------------------------------------------

PRESSING = Case(
    When(state=State.ASKED, then=0), When(state=State.DONE, then=1), When(state__in=AGREED, then=2),
    default=3, output_field=IntegerField(),
)  # fmt: skip
"""What waits for her first."""


def own_services(household: Household) -> dict[str, Any]:
    """Who is its steward, what he does for it now, what was: two queries."""
    links = Link.objects.now().filter(household__in=household.entries)
    link = links.select_related("posting__institution", "posting__account").first()
    rows = Errand.objects.filter(household__in=household.entries).annotate(n=PRESSING)
    rows = rows.select_related("item", "posting").order_by("n", "-asked_on", "-pk")
    found = list(rows[: MOST_OPEN + MOST_EARLIER])
    phone = _shown_phone(link.posting) if link else ""
    return {
        "link": link,
        "steward_phone": phone,
        "open_errands": [one for one in found if one.waits_for_household][:MOST_OPEN],
        "earlier_errands": [one for one in found if not one.waits_for_household][:MOST_EARLIER],
    }


def _shown_phone(posting: Posting) -> str:
    """The number that the steward lets people ring, if it is still his."""
    if posting.account is None:
        return ""
    shown = posting.account.grants.filter(place=posting.hamlet_id, shown_phone=posting.phone)
    return posting.phone if posting.phone and shown.exists() else ""


def offered_to(household: Household) -> QuerySet[Item]:
    return Item.objects.offered_in(household.hamlet_id)
