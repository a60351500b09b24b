"""What every operation of the API shares; each app has its own in ``api.py``, on a ``router``."""

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Schema
from pydantic import AfterValidator, Field

from .access import Permission
from .errors import Denied
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
PROBLEMS = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}
