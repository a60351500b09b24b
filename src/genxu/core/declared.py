"""Finding what the apps declare: a room is a module of the same name in each app that has one."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps


@cache
def rooms(name: str) -> tuple[ModuleType, ...]:
    """The room of this name of every app of ours, in the order in which the apps stand."""
    ours = [app.name for app in apps.get_app_configs() if app.name.startswith("genxu.")]
    return tuple(import_module(f"{one}.{name}") for one in ours if find_spec(f"{one}.{name}"))
