"""The tree of places: ``genxu regions``."""

from pathlib import Path

import click

from .root import cli, operator


@cli.group()
def regions() -> None:
    """The tree of places."""


@regions.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def regions_import(file: Path) -> None:
    """Add or rename the places of a CSV file (code, name, level, parent_code)."""
    from genxu.regions.actions import import_regions, read_csv

    rows = read_csv(file)
    import_regions(actor=operator(), rows=rows, count=len(rows))
    click.echo(f"{len(rows)} places")


@regions.command("recode")
@click.argument("old")
@click.argument("new")
def regions_recode(old: str, new: str) -> None:
    """Give a place and all below it another code; the old one stays findable."""
    from genxu.regions.actions import recode_region
    from genxu.regions.codes import short

    region = recode_region(actor=operator(), old=short(old), new=short(new))
    click.echo(f"{old} is now {region.code} {region}")


@regions.command("add-hamlet")
@click.argument("village")
@click.argument("name")
def regions_add_hamlet(village: str, name: str) -> None:
    """Add a hamlet to a village; prints its code."""
    from genxu.regions.actions import add_hamlet
    from genxu.regions.queries import place_of

    region = add_hamlet(actor=operator(), village=place_of(village), name=name)
    click.echo(region.code)
