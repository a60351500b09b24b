"""Spreadsheets on the command line, for the operator: the same steps as on the pages."""

import sys
from pathlib import Path

import click
from django.core.files import File
from django.utils.translation import gettext as _

from genxu.core import journal
from genxu.core.access import Actor
from genxu.core.cuts import First
from genxu.core.errors import Missing
from genxu.core.sheets.reading import look
from genxu.core.sheets.writing import write_sheet
from genxu.regions.models import Region

from .actions import bring_sheet, kind_named, leave_sheet, match_sheet, take_in_sheet
from .checking import check
from .matching import as_kept, best_match, match_of, tables
from .models import Import
from .taking import take_in

SHOWN = 20
"""Problems that are printed; all of them stand in the marked file."""


class Said:
    """Progress on the error stream, where there is somebody to see it."""

    def progress(self, done: int, total: int | None = None, *, keep: bool = False) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{done:,} / {total or 0:,}", nl=False, err=True)


def import_file(kind: str, file: Path, place: Region, *, actor: Actor, dry_run: bool) -> bool:
    """Check a file, and take in what is right of it; whether nothing was wrong."""
    seen = look(file)
    found = best_match(seen, tables(kind_named(kind), place.code))
    with file.open("rb") as content:
        sheet = bring_sheet(
            actor=actor, place=place, kind=kind, file=File(content, name=file.name),
            look=as_kept(seen), found=found,
        )  # fmt: skip
    try:
        sheet = match_sheet(actor=actor, sheet=sheet, match=match_of(sheet), in_background=False)
        sheet = check(sheet, actor, Said())
        _tell(sheet, file)
        if sheet.wanted and not dry_run:
            sheet = take_in_sheet(actor=actor, sheet=sheet, in_background=False)
            sheet = take_in(sheet, actor, Said())
            click.echo(_("%(taken)s rows taken in.") % {"taken": f"{sheet.taken:,}"})
    finally:
        if not sheet.is_over:
            leave_sheet(actor=actor, sheet=Import.objects.get(pk=sheet.pk))
    return not (sheet.counts["wrong"] or sheet.late)


def _tell(sheet: Import, file: Path) -> None:
    """The sum of the rows, the first problems, and where all of them are."""
    counts = sheet.counts
    parts = {"new": _("new"), "changed": _("changed"), "same": _("the same"),
             "wrong": _("wrong"), "empty": _("empty")}  # fmt: skip
    summed = " + ".join(f"{counts[key]:,} {word}" for key, word in parts.items())
    click.echo(f"{counts['rows']:,} = {summed}")
    shown = First.of(sheet.problems.order_by("row", "position"), SHOWN)
    for one in shown:
        click.echo(f"  {one.row:>6}  {one.column}: {one.text}")
    if shown.cut:
        click.echo("  …")
    if sheet.marked:
        marked = file.with_name(f"{file.stem}.marked.xlsx")
        with sheet.marked.open("rb") as content:
            marked.write_bytes(content.read())
        click.echo(_("All problems are marked in %(file)s.") % {"file": marked})


def export_file(kind: str, place: Region, file: Path, *, actor: Actor) -> int:
    """Write a register of a place as .xlsx; how many rows. The export is logged."""
    about = kind_named(kind)
    if about.rows is None or about.out is None:
        raise Missing(_("This register is exported on its own page."))
    journal.note_read(actor=actor, action=f"imports.export_{kind}", subject=place)
    rows = about.rows(place.code).iterator(2000)
    with file.open("wb") as out:
        return write_sheet(out, str(about.label), about.out(place.code), rows)
