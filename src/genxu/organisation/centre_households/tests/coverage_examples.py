"""How the addresses of who looks after whom are opened."""

from uuid import uuid4

from genxu.organisation.centre_households.coverage_queries import sheet_of
from genxu.organisation.centre_households.models import CentreHousehold
from tests.addresses import Example, Make
from tests.cast import FAR, FAR_TOWNSHIP, HOME, TOWNSHIP, VILLAGE, Cast

from .drawing import draw, serving


def a_drawn_hamlet(cast: Cast, hamlet: str = HOME) -> CentreHousehold:
    """Its first household looks after itself and the second; the others are left over."""
    one, two, *_rest = cast.households(hamlet)
    (centre,) = serving(cast, one)
    draw(cast, [(one, centre), (two, centre)], hamlet)
    return centre


def _coverage(hamlet: str, **query: str) -> Make:
    def make(cast: Cast) -> Example:
        centre = a_drawn_hamlet(cast, hamlet)
        sent = {f"for-{one.pk}": str(centre.pk) for one in cast.households(hamlet)}
        sent |= {"shown": sheet_of(cast.hamlet(hamlet)).version, "client_id": str(uuid4())}
        return Example({"code": hamlet}, hamlet, sent=sent, query=query)

    return make


def _empty(cast: Cast) -> Example:
    return Example({"code": HOME}, HOME)


def _export(cast: Cast) -> Example:
    a_drawn_hamlet(cast)
    return Example({"code": HOME}, HOME)


def _place(code: str, hamlet: str) -> Make:
    def make(cast: Cast) -> Example:
        a_drawn_hamlet(cast, hamlet)
        return Example({"code": code}, code)

    return make


def _propose(code: str) -> Make:
    def make(cast: Cast) -> Example:
        a_drawn_hamlet(cast)
        sent = {"client_id": str(uuid4())}
        return Example({"code": code}, code, {"place": cast.hamlet(code)}, get=False, sent=sent)

    return make


def _accept(cast: Cast) -> Example:
    a_drawn_hamlet(cast)
    return Example({"code": VILLAGE}, VILLAGE, get=False, sent={"hamlet": HOME})


EXAMPLES: dict[str, list[Make]] = {
    "coverage_home": [lambda cast: Example(ok=302)],
    "coverage": [_coverage(HOME), _coverage(FAR), _empty],
    "coverage_export": [_export],
    "coverage_place": [_place(VILLAGE, HOME), _place(TOWNSHIP, HOME), _place(FAR_TOWNSHIP, FAR)],
    "coverage_propose": [_propose(VILLAGE), _propose(HOME)],
    "coverage_accept": [_accept],
}
