"""How the addresses of printing and of the public card are opened."""

from uuid import uuid4

from tests.addresses import Example, Make
from tests.cast import CITY, HOME, TOWNSHIP, Cast

from . import factories


def _print(place: str) -> Make:
    def make(cast: Cast) -> Example:
        factories.appointed(cast, cast.households(HOME)[0])
        sent = {"place": place, "what": "both", "how": "pdf", "client_id": str(uuid4())}
        return Example({}, place, {"place": cast.hamlet(place)}, query={"place": place}, sent=sent)

    return make


def _one(what: str) -> Make:
    def make(cast: Cast) -> Example:
        one = factories.appointed(cast, cast.households(HOME)[0])
        return Example(
            {"pk": one.pk, "what": what}, HOME, {"centre_household": one},
            get=False, sent={}, sent_ok=200,
        )  # fmt: skip

    return make


def _card(cast: Cast) -> Example:
    return Example({"code": factories.appointed(cast, cast.households(HOME)[0]).card})


EXAMPLES: dict[str, list[Make]] = {
    "print_centre_households": [_print(TOWNSHIP), _print(CITY)],
    "print_centre_household": [_one("certificate")],
    "centre_card": [_card],
}
