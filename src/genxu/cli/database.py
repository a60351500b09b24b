"""The database: ``genxu migrate``."""

from .root import cli


@cli.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    from django.core.management import call_command

    call_command("migrate")
