"""The demonstration: ``genxu world``, ``genxu demo``."""

from datetime import date, datetime

import click

from .root import DAY, cli, operator
from .serving import serve


@cli.group()
def world() -> None:
    """The demonstration world."""


@world.command("build")
@click.option("--scale", type=click.Choice(["small", "prefecture"]), default="prefecture")
@click.option("--seed", default=20230524, show_default=True)
@click.option("--today", type=DAY, default=None, help="Build it as of this day.")
def world_build(scale: str, seed: int, today: date | None) -> None:
    """Build the world in an empty database (which is migrated first)."""
    from contextlib import nullcontext

    from django.core.management import call_command

    from genxu.core import clock, heads
    from genxu.demo.actions import build_world, settle
    from genxu.demo.moments import moment

    call_command("migrate", verbosity=0)
    if not heads.newest().count:
        heads.forget_kept()
    started = datetime.now()

    def say(text: str) -> None:
        click.echo(f"{(datetime.now() - started).total_seconds():6.1f} s  {text}")

    with clock.at(moment(today, 12)) if today else nullcontext():
        build_world(actor=operator("demonstration"), scale=scale, seed=seed, say=say)
    settle()


@cli.command()
@click.option("--scale", type=click.Choice(["small", "prefecture"]), default="prefecture")
@click.option("--port", default=8000, show_default=True, envvar="PORT")
@click.pass_context
def demo(ctx: click.Context, scale: str, port: int) -> None:
    """Build the world if there is none yet, say how to come in, and serve."""
    from django.core.management import call_command

    from genxu.demo.welcome import how_to_come_in
    from genxu.institutions.talks.models import Talk

    call_command("migrate", verbosity=0)
    if not Talk.objects.exists():
        ctx.invoke(world_build, scale=scale)
    click.echo(how_to_come_in(port))
    ctx.invoke(serve, port=port)
