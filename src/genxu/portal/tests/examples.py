"""How the addresses of the portal are opened, for the matrix."""

from tests.addresses import Example, Make
from tests.cast import CITY, FAR, HOME, VILLAGE


def _organisation(code: str) -> Make:
    return lambda cast: Example({"code": code}, code)


EXAMPLES: dict[str, list[Make]] = {
    "privacy": [lambda cast: Example()],
    "place_organisation": [
        _organisation(HOME),
        _organisation(VILLAGE),
        _organisation(CITY),
        _organisation(FAR),
    ],
}
