"""Every step of a spreadsheet on its way in. What it holds is written by its kind's own action."""

from collections.abc import Mapping
from typing import Any

from django.core.files import File
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict, Invalid, Missing
from genxu.core.sheets import headers
from genxu.core.sheets.kinds import SheetKind, sheet_kinds
from genxu.jobs import queue
from genxu.jobs.models import Job
from genxu.regions.models import Region

from . import rules
from .files import throw_away
from .matching import Match, columns_of, tables
from .models import Import, KnownHeader, Problem
from .placing import COLUMNS as PLACES

State = Import.State


def kind_named(name: str) -> SheetKind:
    kind = sheet_kinds().get(name)
    if kind is None:
        raise Missing(_("There is no such kind of spreadsheet."))
    return kind


@action(rules.import_sheet, notes=("kind",))
def bring_sheet(
    *,
    actor: Actor,
    place: Region,
    kind: str,
    file: "File[Any]",
    look: dict[str, Any],
    found: Match,
) -> Import:
    """Keep a file that was looked at, with the reading of it that fits best."""
    kind_named(kind).permission.require(actor, place=place)
    sheet = Import(
        kind=kind,
        place=place,
        file=file,
        file_name=(file.name or "").rpartition("/")[2][-200:],
        look=look,
        sheet=found.sheet[:60],
        header_row=found.header_row,
        columns={str(n): key for n, key in found.columns.items()},
    ).ask(actor, rules.import_sheet.roles)
    sheet.save()
    return sheet


@action(rules.steer_import, locks="sheet")
def match_sheet(*, actor: Actor, sheet: Import, match: Match, in_background: bool = True) -> Import:
    """Say which column is which, remember it for the next file, and have the rows checked."""
    if sheet.state not in (State.MATCHING, State.CHECKED):
        raise Conflict(_("It cannot be matched anew now."))
    kind = kind_named(sheet.kind)
    _complete(kind, sheet.place, match)
    _remember(kind, sheet.place, match)
    sheet.sheet, sheet.header_row = match.sheet, match.header_row
    sheet.columns = {str(n): key for n, key in match.columns.items()}
    sheet.state, sheet.counts = State.CHECKING, {}
    if in_background:
        sheet.job = _put(actor, sheet, "imports.check")
    sheet.save()
    return sheet


def _complete(kind: SheetKind, place: Region, match: Match) -> None:
    """Each column that must be there is there, once."""
    given = list(match.columns.values())
    for key in given:
        if given.count(key) > 1:
            header = next(c.header for c in columns_of(kind) if c.key == key)
            raise Invalid({"columns": _("“%s” is chosen for two columns.") % header})
    missing = [c.header for c in kind.columns if c.required and c.key not in given]
    if not place.is_hamlet and not {"at_code", "at_hamlet"} & set(given):
        missing.insert(0, PLACES[-1].header)
    if missing:
        message = _("Not found in the file: %s. Choose its column, or the row of the headers.")
        raise Invalid({"columns": message % "、".join(missing)})


def _remember(kind: SheetKind, place: Region, match: Match) -> None:
    """What the headers themselves did not say."""
    known = tables(kind, place.code)
    alone = headers.match(match.headers, *known.ordered)
    for n, header in enumerate(match.headers):
        said, key = headers.plain(header)[:60], match.columns.get(n, "")
        if said and key != alone.get(n, ""):
            KnownHeader.objects.update_or_create(
                kind=kind.name, place=place, header=said, defaults={"column": key}
            )


def _put(actor: Actor, sheet: Import, kind: str, total: int | None = None) -> Job:
    return queue.put(actor=actor, kind=kind, place=sheet.place, total=total, sheet=sheet.pk)


@action(rules.steer_import, locks="sheet", notes=("counts",))
def finish_check(
    *,
    actor: Actor,
    sheet: Import,
    counts: Mapping[str, int],
    staged: "File[Any]",
    marked: "File[Any] | None",
) -> Import:
    """Keep what the check has found; the person decides."""
    if sheet.state != State.CHECKING:
        raise Conflict(_("It was left aside meanwhile."))
    throw_away(sheet, "staged", "marked")
    sheet.counts, sheet.state = dict(counts), State.CHECKED
    sheet.batch = sheet.taken = sheet.late = 0
    sheet.staged.save("rows.jsonl", staged, save=False)
    if marked is not None:
        sheet.marked.save("marked.xlsx", marked, save=False)
    sheet.save()
    return sheet


@action(rules.steer_import, locks="sheet")
def take_in_sheet(*, actor: Actor, sheet: Import, in_background: bool = True) -> Import:
    """Take in the rows that are right; the wrong ones stay out, and are told."""
    if sheet.state != State.CHECKED:
        raise Conflict(_("It is not checked, or taken in already."))
    if not sheet.wanted:
        raise Conflict(_("There is nothing new in it to take in."))
    kind_named(sheet.kind).permission.require(actor, place=sheet.place)
    sheet.state = State.TAKING_IN
    if in_background:
        sheet.job = _put(actor, sheet, "imports.take_in", sheet.wanted)
    sheet.save()
    return sheet


@action(rules.steer_import, locks="sheet", notes=("taken", "late"))
def finish_import(*, actor: Actor, sheet: Import, taken: int, late: int) -> Import:
    """All batches are in: what the file held is not kept any longer."""
    if sheet.state != State.TAKING_IN:
        raise Conflict(_("It was left aside meanwhile."))
    return _end(sheet, State.DONE)


@action(rules.steer_import, locks="sheet")
def leave_sheet(*, actor: Actor, sheet: Import) -> Import:
    """Leave it aside; what was taken in already stays, the file is deleted."""
    if sheet.is_over:
        raise Conflict(_("It is over already."))
    if sheet.job_id:
        running = [Job.State.WAITING, Job.State.RUNNING]
        Job.objects.filter(pk=sheet.job_id, state__in=running).update(
            state=Job.State.CANCELLED, ended_at=clock.now()
        )
    return _end(sheet, State.LEFT)


def _end(sheet: Import, state: str) -> Import:
    sheet.state, sheet.look, sheet.ended_at = state, {}, clock.now()
    throw_away(sheet, "file", "staged")
    sheet.save()
    return sheet


@action(rules.forget_sheet, locks="sheet")
def forget_sheet(*, actor: Actor, sheet: Import) -> Import:
    """After thirty days nothing of what the file said is kept; how many rows there were, is."""
    return forget(sheet)


def forget(sheet: Import) -> Import:
    """A part of actions: an import that is not over is left aside, its files and quotes go."""
    if not sheet.is_over:
        _end(sheet, State.LEFT)
    Problem.objects.filter(sheet=sheet).delete()
    throw_away(sheet, "marked")
    sheet.save()
    return sheet
