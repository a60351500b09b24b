"""Browsers that somebody has signed in with before: strangers cannot lock their owner out.

A long-lived cookie names the browser and bears a keyed mark of each number that signed in with it,
sealed. Tries of such a number are counted for this browser alone.
"""

import json
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from genxu.core import keys

COOKIE = PURPOSE = "known"
YEAR = 365 * 24 * 3600
NUMBERS_AT_MOST = 5


@dataclass(frozen=True)
class Browser:
    """Its name, and the marks of the numbers that signed in with it, the newest first."""

    name: str
    numbers: tuple[str, ...] = ()

    def knows(self, phone: str) -> bool:
        return any(keys.is_mark(PURPOSE, phone, one) for one in self.numbers)


def browser_that_knows(request: HttpRequest, phone: str) -> str:
    """The name of the browser, if this number has signed in with it before; else nothing."""
    browser = _read(request)
    return browser.name if browser and browser.knows(phone) else ""


def last_known(request: HttpRequest) -> str:
    """The mark of the number that signed in last with this browser; else nothing."""
    browser = _read(request)
    return browser.numbers[0] if browser and browser.numbers else ""


def is_mark_of(mark: str, phone: str) -> bool:
    return keys.is_mark(PURPOSE, phone, mark)


def remember(request: HttpRequest, response: HttpResponseBase, phone: str) -> None:
    """Let the browser know this number from now on."""
    browser = _read(request) or Browser(secrets.token_urlsafe(12))
    others = [one for one in browser.numbers if not keys.is_mark(PURPOSE, phone, one)]
    numbers = [keys.mark(PURPOSE, phone), *others][:NUMBERS_AT_MOST]
    response.set_cookie(
        COOKIE,
        keys.seal(PURPOSE, json.dumps({"browser": browser.name, "numbers": numbers})),
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> Browser | None:
    sealed = request.COOKIES.get(COOKIE, "")
    try:
        read = json.loads(keys.unseal(PURPOSE, sealed))
    except keys.Unreadable:
        return None
    return Browser(read["browser"], tuple(read["numbers"]))
