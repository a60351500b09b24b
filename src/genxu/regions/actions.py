"""Importing and recoding places."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock, journal
from genxu.core.access import Actor, under
from genxu.core.actions import action
from genxu.core.errors import Invalid
from genxu.core.texts import optional, required

from . import rules
from .codes import LENGTHS, Level, level_of, parent_of, short
from .models import NAME_LIMIT, WORD_LIMIT, FormerCode, FormerName, Region
from .moving import keep_codes, move_rows

COLUMNS = ("code", "name", "level", "parent_code")
PACKAGED = Path(__file__).parent / "data" / "xianning-regions.csv"


@dataclass(frozen=True)
class Row:
    code: str
    name: str
    level: Level
    parent: str | None


def read_csv(path: Path) -> list[Row]:
    """The places of a file, parents first; ``Invalid`` names the line and what is wrong with it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if not set(COLUMNS) <= set(reader.fieldnames or ()):
            raise Invalid({"file": _("The first line must name: %s") % ", ".join(COLUMNS)})
        rows = [_row(line, reader.line_num) for line in reader]
    return sorted(rows, key=lambda row: row.code)


def _row(line: dict[str, str], number: int) -> Row:
    try:
        code = short(line["code"])
        level = level_of(code)
        parent = short(line["parent_code"]) if line["parent_code"] else None
    except ValueError as error:
        raise Invalid({f"line {number}": str(error)}) from error
    if line["level"] != level:
        raise Invalid({f"line {number}": _("%(code)s is no %(level)s") % line})
    if parent != parent_of(code):
        raise Invalid({f"line {number}": _("%(code)s does not lie in %(parent_code)s") % line})
    if not line["name"].strip():
        raise Invalid({f"line {number}": _("The name is missing")})
    return Row(code, line["name"].strip(), level, parent)


@action(rules.import_regions, notes=("count",))
def import_regions(*, actor: Actor, rows: list[Row], count: int) -> Region:
    """Add the places that are new and rename those that changed; gives the topmost one."""
    known = set(Region.objects.values_list("code", flat=True)) | {row.code for row in rows}
    for row in rows:
        if row.parent and row.parent not in known:
            message = _("%(code)s: its parent %(parent)s is unknown")
            raise Invalid({"file": message % {"code": row.code, "parent": row.parent}})
    _remember_names(rows)
    Region.objects.bulk_create(
        [Region(code=r.code, name=r.name, level=r.level, parent_id=r.parent) for r in rows],
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "level", "parent"],
    )
    _check_names(rows)
    given = {row.code for row in rows}
    for row in rows[1:]:
        if row.parent not in given:  # what is entered at the topmost is not entered above it
            _enter(actor, "import_regions", row.code, row.code, {"count": count})
    return Region.objects.get(code=rows[0].code)


def _remember_names(rows: list[Row]) -> None:
    """The names that a file changes are kept with the day."""
    known = dict(Region.objects.values_list("code", "name"))
    FormerName.objects.bulk_create(
        FormerName(region_id=row.code, name=known[row.code], until=clock.today())
        for row in rows
        if known.get(row.code, row.name) != row.name
    )


def _check_names(rows: list[Row]) -> None:
    """Two hamlets of one name in a village would be taken for each other."""
    villages = {row.parent for row in rows if row.level == Level.HAMLET}
    seen: dict[tuple[Any, ...], str] = {}
    named = Region.objects.open().of_level(Level.HAMLET).order_by("code")
    for *key, code in named.values_list("parent_id", "name", "distinguished_by", "code"):
        other = seen.setdefault(tuple(key), code)
        if other != code and key[0] in villages:
            message = _("%(code)s has the name of %(other)s in the same village.")
            raise Invalid({"file": message % {"code": code, "other": other}})


