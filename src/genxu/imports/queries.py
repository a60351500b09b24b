"""Reading imports: one's own, and those of one's office."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy

from genxu.core.access import Actor
from genxu.core.sheets.kinds import SheetKind, sheet_kinds
from genxu.regions.models import Region

from . import rules
from .matching import Match, look_of, samples
from .models import Import, Problem


def visible_import(actor: Actor, pk: int) -> Import:
    return Import.objects.select_related("place", "job", "account").one_for(actor, pk)


def import_list(actor: Actor) -> QuerySet[Import]:
    """The files, the newest first; what they held is not read."""
    rows: QuerySet[Import] = Import.objects.visible_to(actor).select_related("place", "account")
    return rows.defer("look", "columns").order_by("-pk")


def kinds_for(actor: Actor) -> list[SheetKind]:
    """The kinds that the actor may bring somewhere."""
    return [kind for kind in sheet_kinds().values() if actor.plays(kind.permission.roles)]


def places_for(actor: Actor, asked: str = "") -> list[Region]:
    """The places that the actor may bring files for: where she keeps the registers; and first
    the one below that she came from, if it is in her charge."""
    roles = rules.import_sheet.roles
    codes = set(actor.places(roles))
    if asked and actor.holds(roles, asked):
        codes.add(asked)
    found = list(Region.objects.filter(code__in=codes).order_by("code"))
    return sorted(found, key=lambda place: place.code != asked)


def kind_of(sheet: Import) -> SheetKind:
    return sheet_kinds()[sheet.kind]


@dataclass(frozen=True)
class Header:
    """A column of the file on the page where it is matched."""

    position: int
    header: str
    samples: list[str]
    key: str


def headers_of(sheet: Import, match: Match) -> list[Header]:
    """The columns of a file that hold something, each with a few of its values."""
    page = look_of(sheet).sheet(match.sheet)
    if page is None:
        return []
    found = []
    for n in range(max(map(len, page.top), default=0)):
        header = match.headers[n] if n < len(match.headers) else ""
        values = samples(page, match.header_row, n)
        if header.strip() or values:
            found.append(Header(n, header.strip(), values, match.columns.get(n, "")))
    return found


def missing_columns(kind: SheetKind, match: Match, place: Region) -> list[str]:
    """The headers of what must be there and was not found."""
    given = set(match.columns.values())
    missing = [c.header for c in kind.columns if c.required and c.key not in given]
    if not place.is_hamlet and not given & {"at_code", "at_hamlet"}:
        missing.insert(0, "湾")
    return missing


PARTS = {
    "new": gettext_lazy("new"),
    "changed": gettext_lazy("changed"),
    "same": gettext_lazy("as they are already"),
    "wrong": gettext_lazy("wrong"),
    "empty": gettext_lazy("empty"),
}


def sum_of(sheet: Import) -> list[tuple[str, Any, int]]:
    """The parts of the sum: rows = new + changed + same + wrong + empty."""
    return [(key, label, int(sheet.counts.get(key, 0))) for key, label in PARTS.items()]


def problems_of(sheet: Import, column: str, kind: str) -> QuerySet[Problem]:
    """What is to be said of the rows, in their order; of one column, or of one sort only."""
    rows: QuerySet[Problem] = Problem.objects.filter(sheet=sheet)
    if column:
        rows = rows.filter(column=column)
    if kind in ("wrong", "striking"):
        rows = rows.filter(warning=kind == "striking")
    return rows.order_by("row", "position", "pk")


def problem_columns(sheet: Import) -> list[tuple[str, int]]:
    """The columns in which something is to be said, with how often."""
    rows = Problem.objects.filter(sheet=sheet).values("column").annotate(n=Count("pk"))
    return [(one["column"], one["n"]) for one in rows.order_by("-n", "column")]
