"""What waits for somebody, gathered from the ``notices.py`` of every app."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from genxu.core.access import Actor
from genxu.core.notices import Notice

Source = Callable[[Actor], list[Notice]]


@cache
def _sources() -> tuple[Source, ...]:
    """The function ``notices`` of each app that has one, in the order in which the apps stand."""
    found: list[Source] = []
    for app in apps.get_app_configs():
        name = f"{app.name}.notices"
        if not app.name.startswith("genxu.") or not find_spec(name):
            continue
        source: Source | None = getattr(import_module(name), "notices", None)
        if source is not None:  # core has the form of a notice, and none of its own
            found.append(source)
    return tuple(found)


def notices_for(actor: Actor) -> list[Notice]:
    """Everything that waits, the urgent first; at most one query for each app."""
    found = [notice for source in _sources() for notice in source(actor)]
    return sorted(found, key=lambda notice: not notice.urgent)
