"""How the addresses of rotas are opened, for the matrix."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from genxu.core import clock
from genxu.team.duties.models import Rota, Turn
from tests.addresses import Example, Make
from tests.cast import FAR, HOME, TOWNSHIP, VILLAGE, Cast

from ..people_intake import PersonRow
from .factories import (
    NAMES,
    deal,
    drafted,
    due,
    noted,
    offered,
    person,
    published,
    record,
    turn_of,
)


def _plain(**values: Any) -> Make:
    return lambda cast: Example(**values)


def plan_data(**changes: Any) -> dict[str, Any]:
    today = clock.today()
    return {"client_id": str(uuid4()), "kind": "cleanup", "weekdays": ["5"], "size": "2",
            "starts_on": str(today), "ends_on": str(today + timedelta(days=90)),
            **changes}  # fmt: skip


def _new(code: str) -> Make:
    def make(cast: Cast) -> Example:
        return Example({"code": code}, code, {"hamlet": cast.hamlet(code)}, sent=plan_data())

    return make


def _village(cast: Cast) -> Example:
    return Example({"code": VILLAGE}, VILLAGE, {"hamlet": cast.hamlet(VILLAGE)})


def _deal_all(cast: Cast) -> Example:
    targets = {"place": cast.hamlet(TOWNSHIP)}
    sent = {"client_id": str(uuid4())}
    return Example({"code": TOWNSHIP}, TOWNSHIP, targets, get=False, sent=sent)


def _of(make_one: Any) -> Make:
    def make(cast: Cast) -> Example:
        rota: Rota = make_one(cast)
        return Example({"pk": rota.pk}, rota.hamlet_id, {"rota": rota})

    return make


def _step(make_one: Any, **sent: Any) -> Make:
    def make(cast: Cast) -> Example:
        rota: Rota = make_one(cast)
        data = {"client_id": str(uuid4()), "version": str(rota.version), **sent}
        return Example({"pk": rota.pk}, rota.hamlet_id, {"rota": rota}, sent=data)

    return make


def _change(cast: Cast) -> Example:
    rota = published(cast)
    data = plan_data(version=str(rota.version), kind="watch")
    return Example({"pk": rota.pk}, HOME, {"rota": rota}, sent=data)


def _move(cast: Cast) -> Example:
    rota = published(cast)
    data = {"client_id": str(uuid4()), "version": str(rota.version), "day": str(rota.days[1])}
    return Example({"pk": rota.pk}, HOME, {"rota": rota}, sent=data)


def _person(cast: Cast, **sent: Any) -> Example:
    rota = drafted(cast)
    data = {"client_id": str(uuid4()), "version": str(rota.version), **sent}
    kwargs = {"pk": rota.pk, "person_pk": person(rota, NAMES[1]).pk}
    return Example(kwargs, HOME, {"rota": rota}, sent=data)


def _on_turn(make_one: Any, *, get: bool = True, own: bool = True, **sent: Any) -> Make:
    """``own``: the permission asks for the turn."""

    def make(cast: Cast) -> Example:
        turn: Turn = make_one(cast)
        rota = Rota.objects.get(pk=turn.rota_id)
        data = {"client_id": str(uuid4()), "version": str(rota.version), **sent}
        targets: dict[str, Any] = {"rota": rota} | ({"turn": turn} if own else {})
        return Example({"pk": rota.pk, "turn_pk": turn.pk}, HOME, targets, get=get, sent=data)

    return make


def _seen(make_one: Any) -> Make:
    def make(cast: Cast) -> Example:
        turn: Turn = make_one(cast)
        return Example({"pk": turn.rota_id, "turn_pk": turn.pk}, HOME)

    return make


def _mine(cast: Cast) -> Turn:
    return turn_of(published(cast))


def _withdrawn(cast: Cast) -> Turn:
    from genxu.team.duties.turn_actions import offer_turn

    turn = _mine(cast)
    return offer_turn(actor=cast.actor("member"), rota=turn.rota, turn=turn)


def _take(cast: Cast) -> Example:
    turn = offered(cast)
    rota = Rota.objects.get(pk=turn.rota_id)
    mine = person(rota, NAMES[0])
    kwargs = {"pk": rota.pk, "turn_pk": turn.pk, "person_pk": mine.pk}
    targets = {"rota": rota, "person": mine}
    return Example(kwargs, HOME, targets, get=False, sent={"client_id": str(uuid4())})


def _hand(cast: Cast) -> Example:
    turn = _mine(cast)
    rota = turn.rota
    data = {"client_id": str(uuid4()), "version": str(rota.version),
            "person": str(person(rota, NAMES[1]).pk)}  # fmt: skip
    kwargs = {"pk": rota.pk, "turn_pk": turn.pk}
    return Example(kwargs, HOME, {"rota": rota, "turn": turn}, sent=data)


def _stand_in(cast: Cast) -> Example:
    turn = due(cast)
    other = person(turn.rota, NAMES[1])
    turn.person = other
    turn.save()
    rota = Rota.objects.get(pk=turn.rota_id)
    data = {"client_id": str(uuid4()), "version": str(rota.version),
            "person": str(person(rota, NAMES[0]).pk)}  # fmt: skip
    kwargs = {"pk": rota.pk, "turn_pk": turn.pk}
    return Example(kwargs, HOME, {"rota": rota}, sent=data)


def populate(cast: Cast) -> None:
    """Something in each of its tables."""
    noted(cast)


PLAIN = {
    f"duties.{action}.{name}"
    for action, names in {
        "ask_person": "away new_hand since until",
        "change_rota": "ends_on size starts_on weekdays",
        "deal_rota": "turns",
        "enrol_person": "away new_hand since until",
        "prepare_rota": "ends_on size starts_on weekdays",
    }.items()
    for name in names.split()
}
SENSITIVE = {"duties.ask_person.exempt": "ticks", "duties.enrol_person.exempt": "ticks"}


def take_batches(cast: Cast) -> None:
    """What no address does."""
    drafted(cast)
    record(cast, PersonRow(HOME, "罗测新", "watch"))


def _noted_by_api(cast: Cast) -> Example:
    turn = due(cast)
    body = {"client_id": str(uuid4()), "rota": turn.rota_id, "day": turn.day.isoformat(),
            "found": "clean"}  # fmt: skip
    return Example(
        {}, HOME, {"rota": turn.rota, "turn": turn}, get=False, sent=body, sent_ok=200, as_json=True
    )


EXAMPLES: dict[str, list[Make]] = {
    "api-1:rotas": [_plain(), _plain(query={"kind": "cleanup"})],
    "api-1:turns": [_of(published)],
    "api-1:duty_days": [_noted_by_api],
    "rotas": [_plain(), _plain(query={"kind": "cleanup", "state": "draft", "words": "罗"})],
    "export_rotas": [_plain(), _plain(query={"place": HOME})],
    "my_turns": [_plain()],
    "prepare_rota": [_new(HOME), _new(FAR), _village],
    "deal_rotas": [_deal_all],
    "rota": [_of(drafted), _of(published)],
    "rota_wall": [_of(published)],
    "rota_change": [_change],
    "rota_deal": [_step(drafted)],
    "rota_publish": [_step(lambda cast: deal(cast, drafted(cast)))],
    "rota_move": [_move],
    "rota_end": [_step(published, words="换人再排")],
    "rota_enrol": [_step(drafted, name="罗测新")],
    "rota_ask": [lambda cast: _person(cast, exempt="on")],
    "rota_leave": [_person],
    "turn": [_seen(_mine), _seen(offered), _seen(due)],
    "offer_turn": [_on_turn(_mine, get=False)],
    "withdraw_turn": [_on_turn(_withdrawn, get=False)],
    "take_turn": [_take],
    "rota_hand": [_hand],
    "rota_stand_in": [_stand_in],
    "note_clean": [_on_turn(due, get=False)],
    "rota_note": [_on_turn(due, found="clean")],
}
