"""A brake on guessing: so many tries a minute for one address."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .errors import TooMany

MINUTE = 60


def client_address(request: HttpRequest) -> str:
    """The visitor's address; behind a trusted proxy its own header has been read already."""
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
