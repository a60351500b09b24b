"""What every operation of the API shares; each app has its own in ``api.py``, on a ``router``."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Schema
from pydantic import AfterValidator, Field

from .access import Permission
from .errors import Denied
from .lists import ListPage
from .pages import not_your_page


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


def _readable(text: str) -> str:
    """Text that every database can keep: no NUL, no half of a character."""
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("There is an unreadable character in it.")
    return text


Text = Annotated[str, AfterValidator(_readable)]
Key = Annotated[int, Field(ge=0, lt=10**18)]
ROWS = 100
PROBLEMS = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}


def cut(rows: QuerySet[Any], before: int | None) -> tuple[list[Any], int | None]:
    """A hundred rows, the newest first, and the key with which to go on (``before``)."""
    rows = rows if before is None else rows.filter(pk__lt=before)
    found = list(rows[:ROWS])
    return found, found[-1].pk if len(found) == ROWS else None


def rows_of(
    request: HttpRequest, listed: ListPage[Any, Any], given: Mapping[str, str], before: int | None
) -> tuple[list[Any], int | None]:
    """The rows of a list as its page finds them, and reads them: what that logs is logged."""
    form = listed.form(given, actor=request.actor)  # type: ignore[attr-defined]
    form.require_sense()
    found, next_before = cut(listed.found(form).order_by("-pk"), before)
    listed.put_on(found, form)
    return found, next_before
