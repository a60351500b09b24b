"""How the addresses of councils are opened, for the matrix."""

from typing import Any
from uuid import uuid4

from genxu.organisation.councils.models import Council
from tests.addresses import Example, Make
from tests.cast import FAR, HOME, VILLAGE, Cast

from .factories import form, seat_of


def council_data(*seats: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The form of a new council as the page sends it."""
    data: dict[str, Any] = {
        "client_id": str(uuid4()), "formed_on": "2026-05-01", "term_ends_on": "",
        "seats-TOTAL_FORMS": str(len(seats)), "seats-INITIAL_FORMS": "0",
    }  # fmt: skip
    for n, one in enumerate(seats):
        whole = {"name": "罗测春", "duty": "member", "leads": "", **one}
        data |= {f"seats-{n}-{name}": value for name, value in whole.items()}
    return data | changes


def seat_data(council: Council, **changes: Any) -> dict[str, Any]:
    """The form of one seat as the page sends it."""
    return {"client_id": str(uuid4()), "version": str(council.version), "name": "罗测礼",
            "duty": "member", "groups": ["health"], "leads": "", **changes}  # fmt: skip


def _plain(**values: Any) -> Make:
    return lambda cast: Example(**values)


def _form(code: str) -> Make:
    def make(cast: Cast) -> Example:
        sent = council_data({"duty": "chair"}, {"name": "罗测兰"})
        return Example({"code": code}, code, {"hamlet": cast.hamlet(code)}, sent=sent)

    return make


def _village(cast: Cast) -> Example:
    return Example({"code": VILLAGE}, VILLAGE, {"hamlet": cast.hamlet(VILLAGE)})


def _council(cast: Cast) -> Example:
    council = form(cast)
    return Example({"pk": council.pk}, HOME, {"council": council})


def _new_seat(cast: Cast) -> Example:
    council = form(cast)
    sent = seat_data(council)
    return Example({"pk": council.pk}, HOME, {"council": council}, sent=sent)


def _change_seat(cast: Cast) -> Example:
    council = form(cast)
    seat = seat_of(council, "member")
    kwargs = {"pk": council.pk, "seat_pk": seat.pk}
    sent = seat_data(council)
    return Example(kwargs, HOME, {"council": council}, sent=sent)


def _leave_seat(cast: Cast) -> Example:
    council = form(cast)
    kwargs = {"pk": council.pk, "seat_pk": seat_of(council).pk}
    return Example(kwargs, HOME, {"council": council}, get=False, sent={})


def _term(**sent: str) -> Make:
    def make(cast: Cast) -> Example:
        council = form(cast)
        data = {"client_id": str(uuid4()), "version": str(council.version), **sent}
        return Example({"pk": council.pk}, HOME, {"council": council}, sent=data)

    return make


def populate(cast: Cast) -> None:
    """Something in each of its tables."""
    form(cast)


EXAMPLES: dict[str, list[Make]] = {
    "councils": [
        _plain(),
        _plain(query={"group": "without"}),
        _plain(query={"group": "over", "place": HOME, "words": "罗"}),
    ],
    "export_councils": [_plain(), _plain(query={"place": HOME})],
    "form_council": [_form(HOME), _form(FAR), _village],
    "council": [_council],
    "council_new_seat": [_new_seat],
    "council_seat": [_change_seat],
    "leave_seat": [_leave_seat],
    "council_renew": [_term(formed_on="2026-05-12")],
    "council_dissolve": [_term(ending="湾子并到隔壁去了")],
}
