"""Outings of volunteers, as the API gives them: what, when, where; nobody by name."""

from datetime import date, time

from django.http import HttpRequest
from ninja import Router, Schema

from genxu.core.api import PROBLEMS, Key, operation, rows_of

from . import rules
from .outing_models import Outing
from .views import outings

router = Router()


class OutingOut(Schema):
    id: int
    hamlet: str
    team: str
    kind: str
    what: str
    risk: str
    begins_on: date
    ends_on: date
    starts_at: time | None
    ends_at: time | None
    venue: str
    wanted: int | None
    joined: int
    state: str

    @staticmethod
    def of(one: Outing) -> "OutingOut":
        return OutingOut(
            id=one.pk, hamlet=one.hamlet_id, team=str(one.team), kind=one.kind, what=one.what,
            risk=one.risk, begins_on=one.begins_on, ends_on=one.ends_on, starts_at=one.starts_at,
            ends_at=one.ends_at, venue=one.venue, wanted=one.wanted, joined=one.joined(),
            state=one.state,
        )  # fmt: skip


class OutingPage(Schema):
    items: list[OutingOut]
    next_before: int | None


@router.get("/outings", response={200: OutingPage} | PROBLEMS, url_name="outings")
@operation(rules.see_outings)
def list_outings(
    request: HttpRequest,
    place: str = "",
    kind: str = "",
    state: str = "",
    before: Key | None = None,
) -> OutingPage:
    """Outings in the actor's charge, the newest first, a hundred at a time; without a fixed hour
    ``starts_at`` is null, without a limit ``wanted``."""
    given = {"place": place, "kind": kind, "state": state}
    found, more = rows_of(request, outings, given, before)
    return OutingPage(items=[OutingOut.of(one) for one in found], next_before=more)
