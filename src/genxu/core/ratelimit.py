"""A brake on guessing: so many tries a minute for one address."""

from time import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .errors import TooMany

MINUTE = 60


def client_address(request: HttpRequest) -> str:
    """The visitor's address; behind trusted proxies the one that the outermost of them saw.

    Each proxy adds the address it saw at the right of X-Forwarded-For; what stands left of those
    is the visitor's own claim and is not believed.
    """
    proxies: int = settings.TRUSTED_PROXIES
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and len(seen) >= proxies and seen[-proxies]:
        return seen[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def count_try(request: HttpRequest, name: str, limit: int) -> None:
    """Count one failed try; ``TooMany`` when this address had more than ``limit`` this minute.

    Only failures are counted and braked: many people share the address of a mobile network.
    """
    key = f"tries:{name}:{client_address(request)}:{int(time() // MINUTE)}"
    tries = int(cache.get(key, 0)) + 1
    cache.set(key, tries, 2 * MINUTE)
    if tries > limit:
        raise TooMany(_("Too many tries. Please wait a minute."))
