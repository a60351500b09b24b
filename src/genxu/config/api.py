"""The one API object. Every operation bears its permission, as every page does."""

from collections.abc import Iterator
from typing import Any

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.operation import Operation
from ninja.security import SessionAuth

from genxu.core.declared import declared
from genxu.core.errors import Invalid, Refusal
from genxu.core.middleware import TOO_LARGE, is_too_large
from genxu.core.pages import mark
from genxu.core.rules import open_public
from genxu.people.models import Account


class AccountSession(SessionAuth):
    """The session of the browser; writing needs the CSRF token too."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Account | None:
        return request.user if isinstance(request.user, Account) else None


class Api(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        """By these names clients know the operations, wherever their code stands."""
        return f"genxu_config_api_{operation.view_func.__name__}"


api = Api(title="Genxu", version="1", auth=AccountSession(), docs_url=None)
for router in declared("api", "router"):
    api.add_router("", router)


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


def operations() -> Iterator[tuple[str, Any]]:
    """Every operation of every app, as it is served, with its address."""
    for bound in api._get_bound_routers():
        for path, view in bound.path_operations.items():
            for one in view.operations:
                yield path, one


def marked_urls() -> Any:
    """The addresses of the API, marked like pages: with the permission of their operation.

    Each operation asks for its own; the description of the API is public.
    """
    patterns, app_name, namespace = api.urls
    marks = {one.url_name: one.view_func.permission for _path, one in operations()}
    for pattern in patterns:
        assert isinstance(pattern, URLPattern)
        mark(pattern.callback, marks.get(str(pattern.name), open_public))
    return patterns, app_name, namespace
