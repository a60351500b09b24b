"""The database: ``genxu migrate``, ``genxu database``.

These run as the owner of the tables: with ``MIGRATION_DATABASE_URL`` if it is set (see ``main``).
"""

import click

from .root import cli


@cli.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    from django.core.management import call_command

    call_command("migrate")


@cli.group()
def database() -> None:
    """Roles of the database."""


@database.command("grant")
@click.argument("role")
def database_grant(role: str) -> None:
    """Let a lesser role of PostgreSQL serve: it can add to the journal, and not change it.

    To be run as the owner of the tables, after each ``genxu migrate``.
    """
    from genxu.core.database_roles import grant

    grant(role)
    click.echo(f"{role} may serve; it can add to the journal and cannot change it")
