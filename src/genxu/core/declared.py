"""What the apps declare in their own rooms: a room is a module of the same name in each app.

So a floor finds what those above it have, and an app is added without an edit of any list.
"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import chain
from types import ModuleType
from typing import Any

from django.apps import apps


@cache
def rooms(name: str) -> tuple[ModuleType, ...]:
    """The room of this name of every app of ours, in the order in which the apps stand."""
    ours = [app.name for app in apps.get_app_configs() if app.name.startswith("genxu.")]
    return tuple(import_module(f"{one}.{name}") for one in ours if find_spec(f"{one}.{name}"))


def declared(room: str, name: str) -> Iterator[Any]:
    """What stands under a name in the rooms that have it: a function, a router, a list."""
    return (vars(one)[name] for one in rooms(room) if name in vars(one))


def members(room: str, name: str) -> Iterator[Any]:
    """The members of all the lists declared under a name."""
    return chain.from_iterable(declared(room, name))


def members_by(key: str, room: str, name: str) -> dict[str, Any]:
    """The same by a key of theirs, which stands once."""
    found: dict[str, Any] = {}
    for one in members(room, name):
        if found.setdefault(getattr(one, key), one) is not one:
            raise ValueError(f"{getattr(one, key)} is declared twice in {room}")
    return found
