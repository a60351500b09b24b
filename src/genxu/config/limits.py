"""How often signing in may be tried: the defaults, and what the operator changes of them."""

from typing import Final

from django.core.exceptions import ImproperlyConfigured

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600

SIGN_IN_LIMITS: Final = {  # (how many, in so many seconds)
    "password": (5, 5 * MINUTE),  # wrong ones for a number from one address
    "password_known": (5, 5 * MINUTE),  # for a number, in a browser that it has signed in with
    "password_address": (30, 5 * MINUTE),  # a mobile network puts many people behind one address
    "password_number": (50, HOUR),  # from all addresses together
    "password_all": (3000, 10 * MINUTE),  # a prefecture's typos on the morning of a deadline
    "codes_hour": (5, HOUR),  # sent to a number
    "codes_day": (10, DAY),
    "codes_address": (20, HOUR),
    "codes_all": (2000, HOUR),
    "guesses_day": (20, DAY),  # wrong codes for a number
}


def sign_in_limits(changed: str) -> dict[str, tuple[int, int]]:
    """The limits with some changed: ``password_address=60/300 codes_all=5000/3600``."""
    limits = dict(SIGN_IN_LIMITS)
    for one in changed.split():
        name, _equals, value = one.partition("=")
        most, _slash, seconds = value.partition("/")
        if name not in limits or not (most.isdecimal() and seconds.isdecimal() and int(seconds)):
            raise ImproperlyConfigured(f"SIGN_IN_LIMITS: {one!r} is not name=number/seconds")
        limits[name] = (int(most), int(seconds))
    return limits
