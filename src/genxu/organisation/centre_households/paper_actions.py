"""Printing many: what is printed for a place, in which files, and asking for it."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from genxu.core.access import Actor, within
from genxu.core.actions import action
from genxu.core.errors import Conflict, Invalid
from genxu.core.typesetting import missing_glyphs
from genxu.jobs import queue, running
from genxu.jobs.models import Job
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region

from . import rules
from .documents import Paper, What, lacking
from .models import CentreHousehold

KIND = "centre_households.print"
PAGES_AT_ONCE = 1000
"""Pages that one process sets, and that one file holds at most."""
COUNTY, TOWNSHIP = LENGTHS[Level.COUNTY], LENGTHS[Level.TOWNSHIP]
BOTH = "both"


@dataclass(frozen=True)
class Order:
    """What was asked for: which papers, as piles or as single files, and of which site."""

    what: tuple[What, ...]
    zipped: bool
    others: bool
    site: str

    @classmethod
    def of(cls, given: dict[str, Any]) -> "Order":
        what = tuple(What(one) for one in given["what"])
        return cls(what, given["zipped"], given["others"], given["site"])


@dataclass(frozen=True)
class Part:
    """One file: the papers of one kind and one township, in the order of its hamlets."""

    what: What
    township: str
    number: int
    of: int
    keys: tuple[int, ...]

    def file_name(self, township: str, ending: str) -> str:
        counted = f" {self.number}" if self.of > 1 else ""
        return f"{self.township} {township} {self.what.on_file}{counted}.{ending}"

    def to_json(self) -> list[Any]:
        return [self.what.value, self.township, self.number, self.of, list(self.keys)]

    @classmethod
    def from_json(cls, row: list[Any]) -> "Part":
        what, township, number, of, keys = row
        return cls(What(what), township, number, of, tuple(keys))


def printable(actor: Actor, place: Region) -> QuerySet[CentreHousehold]:
    """Those who serve at a place for whom the actor may print, place by place."""
    rows = CentreHousehold.objects.filter(within(actor, "hamlet", rules.print_papers.roles))
    return rows.under(place.code).serving().order_by("hamlet", "certificate", "pk")


@dataclass(frozen=True)
class Pile:
    """How many would be printed in a county, and in each of its townships."""

    county: Region
    townships: list[tuple[Region, int]]

    @property
    def count(self) -> int:
        return sum(count for _township, count in self.townships)


def counts_by_township(actor: Actor, place: Region) -> list[Pile]:
    """How many would be printed, county by county and township by township; two queries."""
    rows = printable(actor, place).order_by().annotate(township=Substr("hamlet", 1, TOWNSHIP))
    counted = dict(rows.values_list("township").annotate(n=Count("pk")))
    codes = {*counted, *(code[:COUNTY] for code in counted)}
    regions = {one.code: one for one in Region.objects.filter(code__in=codes)}
    return [
        Pile(regions[county], [(regions[code], counted[code]) for code in codes])
        for county, codes in groupby(sorted(counted), key=lambda code: code[:COUNTY])
    ]


def read_papers(keys: Sequence[int]) -> dict[int, Paper]:
    """The snapshots of those among the keys (a batch of them) who still serve; two queries."""
    rows = list(CentreHousehold.objects.serving().filter(pk__in=keys))
    levels = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE, Level.HAMLET)
    codes = {row.hamlet_id[: LENGTHS[level]] for row in rows for level in levels}
    names = {one.code: one.short_name for one in Region.objects.filter(code__in=codes)}
    papers = {row.pk: paper_of(row, names) for row in rows}
    return {key: papers[key] for key in keys if key in papers}


def paper_of(row: CentreHousehold, names: dict[str, str]) -> Paper:
    """The snapshot of one who serves."""
    if row.appointed_on is None:
        raise Conflict(_("There is no certificate before the appointment."))
    above = {level: row.hamlet_id[: LENGTHS[level]] for level in LENGTHS}
    return Paper(
        name=row.person_name,
        hamlet=names[row.hamlet_id],
        village=names[above[Level.VILLAGE]],
        township=names[above[Level.TOWNSHIP]],
        county=names[above[Level.COUNTY]],
        number=row.certificate,
        card=row.card,
        duties=tuple(row.duties),
        by_self=row.by_self,
        appointed_on=row.appointed_on,
        term_ends_on=row.term_ends_on,
    )


def plan(rows: Iterable[tuple[int, str]], what: Sequence[What]) -> list[Part]:
    """The files for (key, hamlet), in the order of the places: by kind and township."""
    townships = [
        (code, [key for key, _hamlet in some])
        for code, some in groupby(rows, key=lambda row: row[1][:TOWNSHIP])
    ]
    return [
        Part(kind, code, n + 1, of, tuple(keys[n * PAGES_AT_ONCE : (n + 1) * PAGES_AT_ONCE]))
        for kind in what
        for code, keys in townships
        for of in [-(-len(keys) // PAGES_AT_ONCE)]
        for n in range(of)
    ]


def batches(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Files that one process sets together: no more pages than it should hold at once."""
    batch: list[Part] = []
    pages = 0
    for part in parts:
        if batch and pages + len(part.keys) > PAGES_AT_ONCE:
            yield batch
            batch, pages = [], 0
        batch.append(part)
        pages += len(part.keys)
    if batch:
        yield batch


