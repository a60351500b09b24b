"""How the addresses of the portal are opened, for the matrix."""

from tests.addresses import Example, Make
from tests.cast import CITY, FAR, HOME, VILLAGE, Cast
from tests.doing import hold_talk, raise_matter, taken_up


def _organisation(code: str) -> Make:
    return lambda cast: Example({"code": code}, code)


def _public_talk(cast: Cast) -> Example:
    return Example({"code": HOME, "pk": hold_talk(cast, taken_up()).pk})


def _public_matter(cast: Cast) -> Example:
    return Example({"code": HOME, "pk": raise_matter(cast, "assigned").pk})


EXAMPLES: dict[str, list[Make]] = {
    "public_talk": [_public_talk],
    "public_matter": [_public_matter],
    "privacy": [lambda cast: Example()],
    "week": [lambda cast: Example()],
    "place_organisation": [
        _organisation(HOME),
        _organisation(VILLAGE),
        _organisation(CITY),
        _organisation(FAR),
    ],
}
