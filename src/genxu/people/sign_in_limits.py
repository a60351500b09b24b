"""How often one may try to sign in, ask for a code, guess one: what each try is counted by.

The numbers stand in ``settings.SIGN_IN_LIMITS``. Whether an account exists makes no difference.
"""

from django.conf import settings
from django.http import HttpRequest

from genxu.core.ratelimit import Counted, Limit, client_address

from .known import browser_that_knows


def limit(name: str) -> Limit:
    most, seconds = settings.SIGN_IN_LIMITS[name]
    return Limit(name, most, seconds)


def of_password(request: HttpRequest, phone: str) -> tuple[Counted, ...]:
    """What a password tried for a number counts in."""
    if browser := browser_that_knows(request, phone):
        return ((limit("password_known"), f"{browser} {phone}"),)
    address = client_address(request)
    return (
        (limit("password"), f"{address} {phone}"),
        (limit("password_address"), address),
        (limit("password_number"), phone),
        (limit("password_all"), ""),
    )


def of_asking(request: HttpRequest, phone: str) -> tuple[Counted, ...]:
    """What a code asked for counts in."""
    if browser := browser_that_knows(request, phone):
        own = f"{browser} {phone}"
        return ((limit("codes_hour"), own), (limit("codes_day"), own))
    return (
        (limit("codes_hour"), phone),
        (limit("codes_day"), phone),
        (limit("codes_address"), client_address(request)),
        (limit("codes_all"), ""),
    )


def of_guessing(request: HttpRequest, phone: str) -> Counted:
    """What a code typed counts in, over all codes of the day."""
    browser = browser_that_knows(request, phone)
    return limit("guesses_day"), f"{browser} {phone}" if browser else phone
