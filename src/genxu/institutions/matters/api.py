"""Matters, as the API gives them."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from genxu.core.api import PROBLEMS, Key, operation

from . import queries, rules
from .forms import MattersForm
from .models import Matter
from .reading import note_reading

ROWS = 100
router = Router()


class MatterOut(Schema):
    id: int
    hamlet: str
    place: str
    title: str
    state: str
    tier: str
    urgency: str
    registered_at: datetime
    due_at: datetime
    overdue: bool

    @staticmethod
    def of(matter: Matter) -> "MatterOut":
        return MatterOut(
            id=matter.pk,
            hamlet=matter.hamlet_id,
            place=matter.place_id,
            title=matter.shown_title,
            state=matter.state,
            tier=matter.tier,
            urgency=matter.urgency,
            registered_at=matter.registered_at,
            due_at=matter.due_at,
            overdue=matter.is_overdue,
        )


class MatterPage(Schema):
    items: list[MatterOut]
    next_before: int | None


@router.get("/matters", response={200: MatterPage} | PROBLEMS, url_name="matters")
@operation(rules.see_matters)
def list_matters(
    request: HttpRequest, place: str = "", group: str = "", before: Key | None = None
) -> MatterPage:
    """Matters in the actor's charge, newest first, a hundred at a time; go on with ``before``."""
    actor = request.actor  # type: ignore[attr-defined]
    form = MattersForm({"place": place, "group": group}, actor=actor)
    rows = form.narrowed(queries.matter_list(actor))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[:ROWS])
    return MatterPage(
        items=[MatterOut.of(matter) for matter in found],
        next_before=found[-1].pk if len(found) == ROWS else None,
    )


@router.get("/matters/{pk}", response={200: MatterOut} | PROBLEMS, url_name="matter")
@operation(rules.read_matter)
def read_matter(request: HttpRequest, pk: Key) -> MatterOut:
    """One matter."""
    actor = request.actor  # type: ignore[attr-defined]
    matter = Matter.objects.one_for(actor, pk)
    rules.read_matter.require(actor, matter=matter)
    note_reading(actor, matter)
    return MatterOut.of(matter)
