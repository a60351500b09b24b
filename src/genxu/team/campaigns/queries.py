"""Reading campaigns: every list starts at ``visible_to(actor)``, in the order of places."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, QuerySet, When

from genxu.core.access import Actor
from genxu.core.cuts import First
from genxu.core.errors import Missing
from genxu.people.models import Household
from genxu.people.roles import KEEPERS
from genxu.regions.models import Region
from genxu.regions.queries import children_of, place_at

from .counting import Tally, items_of, sums, tallies
from .models import Answer, Campaign, Fact, Part, Sample
from .workflow import STANDS, Said, State

SHOWN, MOST = 40, 1000
"""So many records of a hamlet stand on its page; so many households are looked through for them."""


def campaign_list(actor: Actor) -> QuerySet[Campaign]:
    """Those that run first, the one that ends first before the others."""
    rows = Campaign.objects.visible_to(actor).select_related("place")
    runs = Case(When(state=State.OPEN, then=0), When(state=State.DRAFT, then=1), default=2)
    return rows.annotate(turn=runs).order_by("turn", "until", "pk")


def sample_list(actor: Actor) -> QuerySet[Sample]:
    rows = Sample.objects.visible_to(actor)
    return rows.select_related(*Sample.shown_with).order_by("-drawn_on", "part__hamlet")


def place_shown(actor: Actor, campaign: Campaign, code: str) -> Region:
    """The place whose rows are shown: the one asked for, where it is in the actor's charge, or the
    first of hers in this county."""
    own = [max(one, campaign.place_id, key=len) for one in actor.places(Part.seen_by)]
    mine = [one for one in own if one.startswith(campaign.place_id)]
    if not mine or (code and not any(code.startswith(one) for one in mine)):
        raise Missing(Part.missing)
    return place_at(code or mine[0])


@dataclass
class Row:
    """What there is below a place; of a hamlet its ``part``. Never how good it is."""

    place: Region
    known: int = 0
    left: int = 0
    hamlets: int = 0
    said: int = 0
    checked: int = 0
    part: Part | None = None

    def add(self, part: Part, tally: Tally) -> None:
        self.known += tally.known
        self.left += tally.left
        self.hamlets += 1
        self.said += part.state in STANDS
        self.checked += part.state == Said.CHECKED


@dataclass
class Below:
    """The rows of a place, in the order of their codes, and all of them together."""

    rows: list[Row] = field(default_factory=list)
    all: Row | None = None


def below(campaign: Campaign, place: Region) -> Below:
    """What is left below a place; a hamlet stands for itself. A fixed number of queries."""
    found = tallies(campaign, place.code)
    rows = Part.objects.standing().filter(campaign=campaign).under(place.code)
    parts = {one.hamlet_id: one for one in rows}
    places = [place] if place.is_hamlet else list(children_of(place.code))
    whole, made = Row(place), []
    for one in places:
        row = Row(one, part=parts.get(one.code))
        for code in (code for code in parts if code.startswith(one.code)):
            for each in (row, whole):
                each.add(parts[code], found.get(code, Tally()))
        if row.hamlets:
            made.append(row)
    return Below(made, whole)


@dataclass(frozen=True)
class Sum:
    """A fact over many: of how many it is known, the yeses or the numbers added up."""

    fact: Fact
    known: int
    sum: int


def sums_of(campaign: Campaign, place: Region) -> list[Sum]:
    found = sums(campaign, place.code) if campaign.asked else {}
    return [Sum(fact, *found.get(fact.pk, (0, 0))) for fact in campaign.asked]


def part_of(campaign: Campaign, hamlet: str) -> Part | None:
    return campaign.parts.filter(hamlet=hamlet).first()


@dataclass
class Line:
    """A record of a hamlet, for those who keep it: what it is called, where it stands, whether it
    is settled; what was answered of it."""

    label: str
    url: str
    settled: bool | None
    answers: list[tuple[Fact, Answer | None]]

    @property
    def is_to_see(self) -> bool:
        """Whether there is something: a record of its own, a yes, a number."""
        return self.settled is not None or any(one and one.value for _fact, one in self.answers)


def lines_of(part: Part) -> First[Line]:
    """The records that answer the question in one hamlet; of households those of which
    there is something. Two queries."""
    campaign, asks = part.campaign, part.campaign.asks
    if not asks.settles and not asks.by_household:
        return First()
    rows = items_of(campaign).filter(**{asks.place: part.hamlet_id})
    known = answers_of(part) if asks.by_household else {}

    def line(row: Any) -> Line:
        label, url = asks.line(row)
        settled = row.settled if asks.settles else None
        facts = campaign.asked if asks.by_household else []
        return Line(label, url, settled, [(fact, known.get((fact.pk, row.pk))) for fact in facts])

    return First.of((one for one in map(line, rows[:MOST]) if one.is_to_see), SHOWN)


def answers_of(part: Part) -> dict[tuple[int, int | None], Answer]:
    return {(one.fact_id, one.household_id): one for one in part.answers.all()}


def of_hamlet(part: Part) -> list[tuple[Fact, Answer | None]]:
    """What was asked of the hamlet itself, if it was."""
    if part.campaign.asks.by_household:
        return []
    known = answers_of(part)
    found = [(fact, known.get((fact.pk, None))) for fact in part.campaign.asked]
    return [one for one in found if one[1]] if part.state == Said.NOTHING else found


def households_of(part: Part) -> QuerySet[Household]:
    """Those that are asked, in the order of doors."""
    return Household.objects.living_here().filter(hamlet=part.hamlet_id).order_by("number", "pk")


def keeps(actor: Actor, part: Part) -> bool:
    return actor.holds(KEEPERS, part.hamlet_id)


def sheet_rows(campaign: Campaign, place: Region) -> QuerySet[Part]:
    rows = Part.objects.standing().filter(campaign=campaign).under(place.code)
    return rows.select_related("hamlet__parent").order_by("hamlet")


def fact_sums(campaign: Campaign, place: Region) -> dict[tuple[str, int], int]:
    """(hamlet, fact) → the yeses, or the numbers added up."""
    rows = Answer.objects.counted().filter(fact__in=campaign.asked).under(place.code)
    found: dict[tuple[str, int], int] = {}
    for hamlet, fact, value in rows.values_list("hamlet", "fact", "value"):
        found[hamlet, fact] = found.get((hamlet, fact), 0) + (value or 0)
    return found