def suspects(rows: Sequence[tuple[int, str, str]]) -> list[int]:
    """The keys among (key, hamlet, name) whose name or place no font can print: a quick look,
    with one query."""
    codes = {hamlet[:length] for _key, hamlet, _name in rows for length in LENGTHS.values()}
    places = {one.code: one.short_name for one in Region.objects.filter(code__in=codes)}
    missing = missing_glyphs({*places.values(), *(name for _key, _hamlet, name in rows)})
    if not missing:
        return []
    wrong = {code for code, name in places.items() if name in missing}
    return [
        key
        for key, hamlet, name in rows
        if name in missing or any(hamlet[:length] in wrong for length in LENGTHS.values())
    ]


Lacking = list[dict[str, str]]


def find_lacking(papers: dict[int, Paper]) -> tuple[set[int], Lacking]:
    """The keys of those who cannot be printed, and who lacks which characters, to be read."""
    keys = list(papers)
    found = lacking([papers[key] for key in keys])
    told = [
        {
            "name": papers[keys[n]].name,
            "hamlet": papers[keys[n]].hamlet,
            "township": papers[keys[n]].township,
            "number": papers[keys[n]].number_shown,
            "characters": named(characters),
        }
        for n, characters in found.items()
    ]
    return {keys[n] for n in found}, told


def named(characters: str) -> str:
    """Characters with their code points, since nobody may be able to see them: 𠮷 (U+20BB7)."""
    return "、".join(f"{one} (U+{ord(one):04X})" for one in characters)


def site_address(request_address: str) -> str:
    """The address that goes on plates: the one of the settings, else the one just used."""
    return settings.SITE_ADDRESS or request_address.rstrip("/")


@action(rules.print_papers, notes=("what", "zipped", "others"))
def ask_for_papers(
    *,
    actor: Actor,
    place: Region,
    what: str,
    site: str,
    zipped: bool = False,
    others: bool = False,
    for_the_worker: bool = True,
) -> Job:
    """Have the papers of all who serve at a place printed: ``what`` is a kind, or both.

    ``others`` prints all but those whose names no font can show. Printing again is allowed; each
    time stands in the journal.
    """
    if what != BOTH and what not in What:
        raise Invalid({"what": _("Please choose what is to be printed.")})
    count = printable(actor, place).count()
    if not count:
        raise Conflict(_("No centre household serves here yet: there is nothing to print."))
    kinds = [one.value for one in What if what in (BOTH, one)]
    return queue.put(
        actor=actor, kind=KIND, place=place, total=count * len(kinds), what=kinds, site=site,
        zipped=zipped, others=others, for_the_worker=for_the_worker,
    )  # fmt: skip


def print_now(
    *, actor: Actor, place: Region, into: Path, say: Callable[[str], None], **asked: Any
) -> Job:
    """Run the job here and now, and copy its files into a folder; what it found is said."""
    job = ask_for_papers(actor=actor, place=place, for_the_worker=False, **asked)
    running.run(job.pk)
    job.refresh_from_db()
    for row in job.result.get("lacking", []):
        say("\t".join(row[name] for name in ("number", "township", "hamlet", "name", "characters")))
    if job.trouble:
        say(job.trouble)
    into.mkdir(parents=True, exist_ok=True)
    for file in job.files.order_by("name"):
        with file.file.open() as content, (into / file.name).open("wb") as copy:
            shutil.copyfileobj(content, copy)
        say(str(into / file.name))
    return job


@action(rules.print_paper, notes=("what",))
def print_paper(*, actor: Actor, centre_household: CentreHousehold, what: str) -> CentreHousehold:
    """Note that the paper of one is printed; ``Conflict`` if there is none, or it cannot be."""
    if what not in What:
        raise Invalid({"what": _("Please choose what is to be printed.")})
    if not centre_household.is_serving:
        raise Conflict(_("It does not serve: there is no paper to print."))
    _unprintable, told = find_lacking(read_papers([centre_household.pk]))
    if told:
        message = _("No font here has %(characters)s. It would stand as an empty box on the paper.")
        raise Conflict(message % told[0])
    return centre_household
