"""Matters, as the API gives them."""

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from genxu.core.api import PROBLEMS, Key, Text, cut, operation
from genxu.regions.queries import place_in_charge

from . import noting_actions, queries, rules
from .forms import MattersForm
from .models import Matter
from .reading import note_reading

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
    form.require_sense()
    found, next_before = cut(form.narrowed(queries.matter_list(actor)), before)
    return MatterPage(items=[MatterOut.of(one) for one in found], next_before=next_before)


class LineIn(Schema):
    client_id: UUID
    hamlet: Text
    text: Text
    tier: Text = ""
    household: Key | None = None
    said_on: date | None = None


class SuggestionOut(Schema):
    id: int
    matters: list[int]


@router.post("/suggestions", response={200: SuggestionOut} | PROBLEMS, url_name="suggestions")
@operation(rules.record_matter)
def record_matter(request: HttpRequest, line: LineIn) -> SuggestionOut:
    """Note a line of a household (its key), or of nobody, with its matter; the same ``client_id``
    sent again gives what was made. No code goes out here: receipts are printed on a page."""
    actor = request.actor  # type: ignore[attr-defined]
    hamlet = place_in_charge(actor, rules.record_matter.roles, line.hamlet)
    made = noting_actions.record_matter.once(
        line.client_id,
        actor=actor,
        hamlet=hamlet,
        household=queries.household_to_name(actor, hamlet, line.household),
        **line.dict(exclude={"client_id", "hamlet", "household"}),
    )
    return SuggestionOut(id=made.pk, matters=list(made.matters.values_list("pk", flat=True)))


@router.get("/matters/{pk}", response={200: MatterOut} | PROBLEMS, url_name="matter")
@operation(rules.read_matter)
def read_matter(request: HttpRequest, pk: Key) -> MatterOut:
    """One matter."""
    actor = request.actor  # type: ignore[attr-defined]
    matter = Matter.objects.one_for(actor, pk)
    rules.read_matter.require(actor, matter=matter)
    note_reading(actor, matter)
    return MatterOut.of(matter)
