"""A brake on guessing: so many tries a minute for one address."""

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


def check_tries(request: HttpRequest, name: str, limit: int) -> None:
    """Raise ``TooMany`` when this address failed more than ``limit`` times in the last minute."""
    if int(cache.get(_key(request, name), 0)) >= limit:
        raise TooMany(_("Too many tries. Please wait a minute."))


def count_try(request: HttpRequest, name: str) -> None:
    """Count one failed try."""
    key = _key(request, name)
    if not cache.add(key, 1, MINUTE):
        try:
            cache.incr(key)
        except ValueError:  # it ran out between the two calls
            cache.set(key, 1, MINUTE)


def _key(request: HttpRequest, name: str) -> str:
    return f"tries:{name}:{client_address(request)}"
