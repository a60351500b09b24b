"""Rotas in every state, made through the real actions."""

from datetime import date, timedelta
from typing import Any

from genxu.core import clock
from genxu.core.access import Actor
from genxu.regions.batches import hamlets_of
from genxu.team.duties import actions, fair, person_actions, turn_actions
from genxu.team.duties.models import DutyDay, Found, OnRota, Rota, Turn
from genxu.team.duties.people_intake import PersonRow, record_duty_people
from genxu.team.duties.plans import Asked, Note, Plan
from genxu.team.duties.queries import question_of
from tests.cast import HOME, OPERATOR, PROVINCE, Cast, phone_of
from tests.doing import SECRETARIES

NAMES = ("罗测松", "罗测柏", "罗测竹", "罗测梅")
"""The first of them is the cast's member, and her number is his."""
SATURDAY = 5


def secretary(cast: Cast, hamlet: str = HOME) -> Actor:
    return cast.actor(SECRETARIES[hamlet])


def plan(**changes: Any) -> Plan:
    """Each Saturday, one at a time, for eight weeks from today on."""
    today = clock.today()
    values: dict[str, Any] = {
        "kind": Rota.Kind.WATCH, "weekdays": (SATURDAY,), "starts_on": today,
        "ends_on": today + timedelta(days=55),
    }  # fmt: skip
    return Plan(**values | changes)


def enrol(cast: Cast, rota: Rota, name: str, phone: str = "", **asked: Any) -> OnRota:
    return person_actions.enrol_person(
        actor=secretary(cast, rota.hamlet_id), rota=rota, name=name, phone=phone,
        asked=Asked(**asked),
    )  # fmt: skip


def drafted(cast: Cast, hamlet: str = HOME, names: tuple[str, ...] = NAMES, **changes: Any) -> Rota:
    """With four people, to be dealt."""
    rota = actions.prepare_rota(
        actor=secretary(cast, hamlet), hamlet=cast.hamlet(hamlet), plan=plan(**changes)
    )
    for name in names:
        enrol(cast, rota, name, phone_of("member") if name == NAMES[0] else "")
    rota.refresh_from_db()
    return rota


def deal(cast: Cast, rota: Rota) -> Rota:
    """As the page does: worked out, then written."""
    answer = fair.propose(question_of(rota))
    assert not answer.short
    turns = {day: list(keys) for day, keys in answer.turns.items()}
    return actions.deal_rota(actor=secretary(cast, rota.hamlet_id), rota=rota, turns=turns)


def published(cast: Cast, hamlet: str = HOME, **changes: Any) -> Rota:
    rota = deal(cast, drafted(cast, hamlet, **changes))
    return actions.publish_rota(actor=secretary(cast, hamlet), rota=rota)


def turn_of(rota: Rota, name: str = NAMES[0], n: int = 0) -> Turn:
    """The turn to come of somebody, the first of hers."""
    return rota.turns.filter(person__name=name, day__gte=clock.today()).order_by("day")[n]


def person(rota: Rota, name: str) -> OnRota:
    return rota.people.present().get(name=name)


def due(cast: Cast, hamlet: str = HOME, **changes: Any) -> Turn:
    """A turn of the cast's member on the very day."""
    rota = published(cast, hamlet, weekdays=tuple(range(7)), names=NAMES + MORE, **changes)
    today = rota.turns.get(day=clock.today())
    if today.person.name != NAMES[0]:
        today.person = person(rota, NAMES[0])
        rota.turns.filter(person=today.person, day__gt=today.day).delete()
        today.save()
    return Turn.objects.select_related("rota", "person").get(pk=today.pk)


MORE = ("罗测兰", "罗测菊", "罗测荷", "罗测桂")


ALL = NAMES + MORE


def hand(cast: Cast, turn: Turn) -> Turn:
    """As two have told the secretary."""
    rota = turn.rota
    other = rota.people.present().exclude(pk=turn.person_id).order_by("pk")[0]
    return turn_actions.hand_turn(
        actor=secretary(cast, rota.hamlet_id), rota=rota, turn=turn, person=other
    )


def offered(cast: Cast) -> Turn:
    """The turn of another one, which the cast's member could take."""
    rota = published(cast)
    turn = turn_of(rota, NAMES[1])
    return turn_actions.offer_turn(actor=secretary(cast), rota=rota, turn=turn)


def noted(cast: Cast, found: str = Found.CLEAN, **note: Any) -> DutyDay:
    turn = due(cast)
    return turn_actions.note_day(
        actor=cast.actor("member"), rota=turn.rota, turn=turn, note=Note(found, **note)
    )


def record(cast: Cast, *rows: PersonRow, **changes: Any) -> None:
    """Enter rows as the importer does."""
    values: dict[str, Any] = {
        "actor": OPERATOR, "place": cast.hamlet(PROVINCE), "rows": rows, "count": len(rows),
        "hamlets": hamlets_of(rows),
    }  # fmt: skip
    record_duty_people(**values | changes)


def days_from(first: date, count: int) -> list[date]:
    return [first + timedelta(days=n) for n in range(count)]


def more_on(cast: Cast) -> None:
    """One more person on the rota at home, dealt anew, and another rota of its own."""
    (rota,) = Rota.objects.filter(hamlet=HOME, kind=Rota.Kind.WATCH)
    n = rota.people.count()
    enrol(cast, rota, f"罗测人{n}")
    deal(cast, Rota.objects.get(pk=rota.pk))
    published(cast, kind=Rota.Kind.OTHER, name=f"巡塘{n}")
