"""How the pages of the registers are opened: rows of the access matrix."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from genxu.people import household_actions
from genxu.people.models import Household
from tests.addresses import Example, Make
from tests.cast import HOME, TOWNSHIP, VILLAGE, Cast

from .factories import household, merged, moved, with_code

SENT: dict[str, Callable[[Household], dict[str, Any]]] = {
    "correct": lambda one: {
        "head_name": "罗测六", "head_count": "4", "phone": "", "who": "same",
    },
    "set_needs": lambda one: {"kinds": ["illness"], "agreed": "on"},
    "merge": lambda one: {"double": household(2).pk},
    "move_away": lambda one: {"on": "2026-05-01"},
    "erase": lambda one: {"sure": "on"},
}  # fmt: skip


def _of(one: Household, **values: Any) -> Example:
    targets = {"household": one, "keep": one, "place": one.hamlet}
    return Example({"pk": one.pk}, HOME, targets, **values)


def _act(name: str) -> Make:
    def make(cast: Cast) -> Example:
        one = household()
        return _of(one, sent={"client_id": str(uuid4()), "version": one.version, **SENT[name](one)})

    return make


def _step_on(one: Household, **sent: Any) -> Example:
    return _of(one, sent={"client_id": str(uuid4()), "version": one.version, **sent})


def _come_back(cast: Cast) -> Example:
    return _step_on(moved(cast))


def _undo_moving_away(cast: Cast) -> Example:
    return _step_on(moved(cast), words="记错了")


def _office_phone(cast: Cast) -> Example:
    grant = cast.secretary.grants.get()
    return Example({"pk": grant.pk}, HOME, {"grant": grant}, get=False, sent={"shown": "yes"})


def _undo_merge(cast: Cast) -> Example:
    return _step_on(merged(cast), words="")


def _tell_apart(cast: Cast) -> Example:
    one, other = household(1), household(2)
    kwargs = {"pk": one.pk, "other_pk": other.pk}
    return Example(kwargs, HOME, {"household": one}, get=False, sent={})


def _page(cast: Cast) -> Example:
    return _of(household())


def _gone(cast: Cast) -> Example:
    return _of(moved(cast))


def _double(cast: Cast) -> Example:
    return _of(merged(cast))


def _erased(cast: Cast) -> Example:
    return _of(
        household_actions.erase_household(actor=cast.actor("secretary"), household=household())
    )


def _slip(cast: Cast) -> Example:
    return _of(with_code().household, sent={"why": "again"}, sent_ok=200)


def _renew_slip(cast: Cast) -> Example:
    return _of(with_code().household, get=False, sent={})


def _slips(cast: Cast) -> Example:
    with_code()
    sent = {"why": "hand_out"}
    targets = {"place": cast.home, "hamlet": cast.home}
    return Example({"code": HOME}, HOME, targets, sent=sent, sent_ok=200)


def _at(code: str, **values: Any) -> Make:
    return lambda cast: Example({"code": code}, code, {"place": cast.hamlet(code)}, **values)


def _new(code: str) -> Make:
    sent = {"hamlet": HOME, "head_name": "罗测五", "head_count": "3", "phone": "", "number": ""}
    return _at(code, sent=sent)


def _plain(**query: str) -> Make:
    return lambda cast: Example(query=query)


def _own(cast: Cast) -> Example:
    return _own_page(sent={"phone": "", "head_count": "4"})


def _copy(cast: Cast) -> Example:
    return _own_page()


def _erasure(cast: Cast) -> Example:
    return _own_page(get=False, sent={"wanted": "yes"})


def _close(cast: Cast) -> Example:
    return _own_page(get=False, sent={}, by_code=False)


def _own_page(**values: Any) -> Example:
    link = with_code()
    return Example({"pk": link.household_id}, codes=(link.code,), **values)


def _typed_wrong(cast: Cast) -> Example:
    return Example(sent={"code": "ABCDEFGHJK"}, sent_ok=404)


CODES = {"people.correct_household.number_is", "people.give_number.number_is"}

EXAMPLES: dict[str, list[Make]] = {
    "households": [_plain(), _plain(words="lcy"), _plain(standing="needs")],
    "export_households": [_plain(), _plain(words="罗")],
    "household_doubles": [_plain()],
    "new_household": [_new(HOME), _new(VILLAGE), _new(TOWNSHIP)],
    "household_slips": [_slips],
    "make_slips": [_at(HOME, get=False, sent={})],
    "household": [_page, _gone, _double, _erased],
    "household_needs": [_page],
    "household_slip": [_slip],
    "renew_slip": [_renew_slip],
    "household_come_back": [_come_back],
    "household_undo_moving_away": [_undo_moving_away],
    "household_undo_merge": [_undo_merge],
    "household_tell_apart": [_tell_apart],
    **{f"household_{name}": [_act(name)] for name in SENT},
    "own_offices": [_plain()],
    "office_phone": [_office_phone],
    "find_household": [_plain(), _plain(told="again"), _typed_wrong],
    "close_household": [_close],
    "own_record": [_own],
    "own_copy": [_copy],
    "own_erasure": [_erasure],
}

PLAIN = {"people.take_back.since"}
