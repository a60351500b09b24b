"""The set-up: ``genxu check``, and any command of Django by ``genxu manage``."""

import sys

import click

from .root import cli


@cli.command()
@click.option("--deploy", is_flag=True, help="Production: start it and ask for pages.")
def check(deploy: bool) -> None:
    """Check the set-up; with --deploy start the program and ask it for pages as a proxy would."""
    from django.conf import settings
    from django.core.management import call_command

    call_command("check", deploy=deploy, fail_level="WARNING")
    if deploy:
        from genxu.serving.pages import check_tables
        from genxu.serving.trial import Trial

        check_tables()
        if not Trial(settings.ALLOWED_HOSTS[0].removeprefix("."), click.echo).run():
            sys.exit(1)


@cli.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Any command of Django."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["genxu manage", *arguments])