@action(rules.add_hamlet, locks="village")
def add_hamlet(*, actor: Actor, village: Region, name: str, distinguished_by: str = "") -> Region:
    """A new hamlet of a village, with the village's next local number (001–999)."""
    if len(village.code) != LENGTHS[Level.VILLAGE]:
        raise Invalid({"village": _("A hamlet lies in a village.")})
    hamlet = Region(
        code=next_code(village), name=name, level=Level.HAMLET, parent=village,
        distinguished_by=distinguished_by,
    )  # fmt: skip
    check_name(hamlet)
    hamlet.save(force_insert=True)
    return hamlet


def next_code(village: Region) -> str:
    """A number that no hamlet of the village has or had: old papers with it mean another."""
    below = under(village.code, "code")
    taken = [
        *Region.objects.of_level(Level.HAMLET).filter(below).values_list("code", flat=True),
        *FormerCode.objects.filter(below).values_list("code", flat=True),
    ]
    number = max((int(code[-3:]) for code in taken if len(code) == 15), default=0) + 1
    if number > 999:
        raise Invalid({"village": _("A village has room for 999 hamlets.")})
    return f"{village.code}{number:03d}"


def check_name(hamlet: Region) -> None:
    """The name as it is kept; ``Invalid`` if it is none, or that of another hamlet of the village
    and no word tells the two apart (docs/adr/0016)."""
    hamlet.name = required(hamlet.name, NAME_LIMIT, "name", _("The name is missing"))
    hamlet.distinguished_by = optional(hamlet.distinguished_by, WORD_LIMIT, "distinguished_by")
    if Region.objects.named_like(hamlet).exists():
        message = _("%(village)s has “%(name)s” already. Add a word that tells the two apart.")
        told = message % {"village": hamlet.parent, "name": hamlet}
        raise Invalid({"distinguished_by": told})


@action(rules.recode_region, notes=("old", "new"))
def recode_region(*, actor: Actor, old: str, new: str) -> Region:
    """Give a place another code and move every row of its subtree; the old code stays findable.

    The journal keeps the codes as they were; it is entered at both. Fails if the levels differ, if
    the new code is taken, or if its parent is not there.
    """
    _check_recode(old, new)
    moved = list(Region.objects.under(old).order_by("code"))
    renamed = {region.code: new + region.code[len(old) :] for region in moved}
    top_parent = parent_of(new)
    Region.objects.bulk_create(
        Region(
            code=renamed[region.code],
            name=region.name,
            level=region.level,
            distinguished_by=region.distinguished_by,
            closed_on=region.closed_on,
            parent_id=renamed.get(region.parent_id or "", top_parent),
        )
        for region in moved
    )
    move_rows(old, new)
    FormerCode.objects.filter(under(new, "code")).delete()
    keep_codes(renamed)
    for level in reversed(list(Level)):
        Region.objects.under(old).of_level(level).delete()
    _enter(actor, "recode_region", old, new, {"old": old, "new": new})
    return Region.objects.get(code=new)


def _enter(actor: Actor, action: str, place: str, code: str, detail: dict[str, Any]) -> None:
    """Enter at another place too what an action has changed there."""
    journal.write(
        actor=actor, action=f"regions.{action}", place=place, detail=detail,
        subject_type=Region._meta.label_lower, subject_id=code,
    )  # fmt: skip


def _check_recode(old: str, new: str) -> None:
    if level_of(old) != level_of(new):
        raise Invalid({"new": _("The new code is of another level.")})
    if not Region.objects.filter(code=old).exists():
        raise Invalid({"old": _("There is no place with this code.")})
    if Region.objects.filter(code=new).exists():
        raise Invalid({"new": _("The new code is taken.")})
    if FormerCode.objects.filter(under(new, "code")).exclude(under(old, "region")).exists():
        raise Invalid({"new": _("The new code was another place's before.")})
    if (parent := parent_of(new)) and not Region.objects.filter(code=parent).exists():
        raise Invalid({"new": _("There is no place above the new code.")})
