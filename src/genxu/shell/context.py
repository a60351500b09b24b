"""What the frame of every page needs; costs no query on a page that needs none."""

from functools import cache, lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from genxu.core.access import Actor, Grant, Kind
from genxu.core.declared import declared, members
from genxu.core.keyring import looks_on
from genxu.core.navigation import Link

KEPT = 1000
"""So many actors' links are kept by a process; those with the same grants share theirs."""


class Entry(NamedTuple):
    """A link of the navigation; ``behind`` is how the addresses of its section's pages begin."""

    label: str
    url: str
    behind: tuple[str, ...]
    current: bool = False


def shell(request: HttpRequest) -> dict[str, Any]:
    """Actor, navigation, text size, and whether this is a demonstration."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return {
        "actor": actor,
        "looks_on": looks_on(request),
        "navigation": navigation(request.path, actor),
        "elder": elder_mode(request),
        "demonstration": settings.DEMONSTRATION,
    }


def elder_mode(request: HttpRequest) -> bool:
    """Whether this reader wants large letters."""
    return request.COOKIES.get("elder") == "1"


def navigation(path: str, actor: Actor) -> list[Entry]:
    """The few places that this actor goes to."""
    entries = _entries(actor.signed_in, actor.grants, get_language())
    return [one._replace(current=path.startswith(one.behind)) for one in entries]


@lru_cache(maxsize=KEPT)
def _entries(signed_in: bool, grants: tuple[Grant, ...], language: str | None) -> list[Entry]:
    """In the language that is spoken now. Nothing else of an actor counts: it is made anew."""
    actor = Actor(Kind.ACCOUNT if signed_in else Kind.NOBODY, grants=grants)
    return [
        Entry(str(link.label), url := link.url_for(actor), (url, *behind))
        for link, behind in _links()
        if link.is_for(actor)
    ]


@cache
def _links() -> list[tuple[Link, tuple[str, ...]]]:
    """Every link in its order, with what the apps declare to lie behind it."""
    links: list[Link] = sorted(members("navigation", "LINKS"), key=lambda link: link.order)
    behind = {link.address: link.behind for link in links}
    for more in declared("navigation", "BEHIND"):
        for address, begins in more.items():
            behind[address] += begins
    return [(link, behind[link.address]) for link in links]
