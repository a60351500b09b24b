"""All figures that the apps declare in their ``figures.py``."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from genxu.core.figures import Figure


@cache
def figures() -> dict[str, Figure]:
    """Key → figure, in the order in which the apps stand."""
    found: dict[str, Figure] = {}
    for app in apps.get_app_configs():
        if not app.name.startswith("genxu.") or not find_spec(f"{app.name}.figures"):
            continue
        module = import_module(f"{app.name}.figures")
        for figure in getattr(module, "FIGURES", ()):
            if figure.key in found:
                raise ValueError(f"figure {figure.key} is declared twice")
            found[figure.key] = figure
    return found
