"""Who looks after whom, read: one hamlet as a sheet, many hamlets as counts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.urls import reverse

from genxu.core.access import Actor
from genxu.core.declared import declared
from genxu.jobs.models import Job
from genxu.people.models import Household
from genxu.regions.models import Region
from genxu.regions.queries import place_in_charge

from .coverage_actions import PROPOSAL, Pairs, digest, field_of
from .models import FEWEST, MOST, CentreHousehold, Coverage, CoverageQuerySet
from .rules import see_coverage
from .workflow import State

TONES = 12
"""So many colours; more helpers than that share them, their numbers do not."""


def covered_place(actor: Actor, code: str) -> Region:
    """A hamlet, village or township whose coverage the actor may see; ``Missing`` otherwise."""
    return place_in_charge(actor, see_coverage.roles, code)


@dataclass
class Helper:
    """A serving centre household on the sheet, with the number and the colour it goes by."""

    centre: CentreHousehold
    number: int
    load: int = 0

    @property
    def tone(self) -> int:
        return (self.number - 1) % TONES + 1

    @property
    def is_gone(self) -> bool:
        """It keeps those it has until the township ends its service; nobody new is drawn to it."""
        return self.centre.household.left_on is not None

    @property
    def has_few(self) -> bool:
        return self.load < FEWEST

    @property
    def has_many(self) -> bool:
        return self.load > MOST


@dataclass
class Door:
    """A household on the sheet: whose it is as saved, and whose it is as drawn now."""

    household: Household
    saved: int | None
    chosen: int | None
    owner: Helper | None
    helper: Helper | None = None
    error: str = ""
    matters: int = 0
    """Open personal matters that its centre household has in hand: they go along with it."""

    @property
    def field(self) -> str:
        return field_of(self.household.pk)

    @property
    def is_changed(self) -> bool:
        return self.saved != self.chosen


@dataclass
class Sheet:
    """A hamlet with its households in the order of doors and its centre households."""

    hamlet: Region
    helpers: list[Helper]
    doors: list[Door]
    version: str

    def draw(self, pairs: Mapping[int, int | None]) -> None:
        """Show another drawing than the saved one; what it does not name stays."""
        by_key = {helper.centre.pk: helper for helper in self.helpers}
        for helper in self.helpers:
            helper.load = 0
        for door in self.doors:
            door.chosen = pairs.get(door.household.pk, door.chosen)
            if door.owner:
                door.chosen = door.owner.centre.pk
            door.helper = by_key.get(door.chosen) if door.chosen else None
            if door.helper:
                door.helper.load += 1

    @property
    def changed(self) -> int:
        return sum(door.is_changed for door in self.doors)

    @property
    def uncovered(self) -> int:
        return sum(door.helper is None for door in self.doors)

    @property
    def warned(self) -> list[Helper]:
        return [helper for helper in self.helpers if helper.has_few or helper.has_many]


def matters_in_hand(households: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Matter → its household and the account that has it in hand, as the apps above tell it."""
    found: dict[int, tuple[int, int]] = {}
    for tell in declared("bonds", "personal_in_hand"):
        found |= tell(households)
    return found


def sheet_of(hamlet: Region) -> Sheet:
    """The sheet of a hamlet as it is saved: four queries for any number of households."""
    households = Household.objects.filter(hamlet=hamlet).living_here().order_by("number", "pk")
    centres = (
        CentreHousehold.objects.serving().filter(hamlet=hamlet).select_related("household")
    ).order_by("household__number", "pk")
    helpers = [Helper(centre, n) for n, centre in enumerate(centres, 1)]
    owners = {helper.centre.household_id: helper for helper in helpers}
    keys = {helper.centre.pk for helper in helpers}
    rows = Coverage.objects.now().filter(hamlet=hamlet)
    saved = dict(rows.values_list("household_id", "centre_household_id"))
    saved = {household: centre for household, centre in saved.items() if centre in keys}
    doors = [
        Door(one, saved.get(one.pk), saved.get(one.pk), owners.get(one.pk)) for one in households
    ]
    in_hand = Counter(one for one, _account in matters_in_hand(saved).values())
    for door in doors:
        door.matters = in_hand[door.household.pk]
    sheet = Sheet(hamlet, helpers, doors, digest(saved.items()))
    sheet.draw({})
    return sheet


def households_with_helpers(hamlet: Region) -> QuerySet[Household]:
    """The households of a hamlet, each with the name of its centre household and since when."""
    rows = Coverage.objects.now().filter(household=OuterRef("pk"))
    rows = rows.filter(centre_household__state=State.APPOINTED)
    return (
        Household.objects.filter(hamlet=hamlet)
        .living_here()
        .annotate(
            helper=Subquery(rows.values("centre_household__person_name")[:1]),
            helped_since=Subquery(rows.values("since")[:1]),
        )
        .order_by("number", "pk")
    )


@dataclass
class Standing:
    """How a hamlet stands: its counts, and the households proposed for a person to accept."""

    hamlet: Region
    households: int = 0
    covered: int = 0
    centres: int = 0
    warned: int = 0
    proposed: int | None = None

    @property
    def uncovered(self) -> int:
        return self.households - self.covered


