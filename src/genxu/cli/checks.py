"""The set-up: ``genxu check``, and any command of Django by ``genxu manage``."""

import click

from .root import cli


@cli.command()
@click.option("--deploy", is_flag=True, help="Check the settings of production.")
def check(deploy: bool) -> None:
    """Check the set-up; with --deploy as strictly as production needs it."""
    from django.core.management import call_command

    call_command("check", deploy=deploy, fail_level="WARNING")


@cli.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Any command of Django."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["genxu manage", *arguments])
