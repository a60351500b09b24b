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
@click.option("--word", default="", help="Tells it from another hamlet of the same name.")
def regions_add_hamlet(village: str, name: str, word: str) -> None:
    """Add a hamlet to a village; prints its code."""
    from genxu.regions.actions import add_hamlet
    from genxu.regions.queries import place_of

    region = add_hamlet(
        actor=operator(), village=place_of(village), name=name, distinguished_by=word
    )
    click.echo(region.code)


@regions.command("rename-hamlet")
@click.argument("hamlet")
@click.argument("name")
@click.option("--word", default="", help="Tells it from another hamlet of the same name.")
def regions_rename_hamlet(hamlet: str, name: str, word: str) -> None:
    """Give a hamlet another name; the one of before is kept."""
    from genxu.hamlets.actions import rename_hamlet
    from genxu.regions.queries import place_of

    place = place_of(hamlet)
    done = rename_hamlet(actor=operator(), hamlet=place, name=name, distinguished_by=word)
    click.echo(f"{done.code} {done}")


@regions.command("close-hamlet")
@click.argument("hamlet")
def regions_close_hamlet(hamlet: str) -> None:
    """Close a hamlet in which nobody lives; else it says what is left."""
    from genxu.hamlets.actions import close_hamlet
    from genxu.regions.queries import place_of

    done = close_hamlet(actor=operator(), hamlet=place_of(hamlet))
    click.echo(f"{done.code} {done}: {done.closed_on}")


@regions.command("merge")
@click.argument("hamlet")
@click.argument("heir")
@click.confirmation_option(prompt="It cannot be undone. Merge?")
def regions_merge(hamlet: str, heir: str) -> None:
    """Make a hamlet a part of another one of its township."""
    from genxu.hamlets.actions import merge_hamlets
    from genxu.regions.queries import place_of

    done = merge_hamlets(actor=operator(), hamlet=place_of(hamlet), heir=place_of(heir))
    click.echo(f"{hamlet} is now {done.code} {done}")