def standing_of_hamlets(hamlets: Sequence[Region]) -> list[Standing]:
    """The counts of some hamlets: three queries for any number of them."""
    codes = [hamlet.code for hamlet in hamlets]
    found = {hamlet.code: Standing(hamlet) for hamlet in hamlets}
    here = Household.objects.filter(hamlet__in=codes).living_here().order_by()
    for code, count in here.values_list("hamlet").annotate(n=Count("pk")):
        found[code].households = count
    loads = _loads(Coverage.objects.now().filter(hamlet__in=codes))
    serving = CentreHousehold.objects.serving().filter(hamlet__in=codes)
    for key, code in serving.values_list("pk", "hamlet"):
        standing, load = found[code], loads[key]
        standing.centres += 1
        standing.covered += load
        standing.warned += not FEWEST <= load <= MOST
    return list(found.values())


def _loads(rows: CoverageQuerySet) -> Counter[int]:
    counted = rows.order_by().values_list("centre_household").annotate(n=Count("pk"))
    return Counter(dict(counted))


def uncovered_under(place: str) -> int:
    """How many households under a place nobody looks after: two queries."""
    here = Household.objects.under(place).living_here()
    covered = Coverage.objects.now().under(place).filter(centre_household__state=State.APPOINTED)
    return here.count() - covered.count()


@dataclass(frozen=True)
class Question:
    """What the solver is asked about one hamlet."""

    households: list[tuple[int, int]]
    centres: list[tuple[int, int]]
    ties: dict[int, int]

    @property
    def wants_answer(self) -> bool:
        """Whether somebody is not looked after by one who lives here, and somebody could."""
        could = {centre for centre, _own in self.centres}
        return bool(could) and any(self.ties.get(one) not in could for one, _n in self.households)


def questions_of(place: str) -> dict[str, Question]:
    """The questions of all hamlets under a place, in the order of codes: three queries."""
    found: dict[str, Question] = defaultdict(lambda: Question([], [], {}))
    here = Household.objects.under(place).living_here().order_by("hamlet", "pk")
    for code, key, number in here.values_list("hamlet", "pk", "number"):
        found[code].households.append((key, number))
    serving = CentreHousehold.objects.serving().under(place).order_by("pk")
    for code, key, own in serving.at_hand().values_list("hamlet", "pk", "household"):
        found[code].centres.append((key, own))
    rows = Coverage.objects.now().under(place).order_by("household")
    rows = rows.filter(centre_household__in=serving.order_by().values("pk"))
    for code, household, centre in rows.values_list("hamlet", "household", "centre_household"):
        found[code].ties[household] = centre
    return dict(found)


@dataclass(frozen=True)
class Stored:
    """A proposal that waits for a person: for the hamlet as it was when it was worked out."""

    pairs: Pairs
    version: str
    changes: int
    by_solver: bool


def last_job(actor: Actor, place: Region) -> Job | None:
    """The last time that the actor asked for proposals for this place."""
    rows = Job.objects.visible_to(actor).filter(kind=PROPOSAL, place=place)
    return rows.order_by("-pk").first()


def stored_proposals(job: Job | None) -> dict[str, Stored]:
    """Hamlet → the proposal that the job worked out for it."""
    if job is None or job.state != Job.State.DONE:
        return {}
    return {
        code: Stored(
            {int(household): int(centre) for household, centre in one["pairs"]},
            str(one["version"]), int(one["changes"]), bool(one["by_solver"]),
        )
        for code, one in job.result.get("proposals", {}).items()
    }  # fmt: skip


def versions_of(hamlets: Sequence[str]) -> dict[str, str]:
    """The digest of each hamlet's coverage as it is now: one query."""
    found: dict[str, list[tuple[int, int]]] = {code: [] for code in hamlets}
    rows = Coverage.objects.now().filter(
        hamlet__in=hamlets, centre_household__state=State.APPOINTED
    )
    for code, *pair in rows.values_list("hamlet", "household", "centre_household"):
        found[code].append((pair[0], pair[1]))
    return {code: digest(pairs) for code, pairs in found.items()}


def waiting_proposals(job: Job | None) -> dict[str, Stored]:
    """Those proposals whose hamlets are still as they were: neither accepted nor overtaken."""
    stored = {code: one for code, one in stored_proposals(job).items() if one.changes}
    now = versions_of(list(stored)) if stored else {}
    return {code: one for code, one in stored.items() if now[code] == one.version}


def where_proposed(job: Job) -> str:
    """Where the proposals of a job are looked at: the screen of its hamlet, or the list."""
    if job.place.is_hamlet:
        return f"{reverse('coverage', args=[job.place_id])}?job={job.pk}"
    return reverse("coverage_place", args=[job.place_id])


def job_of(actor: Actor, pk: int) -> Job | None:
    """A job of the actor's own by its number."""
    return Job.objects.visible_to(actor).filter(kind=PROPOSAL, pk=pk).first()
