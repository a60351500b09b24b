"""The doors that every request passes: no unmarked view, refusals as pages, safe headers."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ImproperlyConfigured
from django.db import DataError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseForbidden,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .declared import declared
from .errors import Denied, FormOnly, Invalid, Missing, Refusal, RuledOut, Stale

log = logging.getLogger("genxu.doors")
OUT_OF_RANGE = "22003"
"""How PostgreSQL names a number that does not fit its column."""
SAFE = ("GET", "HEAD")
TOO_LARGE = gettext_lazy("There is a number in it that is far too large.")
GetResponse = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; "
    "frame-ancestors 'none'; form-action 'self'; base-uri 'self'; object-src 'none'"
)


class Doors:
    """Refuses a view without a permission mark and turns each refusal into a page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = _without_nul(request.GET)  # type: ignore[assignment]
        response = _nowhere(request) or self.get_response(request)
        if response.status_code == 405 and request.method == "GET" and not response.content:
            response = _form_only(request, response)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        if _signed_in(request):  # whoever uses this device next finds nothing of it
            response.headers["Cache-Control"] = "private, no-store"
        elif "X-Robots-Tag" in response.headers:  # opened by a code, often on somebody else's phone
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        static = (settings.MEDIA_URL, settings.STATIC_URL)
        if not hasattr(view, "permission") and not request.path.startswith(static):
            raise ImproperlyConfigured(f"{view!r} bears no permission")

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if is_too_large(error):
            log.warning("a number too large reached the database at %s", request.path)
            error = _of_too_large(request)
        if isinstance(error, Missing) and (moved := _moved_to(request)):
            return moved
        return refusal_page(request, error) if isinstance(error, Refusal) else None


class SoundCookies:
    """Drops a session cookie that can be none of ours, before a database is asked for it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.COOKIES.get(settings.SESSION_COOKIE_NAME, "").isprintable():
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
        return self.get_response(request)


class AtHomeOnly:
    """The demonstration answers this machine only: nothing that came through a proxy."""

    FORWARDED = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "Via")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any(name in request.headers for name in self.FORWARDED):
            return HttpResponseForbidden("A demonstration is not served through a proxy.")
        return self.get_response(request)


def _signed_in(request: HttpRequest) -> bool:
    """Whether the page knows who looks at it; one that has not asked is the same for everybody."""
    session: SessionBase | None = getattr(request, "session", None)
    return session is not None and session.accessed and SESSION_KEY in session


def _nowhere(request: HttpRequest) -> HttpResponse | None:
    """An address of ours never holds that character, and no database can be asked for it."""
    if "\x00" not in request.path_info:
        return None
    return refusal_page(
        request, Missing(_("There is no such page. Perhaps the link is incomplete."))
    )


def _without_nul(query: QueryDict) -> QueryDict:
    """The query without the one character that PostgreSQL cannot even be asked for."""
    clean = query.copy()
    for name, values in query.lists():
        clean.setlist(name, [value.replace("\x00", "") for value in values])
    return clean


def _moved_to(request: HttpRequest) -> HttpResponse | None:
    """What an address names has another one today, as an app knows in its room ``former``: it
    leads on for good. What a form sends goes along."""
    for address_now in declared("former", "address_now"):
        if url := address_now(request):
            return HttpResponseRedirect(url, status=301 if request.method in SAFE else 308)
    return None


def is_too_large(error: BaseException) -> bool:
    """Whether somebody sent a number beyond what the database, or a calendar, can hold."""
    if isinstance(error, DataError):  # of PostgreSQL; SQLite's own driver refuses before
        return getattr(error.__cause__, "sqlstate", "") == OUT_OF_RANGE
    return isinstance(error, OverflowError)


def _of_too_large(request: HttpRequest) -> Refusal:
    if request.method == "POST":
        return Invalid({"": TOO_LARGE})
    return Missing(_("There is no such page. Perhaps the link is incomplete."))


def back_url(request: HttpRequest) -> str:
    """Where the one came from who sent a form, if that was here: no link leads out of the site."""
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}, require_https=request.is_secure()
    )
    return came_from if ours and request.method == "POST" else ""


def heading_of(error: Refusal) -> str:
    """What is said above a refusal: each kind its own."""
    if isinstance(error, Stale):
        return _("This page stood open too long")
    if isinstance(error, RuledOut):
        return _("This cannot be done so")
    return headings()[error.status]


def headings() -> dict[int, str]:
    """What each status means, for a person."""
    return {
        400: _("That did not work"),
        403: _("This is not yours to do"),
        404: _("We could not find it"),
        405: _("There is nothing to read here"),
        409: _("It stands otherwise by now"),
        422: _("Something needs correcting"),
        429: _("Please wait a moment"),
        500: _("Something went wrong on our side"),
        503: _("Something went wrong on our side"),
    }


def _form_only(request: HttpRequest, bare: HttpResponse) -> HttpResponse:
    """What a person reads who reloads the answer to a form, instead of an empty window."""
    sentence = _("This address only takes what a form sends. Open the page with the form again.")
    told = refusal_page(request, FormOnly(sentence))
    told.headers["Allow"] = bare.headers["Allow"]
    return told


def refusal_page(request: HttpRequest, error: Refusal) -> HttpResponse:
    """The page that says what was refused and why."""
    context = {
        "status": error.status,
        "heading": heading_of(error),
        "message": error.message,
        "back_url": back_url(request),
        "lacks_power": isinstance(error, Denied),
    }
    return render(request, "error.html", context, status=error.status)
