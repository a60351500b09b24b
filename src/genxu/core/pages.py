"""What every page shares: its permission mark, its query string, its slices."""

import hashlib
from collections.abc import Callable
from functools import partial, wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.urls.converters import IntConverter, StringConverter
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from . import unsent
from .access import Actor, Permission
from .errors import Denied

View = Callable[..., HttpResponseBase]
M = TypeVar("M", bound=Model)
ROWS = 20


class KeyInAddress(IntConverter):
    """``<key:pk>``: a number that a database can be asked for; a longer one leads nowhere (404)."""

    regex = "[0-9]{1,18}"


class PlaceInAddress(StringConverter):
    """``<place:code>``: the code of a place; one that it had before leads on to today's
    (``middleware.Doors``), so views look for exactly this one."""

    regex = "[0-9]{2,15}"


class ActorRequest(HttpRequest):
    """A request as the views see it: with the actor behind it."""

    actor: Actor
    way_back: Any = None
    """How the step that this request took is taken back (core/steps.py)."""


def mark(view: View, permission: Permission) -> View:
    """Mark a view that is not ours (a library's) with its permission."""
    view.permission = permission  # type: ignore[attr-defined]
    return view


def page(permission: Permission, *methods: str) -> Callable[[View], View]:
    """Mark a view with its permission and let in only those whose role carries it.

    Anonymous visitors are asked to sign in, others are told why they may not. The thing itself
    is checked where it is loaded: from ``visible_to(actor)``, so that an outsider gets 404.
    What was sent after a session had lapsed is shown once more, and not taken (``unsent``).
    """
    allowed = methods or ("GET",)

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            asked = "GET" if request.method == "HEAD" else request.method
            takes = "POST" in allowed and not permission.public
            given = unsent.waiting(request, request.actor) if takes and asked == "GET" else None
            if asked not in allowed and given is None:
                return HttpResponseNotAllowed(allowed)
            if not permission.public:
                if not request.actor.signed_in:
                    return _to_sign_in(request)
                if not request.actor.plays(permission.roles):
                    raise Denied(not_your_page())
            if given is not None:
                return unsent.show(request, given, partial(view, request, *args, **kwargs))
            if takes and asked == "POST":
                unsent.forget(request)
            return view(request, *args, **kwargs)

        return mark(inner, permission)

    return wrap


def not_your_page() -> str:
    """Why a page is shut to somebody who has signed in: only whoever holds a role has."""
    return _("Your role does not include this page.")


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Where to go on to, as the form or the address asks, if that is a page of this site."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else otherwise


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    comes_back = request.method == "GET" or unsent.keep(request)
    back = request.get_full_path() if comes_back else reverse("home")
    return _lead_to(request, f"{reverse('account_login')}?{urlencode({'next': back})}")


def _lead_to(request: HttpRequest, target: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = target
        return response
    return redirect(target)


def sent_from_an_older_page(request: ActorRequest) -> HttpResponse:
    """What becomes of a form of ours whose page is older than the sign-in of this browser: it was
    signed in anew in another window. Nothing is taken; what was typed stands in its form again,
    or, where nobody has to be signed in, on a page from which it can be sent."""
    mark = getattr(request.resolver_match and request.resolver_match.func, "permission", None)
    asks_who = mark is not None and not mark.public
    if asks_who and not request.actor.signed_in:
        return _to_sign_in(request)
    if unsent.has_password(request):
        if not request.actor.signed_in:
            messages.info(request, _("This page stood open too long"))
        return _lead_to(request, request.get_full_path())
    if asks_who and unsent.keep_for(request, request.actor):
        return _lead_to(request, request.get_full_path())
    messages.info(request, _("It has not been sent yet. Please look at it and send it."))
    return unsent.alone(request, request.POST)


def posted_id(request: HttpRequest) -> UUID | None:
    """The id that the page gave to its form, by which a second sending is known."""
    try:
        return UUID(request.POST.get("client_id", ""))
    except ValueError:
        return None


class LongPaginator(Paginator):  # type: ignore[type-arg]
    """Pages of a list that may be long.

    The last pages are read from the other end, and the length of a long list is remembered for
    a minute by this process: counting 10,000 rows takes longer than reading a page of them.
    Nothing is looked up for a list of which none like it was long: its key takes as long to make
    as its rows to count.
    """

    LONG = 1000
    MINUTE = 60

    @cached_property
    def count(self) -> int:
        rows = cast("QuerySet[Any]", self.object_list)
        like_it = f"long:{rows.model._meta.label}"
        known: int | None = cache.get(_key_of(rows)) if cache.get(like_it) else None
        if known is None:
            known = rows.order_by().count()
            if known >= self.LONG:
                cache.set_many({like_it: True, _key_of(rows): known}, self.MINUTE)
        return known

    def page(self, number: int | str) -> "Page[Any]":
        number = self.validate_number(number)
        rows = cast("QuerySet[Any]", self.object_list)
        first = (number - 1) * self.per_page
        last = min(first + self.per_page, self.count)
        if first > self.count / 2:
            turned = rows.reverse()[self.count - last : self.count - first]
            return Page(list(turned)[::-1], number, self)
        return Page(list(rows[first:last]), number, self)


def _key_of(rows: QuerySet[Any]) -> str:
    return hashlib.sha256(str(rows.query).encode()).hexdigest()


def slice_of(
    request: HttpRequest, rows: QuerySet[M], size: int = ROWS, count: int | None = None
) -> Page[M]:
    """The page of the list that ``?page=`` names; a wrong number gives the nearest page. They are
    not counted if it is known how many there are."""
    pages = LongPaginator(rows, size)
    if count is not None:
        pages.count = count
    return pages.get_page(request.GET.get("page"))


def is_fragment(request: HttpRequest) -> bool:
    """Whether only the list is wanted; going back in the browser wants the whole page."""
    asked = request.headers
    return "HX-Request" in asked and "HX-History-Restore-Request" not in asked


def query_without_page(request: HttpRequest) -> str:
    """The query string of the filters, ready to have ``page=`` put behind it."""
    query = request.GET.copy()
    query.pop("page", None)
    for name in [name for name, value in query.items() if not value]:
        del query[name]
    return query.urlencode()
