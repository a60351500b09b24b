"""Spreadsheets: ``genxu import``, ``genxu export``."""

import sys
from pathlib import Path

import click

from .root import cli, operator


@cli.command("import")
@click.argument("kind")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--place", required=True, help="The code of the place that the file is for.")
@click.option("--dry-run", is_flag=True, help="Check every row and write nothing.")
def import_(kind: str, file: Path, place: str, dry_run: bool) -> None:
    """Take a spreadsheet in: households, organisations, members, centre_households, councils."""
    from genxu.imports.console import import_file
    from genxu.regions.queries import place_of

    if not import_file(kind, file, place_of(place), actor=operator(), dry_run=dry_run):
        sys.exit(1)


@cli.command("export")
@click.argument("kind")
@click.argument("place")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(kind: str, place: str, file: Path) -> None:
    """Write the register of a place as a spreadsheet: households."""
    from genxu.imports.console import export_file
    from genxu.regions.queries import place_of

    click.echo(f"{export_file(kind, place_of(place), file, actor=operator()):,} rows")
