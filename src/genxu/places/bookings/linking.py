"""The evening talk that a room is booked for: talks lie above, they say so in their room
``evenings``."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from genxu.core.declared import declared
from genxu.core.errors import Invalid


def talks_told(numbers: Iterable[int | None]) -> Mapping[int, tuple[str, str, str]]:
    """Key of a talk → (hamlet, what it is called, its address): one query, none for none."""
    asked = {one for one in numbers if one is not None}
    found: dict[int, tuple[str, str, str]] = {}
    for tell in declared("evenings", "talks_told") if asked else ():
        found |= tell(asked)
    return found


def last_talks(hamlet: str) -> list[tuple[int, str]]:
    """The latest talks of a hamlet: key, what it is called."""
    return [one for tell in declared("evenings", "last_talks") for one in tell(hamlet)]


def talk_at(hamlet: str, key: int | None) -> int | None:
    """The key of a talk of the hamlet; ``Invalid`` for one of another."""
    if key is not None and talks_told([key]).get(key, ("",))[0] != hamlet:
        raise Invalid({"talk": _("There is no such talk in the hamlet.")})
    return key
