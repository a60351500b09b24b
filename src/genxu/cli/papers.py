"""What is printed: ``genxu certificates``."""

from pathlib import Path

import click

from .root import cli, operator


@cli.command()
@click.argument("place")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
@click.option("--what", type=click.Choice(["certificate", "plate", "both"]), default="both")
@click.option("--zip", "zipped", is_flag=True, help="Single files in a ZIP for each township.")
@click.option("--others", is_flag=True, help="Print all but names that no font can show.")
@click.option("--site", default="", help="What the QR codes open; SITE_ADDRESS if not given.")
def certificates(place: str, out: Path, what: str, zipped: bool, others: bool, site: str) -> None:
    """Print the certificates and door plates of all who serve at a place."""
    from django.conf import settings

    from genxu.organisation.centre_households import paper_actions
    from genxu.regions.queries import place_of

    address = site.rstrip("/") or settings.SITE_ADDRESS
    if not address.startswith(("http://", "https://")):
        raise click.UsageError(
            "say with --site (or SITE_ADDRESS) what the QR codes open: https://…"
        )
    job = paper_actions.print_now(
        actor=operator(), place=place_of(place), what=what, zipped=zipped, others=others,
        site=address, into=out, say=click.echo,
    )  # fmt: skip
    if job.state != job.State.DONE:
        raise SystemExit(1)
