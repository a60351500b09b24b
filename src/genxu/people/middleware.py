"""Puts the actor behind each request, read from the database only when a page asks for it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from genxu.core.access import NOBODY, Actor

from .known import last_known
from .models import Account
from .sessions import account_behind


class ActorMiddleware:
    """``request.actor``: the account that signed in and whose session still holds, or nobody;
    ``request.known_as``: whose session it was here last (``unsent``)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: account_behind(request))  # type: ignore[assignment]
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]
        request.known_as = SimpleLazyObject(lambda: last_known(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def actor_of(request: HttpRequest) -> Actor:
    user = request.user
    return user.actor() if isinstance(user, Account) else NOBODY
