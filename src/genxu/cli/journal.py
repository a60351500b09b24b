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
@click.option("--head", default="", help="A head that was kept elsewhere, COUNT:DIGEST.")
def journal_verify(head: str) -> None:
    """Check every row, every seal and what protects them; names the first fault."""
    from genxu.core.heads import Head
    from genxu.core.verifying import verify

    verdict = verify(Head.read(head) if head else None)
    for remark in verdict.remarks:
        click.echo(remark, err=True)
    if not verdict.sound:
        click.echo(verdict.fault, err=True)
        sys.exit(1)
    click.echo(
        f"{verdict.checked} rows sound, {verdict.waiting} not yet sealed, head {verdict.head}"
    )


@journal.command("head")
def journal_head() -> None:
    """Print the head, COUNT:DIGEST: keep it somewhere else."""
    from genxu.core import heads

    click.echo(heads.newest())


@journal.command("send-head")
def journal_send_head() -> None:
    """Send the head of the day out, if that was not done yet; the worker does this by itself."""
    from genxu.core import heads

    sent = heads.send_out()
    click.echo(f"{heads.newest()}{'' if sent else ' (it went out today already)'}")
