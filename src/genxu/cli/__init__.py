"""The command ``genxu``: one module a group of commands.

No module of it imports models at its head: the settings are chosen first, by ``main``.
"""

import os
import sys

from genxu.config import mode

from . import (
    catalogue,
    checks,
    database,
    figures,
    journal,
    papers,
    people,
    regions,
    serving,
    sheets,
    world,
)
from .root import cli

__all__ = [
    "catalogue",
    "checks",
    "cli",
    "database",
    "figures",
    "journal",
    "main",
    "papers",
    "people",
    "regions",
    "serving",
    "sheets",
    "world",
]


AS_OWNER = ("migrate", "database")
"""The commands that run as the owner of the database's tables."""


def _choose() -> None:
    if "--deploy" in sys.argv:
        os.environ["GENXU_MODE"] = "production"
    owner = os.environ.get("MIGRATION_DATABASE_URL")
    if owner and len(sys.argv) > 1 and sys.argv[1] in AS_OWNER:
        os.environ["DATABASE_URL"] = owner
    mode.choose()


def _of_database(error: Exception) -> str:
    """Away, or another one than was meant: a folder's own new file has no tables."""
    from django.conf import settings

    name = settings.DATABASES["default"]["NAME"]
    first = str(error).strip().splitlines()[0]
    return f"the database {name} cannot be used: {first}. Is it the right one? Else: genxu migrate"


def main() -> None:
    """Choose the settings, then run; refusals are sentences, not tracebacks."""
    _choose()
    import django

    from genxu.config.private import own_files_only, secure_var
    from genxu.core.errors import Refusal

    own_files_only()
    if len(sys.argv) > 1 and not {"--help", "--version"} & set(sys.argv):
        from django.core.exceptions import ImproperlyConfigured

        try:
            django.setup()
        except ImproperlyConfigured as error:
            raise SystemExit(f"genxu: {error}") from error
        secure_var()
    from django.core.management.base import CommandError
    from django.db import OperationalError, ProgrammingError

    try:
        cli()
    except CommandError as error:
        raise SystemExit(f"genxu: {error}") from error
    except (OperationalError, ProgrammingError) as error:
        raise SystemExit(f"genxu: {_of_database(error)}") from error
    except Refusal as error:
        fields = getattr(error, "fields", None)
        lines = [f"{k}: {v}" for k, v in fields.items()] if fields else [str(error.message)]
        raise SystemExit("genxu: " + "; ".join(lines)) from error
