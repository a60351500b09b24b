"""How the addresses of a hamlet's life are opened."""

from typing import Any
from uuid import uuid4

from genxu.hamlets.actions import close_hamlet
from genxu.regions.actions import add_hamlet
from tests.addresses import Example, Make
from tests.cast import FAR, HOME, NEIGHBOUR, NEXT_HAMLET, OPERATOR, VILLAGE, Cast


def _at(code: str, **sent: Any) -> Make:
    def make(cast: Cast) -> Example:
        form = {**sent, "client_id": str(uuid4())} if sent else None
        return Example({"pk": code}, code, {"hamlet": cast.hamlet(code)}, sent=form)

    return make


def _move(cast: Cast) -> Example:
    sent = {"into": NEIGHBOUR, "households": [cast.households(HOME)[0].pk]}
    return _at(HOME, **sent)(cast)


def _merge(cast: Cast) -> Example:
    return _at(NEIGHBOUR, heir=NEXT_HAMLET, sure="on")(cast)


def _close(cast: Cast) -> Example:
    return _at(_empty(cast), sure="on")(cast)


def _reopen(cast: Cast) -> Example:
    code = _empty(cast)
    close_hamlet(actor=OPERATOR, hamlet=cast.hamlet(code))
    return _at(code, sure="on")(cast)


def _empty(cast: Cast) -> str:
    """A hamlet in which nobody lives."""
    return add_hamlet(actor=OPERATOR, village=cast.hamlet(VILLAGE), name="新屋场").code


EXAMPLES: dict[str, list[Make]] = {
    "hamlet": [_at(HOME), _at(FAR)],
    "hamlet_rename": [_at(HOME, name="罗家新洲", distinguished_by="")],
    "hamlet_move_households": [_move],
    "hamlet_merge": [_merge],
    "hamlet_close": [_close],
    "hamlet_reopen": [_reopen],
}
PLAIN = {
    "regions.add_hamlet.distinguished_by",
    "hamlets.rename_hamlet.name",
    "hamlets.rename_hamlet.distinguished_by",
}
