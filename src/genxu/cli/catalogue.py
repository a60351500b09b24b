"""The catalogue of errands to begin with: ``genxu catalogue``."""

import click

from .root import cli, operator


@cli.group()
def catalogue() -> None:
    """What can be done for residents."""


@catalogue.command("enter")
@click.argument("place")
def catalogue_enter(place: str) -> None:
    """Put the examples into the catalogue of a county or a township (its code)."""
    from genxu.regions.queries import place_of
    from genxu.team.services.catalogue import enter_catalogue

    region = place_of(place)
    made = enter_catalogue(operator(), region)
    click.echo(f"{len(made)} items entered for {region}")
