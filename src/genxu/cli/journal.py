"""The journal: ``genxu journal``."""

import sys

import click

from .root import cli


@cli.group()
def journal() -> None:
    """The journal of everything that was done."""


@journal.command("seal")
def journal_seal() -> None:
    """Seal the rows that wait; the worker does this by itself."""
    from genxu.core import journal as book

    click.echo(f"{book.seal()} rows sealed")


@journal.command("verify")
def journal_verify() -> None:
    """Check every seal and row; names the first altered or missing one."""
    from genxu.core import journal as book

    verdict = book.verify()
    if not verdict.sound:
        click.echo(verdict.fault, err=True)
        sys.exit(1)
    click.echo(
        f"{verdict.checked} rows sound, {verdict.waiting} not yet sealed, head {verdict.head}"
    )
