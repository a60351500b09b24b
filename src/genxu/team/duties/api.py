"""Rotas and their turns, as the API gives them; what was found on a day, as it takes it in."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from genxu.core.api import PROBLEMS, Key, Text, operation, rows_of

from . import queries, rules, turn_actions
from .models import Rota, Turn
from .plans import Note
from .views import rotas

router = Router()


class RotaOut(Schema):
    id: int
    hamlet: str
    kind: str
    name: str
    state: str
    starts_on: date
    ends_on: date

    @staticmethod
    def of(rota: Rota) -> "RotaOut":
        return RotaOut(
            id=rota.pk, hamlet=rota.hamlet_id, kind=rota.kind, name=str(rota), state=rota.state,
            starts_on=rota.starts_on, ends_on=rota.ends_on,
        )  # fmt: skip


class RotaPage(Schema):
    items: list[RotaOut]
    next_before: int | None


@router.get("/rotas", response={200: RotaPage} | PROBLEMS, url_name="rotas")
@operation(rules.see_rotas)
def list_rotas(
    request: HttpRequest,
    place: str = "",
    kind: str = "",
    state: str = "",
    before: Key | None = None,
) -> RotaPage:
    """Rotas in the actor's charge, the newest first, a hundred at a time."""
    given = {"place": place, "kind": kind, "state": state}
    found, more = rows_of(request, rotas, given, before)
    return RotaPage(items=[RotaOut.of(one) for one in found], next_before=more)


class TurnOut(Schema):
    id: int
    day: date
    person: str
    how: str

    @staticmethod
    def of(turn: Turn) -> "TurnOut":
        return TurnOut(id=turn.pk, day=turn.day, person=str(turn.person), how=turn.how)


@router.get("/rotas/{pk}/turns", response={200: list[TurnOut]} | PROBLEMS, url_name="turns")
@operation(rules.see_rotas)
def list_turns(request: HttpRequest, pk: Key) -> list[TurnOut]:
    """All turns of one rota, day by day, with who comes: as its page shows them."""
    rota = Rota.objects.one_for(request.actor, pk)  # type: ignore[attr-defined]
    return [TurnOut.of(one) for one in queries.turns_of(rota)]


class DutyDayIn(Schema):
    client_id: UUID
    rota: Key
    day: date
    found: Text
    head_count: int | None = None
    text: Text = ""


class DutyDayOut(Schema):
    id: int
    matter: int | None


@router.post("/duty-days", response={200: DutyDayOut} | PROBLEMS, url_name="duty_days")
@operation(rules.note_day)
def note_day(request: HttpRequest, noted: DutyDayIn) -> DutyDayOut:
    """Note what was found on a day of a rota (``clean``, ``something`` with its ``text``,
    ``nobody``); what is to be seen to becomes a matter. The same ``client_id`` sent again gives
    what was made."""
    actor = request.actor  # type: ignore[attr-defined]
    rota = Rota.objects.one_for(actor, noted.rota)
    note = Note(noted.found, noted.head_count, noted.text)
    made = turn_actions.note_day.once(
        noted.client_id, actor=actor, rota=rota, turn=queries.turn_on(rota, noted.day), note=note
    )
    return DutyDayOut(id=made.pk, matter=made.matter)
