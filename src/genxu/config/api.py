"""The one API object. Every operation bears its permission, as every page does."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Annotated, Any
from uuid import UUID

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError
from ninja.security import SessionAuth
from pydantic import AfterValidator, Field

from genxu.core import clock
from genxu.core.access import Permission
from genxu.core.errors import Denied, Invalid, Refusal
from genxu.core.middleware import TOO_LARGE, is_too_large
from genxu.core.pages import mark, not_your_page
from genxu.core.rules import open_public
from genxu.insight import rules as figure_rules
from genxu.insight.counting import count_on
from genxu.insight.queries import visible_place
from genxu.institutions.matters import queries as matter_queries
from genxu.institutions.matters import rules as matter_rules
from genxu.institutions.matters.forms import MattersForm
from genxu.institutions.matters.models import Matter
from genxu.institutions.matters.views import note_reading
from genxu.institutions.talks import actions as talk_actions
from genxu.institutions.talks import rules as talk_rules
from genxu.people.models import Account

ROWS = 100


class AccountSession(SessionAuth):
    """The session of the browser; writing needs the CSRF token too."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Account | None:
        return request.user if isinstance(request.user, Account) else None


api = NinjaAPI(title="Genxu", version="1", auth=AccountSession(), docs_url=None)


def operation(permission: Permission) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark an operation with its permission and let in only those whose role carries it."""

    def wrap(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            actor = request.actor  # type: ignore[attr-defined]
            if not actor.plays(permission.roles):
                raise Denied(not_your_page())
            return view(request, *args, **kwargs)

        inner.permission = permission  # type: ignore[attr-defined]
        return inner

    return wrap


class Problem(Schema):
    detail: str
    fields: dict[str, str] = {}


@api.exception_handler(Refusal)
def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
    """A refusal as JSON, with the same sentence as on the page."""
    fields = {k: str(v) for k, v in error.fields.items()} if isinstance(error, Invalid) else {}
    body = {"detail": str(error.message), "fields": fields}
    return api.create_response(request, body, status=error.status)


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A request of the wrong shape, in the same form as every other refusal."""
    fields = {"-".join(str(part) for part in e["loc"][1:]): str(e["msg"]) for e in error.errors}
    body = {"detail": next(iter(fields.values()), ""), "fields": fields}
    return api.create_response(request, body, status=422)


@api.exception_handler(OverflowError)
@api.exception_handler(DataError)
def too_large(request: HttpRequest, error: Exception) -> HttpResponse:
    """The last door for numbers that no database holds; anything else is a fault of ours."""
    if not is_too_large(error):
        raise error
    return api.create_response(request, {"detail": str(TOO_LARGE), "fields": {}}, status=422)


def _readable(text: str) -> str:
    """Text that every database can keep: no NUL, no half of a character."""
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("There is an unreadable character in it.")
    return text


Text = Annotated[str, AfterValidator(_readable)]
Key = Annotated[int, Field(ge=0, lt=10**18)]


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


PROBLEMS = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}


@api.get("/matters", response={200: MatterPage} | PROBLEMS, url_name="matters")
@operation(matter_rules.see_matters)
def list_matters(
    request: HttpRequest, place: str = "", group: str = "", before: Key | None = None
) -> MatterPage:
    """Matters in the actor's charge, newest first, a hundred at a time; go on with ``before``."""
    actor = request.actor  # type: ignore[attr-defined]
    form = MattersForm({"place": place, "group": group}, actor=actor)
    rows = form.narrowed(matter_queries.matter_list(actor))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[:ROWS])
    return MatterPage(
        items=[MatterOut.of(matter) for matter in found],
        next_before=found[-1].pk if len(found) == ROWS else None,
    )


@api.get("/matters/{pk}", response={200: MatterOut} | PROBLEMS, url_name="matter")
@operation(matter_rules.read_matter)
def read_matter(request: HttpRequest, pk: Key) -> MatterOut:
    """One matter."""
    actor = request.actor  # type: ignore[attr-defined]
    matter = matter_queries.visible_matter(actor, pk)
    matter_rules.read_matter.require(actor, matter=matter)
    note_reading(actor, matter)
    return MatterOut.of(matter)


class SaidIn(Schema):
    text: Text
    response: Text
    reply: Text = ""
    name: Text = ""
    tier: Text = ""


class TalkIn(Schema):
    client_id: UUID
    hamlet: Text
    held_on: date
    venue: Text
    topic: Text
    head_count: int
    host: Text
    recorder: Text
    said: list[SaidIn] = []


class TalkOut(Schema):
    id: int
    number: int


@api.post("/talks", response={200: TalkOut} | PROBLEMS, url_name="talks")
@operation(talk_rules.record_talk)
def record_talk(request: HttpRequest, talk: TalkIn) -> TalkOut:
    """Record a talk; the same ``client_id`` sent again gives the talk already made."""
    actor = request.actor  # type: ignore[attr-defined]
    hamlet = visible_place(actor, talk.hamlet)
    made = talk_actions.record_talk.once(
        talk.client_id,
        actor=actor,
        hamlet=hamlet,
        gathering=talk_actions.Gathering(**talk.dict(exclude={"client_id", "hamlet", "said"})),
        said=[talk_actions.Said(**one.dict()) for one in talk.said],
    )
    return TalkOut(id=made.pk, number=made.number)


class FiguresOut(Schema):
    region: str
    as_of: date
    figures: dict[str, int]


@api.get("/figures/{code}", response={200: FiguresOut} | PROBLEMS, url_name="figures")
@operation(figure_rules.see_figures)
def read_figures(request: HttpRequest, code: str, as_of: date | None = None) -> FiguresOut:
    """All figures of a place as they stood on a day, counted from the records."""
    place = visible_place(request.actor, code)  # type: ignore[attr-defined]
    day = as_of or clock.today()
    return FiguresOut(region=place.code, as_of=day, figures=count_on(place.code, day))


def marked_urls() -> Any:
    """The addresses of the API, marked like pages: with the permission of their operation.

    Each operation asks for its own; the description of the API is public.
    """
    patterns, app_name, namespace = api.urls
    marks = {
        one.url_name: one.view_func.permission  # type: ignore[attr-defined]
        for view in api.default_router.path_operations.values()
        for one in view.operations
    }
    for pattern in patterns:
        assert isinstance(pattern, URLPattern)
        mark(pattern.callback, marks.get(str(pattern.name), open_public))
    return patterns, app_name, namespace
