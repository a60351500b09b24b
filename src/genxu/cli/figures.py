"""Figures: ``genxu figures``."""

import json
from datetime import date

import click

from .root import DAY, cli


@cli.command()
@click.argument("code")
@click.option("--as-of", type=DAY, default=None, help="The day; today if not given.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def figures(code: str, as_of: date | None, as_json: bool) -> None:
    """Count every figure of a place from the records as they stood on a day."""
    from genxu.core import clock
    from genxu.core.figures import figures as catalogue
    from genxu.insight.counting import count_on
    from genxu.regions.queries import place_of

    place = place_of(code)
    day = as_of or clock.today()
    counted = count_on(place.code, day)
    if as_json:
        body = {"region": place.code, "as_of": day.isoformat(), "figures": counted}
        click.echo(json.dumps(body, ensure_ascii=False))
        return
    click.echo(f"{place} ({place.code}), {day}")
    for key, value in counted.items():
        click.echo(f"{value:>10}  {catalogue()[key].term}  {key}")
