"""The codes that a browser has opened: kept sealed in one cookie, so that no address holds one.

The pages that a code opens are addressed by the number of their row; they ask here whether this
browser holds the row's present code.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from . import clock, keys
from .access import Actor
from .codes import clean_code, code_marks
from .errors import Missing, TooMany
from .pages import ActorRequest
from .promises import StrOrPromise

COOKIE = PURPOSE = "keyring"
MOST = 12
"""So many slips are open in one browser; the one opened first is forgotten first."""

Opened = list[tuple[str, int]]
"""The codes, the newest first, each with the second at which it was opened."""

TOLD: dict[str, tuple[int, StrOrPromise]] = {
    "unknown": (404, _("No slip has this code. Please compare it letter by letter.")),
    "wait": (429, _("Too many tries. Please wait a minute.")),
    "again": (200, _("Please scan your slip again, or type its code.")),
    "closed": (200, _("Closed. To open it again you need your slip.")),
}
"""Why somebody is led to the field for a code: the status of that page, and what is said."""


class HolderRequest(ActorRequest):
    """A request for a page that a code opens, with whoever holds that code."""

    holder: Actor


def held_marks(request: HttpRequest) -> list[str]:
    """By what the rows are looked up whose codes this browser holds."""
    return code_marks(code for code, _at in _opened(request))


def add_code(request: HttpRequest, response: HttpResponse, code: str) -> HttpResponse:
    """Let the browser hold one more code."""
    code = clean_code(code)
    others = [one for one in _opened(request) if one[0] != code]
    return _keep(response, [(code, _now()), *others][:MOST])


def drop_codes(request: HttpRequest, response: HttpResponse, marks: set[str]) -> HttpResponse:
    """Let the browser forget the codes of these rows: telephones are lent."""
    left = [one for one in _opened(request) if marks.isdisjoint(code_marks([one[0]]))]
    return _keep(response, left)


def private(response: HttpResponse) -> HttpResponse:
    """A page that a code opens: nothing of it travels on, and nothing keeps it."""
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response


def taken_over(response: HttpResponse) -> HttpResponse:
    """The answer to an address that holds a code, as a scanned slip opens it."""
    response = private(response)
    response["Referrer-Policy"] = "no-referrer"
    return response


def led_to(finder: str, told: str) -> HttpResponse:
    """To the field for a code, with the reason why."""
    return private(redirect(f"{reverse(finder)}?told={told}"))


@dataclass(frozen=True)
class Finder:
    """How the codes of one kind of slip are opened: scanned or typed.

    ``address`` and ``template`` are of the page with the field. ``find`` gives the path of what a
    code opens; ``Missing`` if it opens nothing, ``TooMany`` after many such.
    """

    address: str
    template: str
    find: Callable[[HttpRequest, str], str]

    def scanned(self, request: HttpRequest, code: str) -> HttpResponse:
        """The address on a slip: taken once. A refusal here would put it in a log, so a wrong
        code is told on the page with the field."""
        try:
            path = self.find(request, code)
        except (Missing, TooMany) as error:
            told = "wait" if isinstance(error, TooMany) else "unknown"
            return taken_over(led_to(self.address, told))
        return taken_over(add_code(request, redirect(path), code))

    def typed(self, request: HttpRequest) -> HttpResponse:
        """The page with the field, and on POST what was typed there."""
        code = request.POST.get("code", "").strip()
        if not code:
            status, said = TOLD.get(request.GET.get("told", ""), (200, ""))
            return self._page(request, status, {"code": "", "said": said})
        try:
            path = self.find(request, code)
        except Missing as error:
            return self._page(request, error.status, {"code": code, "error": error.message})
        return private(add_code(request, redirect(path), code))

    def _page(self, request: HttpRequest, status: int, context: dict[str, object]) -> HttpResponse:
        return render(request, self.template, context, status=status)


def _opened(request: HttpRequest) -> Opened:
    """What the cookie holds; nothing if it is not ours, was altered, or is too old."""
    try:
        rows = json.loads(keys.unseal(PURPOSE, request.COOKIES.get(COOKIE, "")))
    except keys.Unreadable:
        return []
    first = _now() - settings.KEYRING_COOKIE_AGE
    return [(code, at) for code, at in rows if at > first]


def _keep(response: HttpResponse, opened: Opened) -> HttpResponse:
    if not opened:
        response.delete_cookie(COOKIE, samesite="Lax")
        return response
    response.set_cookie(
        COOKIE,
        keys.seal(PURPOSE, json.dumps(opened)),
        max_age=settings.KEYRING_COOKIE_AGE,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )
    return response


def _now() -> int:
    return int(clock.now().timestamp())
