"""What the frame of every page needs; costs no query on a page that needs none."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from genxu.core.access import Actor, Grant, Kind
from genxu.core.declared import declared, members
from genxu.core.navigation import Link


@dataclass(frozen=True, slots=True)
class Section:
    """A link of the navigation as one actor has it, in one language."""

    label: str
    url: str
    begins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """The same on a page that lies behind it, or does not."""

    label: str
    url: str
    current: bool


def shell(request: HttpRequest) -> dict[str, Any]:
    """Actor, navigation, text size, and whether this is a demonstration."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return {
        "actor": actor,
        "navigation": navigation(request.path, actor),
        "elder": request.COOKIES.get("elder") == "1",
        "demonstration": settings.DEMONSTRATION,
    }


def navigation(path: str, actor: Actor) -> list[Entry]:
    """The few places that this actor goes to."""
    found = _sections(actor.signed_in, actor.grants, get_language())
    return [Entry(one.label, one.url, path.startswith(one.begins)) for one in found]


@lru_cache(maxsize=1000)
def _sections(
    signed_in: bool, grants: tuple[Grant, ...], language: str | None
) -> tuple[Section, ...]:
    """Kept, as grants and language are all that it depends on: the actor is made of them anew."""
    actor = Actor(Kind.ACCOUNT if signed_in else Kind.NOBODY, grants=grants)
    return tuple(
        Section(str(link.label), url := link.url_for(actor), (url, *begins))
        for link, begins in _links()
        if link.is_for(actor)
    )


@cache
def _links() -> list[tuple[Link, tuple[str, ...]]]:
    """Every link in its order, with how the addresses of the pages behind it begin."""
    links: list[Link] = sorted(members("navigation", "LINKS"), key=lambda link: link.order)
    begins = {link.address: link.behind for link in links}
    for behind in declared("navigation", "BEHIND"):
        for address, more in behind.items():
            begins[address] += more
    return [(link, begins[link.address]) for link in links]
