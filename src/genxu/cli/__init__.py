"""The command ``genxu``: one module a group of commands.

No module of it imports models at its head: the settings are chosen first, by ``main``.
"""

import os
import sys

from genxu.config import mode

from . import (
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


def main() -> None:
    """Choose the settings, then run; refusals are sentences, not tracebacks."""
    if "--deploy" in sys.argv:
        os.environ["GENXU_MODE"] = "production"
    mode.choose()
    import django

    from genxu.core.errors import Refusal

    if len(sys.argv) > 1 and not {"--help", "--version"} & set(sys.argv):
        from django.core.exceptions import ImproperlyConfigured

        try:
            django.setup()
        except ImproperlyConfigured as error:
            raise SystemExit(f"genxu: {error}") from error
    from django.core.management.base import CommandError

    try:
        cli()
    except CommandError as error:
        raise SystemExit(f"genxu: {error}") from error
    except Refusal as error:
        fields = getattr(error, "fields", None)
        lines = [f"{k}: {v}" for k, v in fields.items()] if fields else [str(error.message)]
        raise SystemExit("genxu: " + "; ".join(lines)) from error
