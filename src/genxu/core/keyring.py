"""The codes that a browser has opened: kept sealed in one cookie, so that no address holds one.

The pages that a code opens are addressed by the number of their row; they ask here whether this
browser holds the row's present code.
"""

import json
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from . import clock, keys
from .access import Actor, Permission, looks_only
from .codes import clean_code, code_marks
from .declared import declared
from .errors import Denied, Missing
from .journal import note_read
from .pages import ActorRequest
from .promises import StrOrPromise
from .ratelimit import count_try

COOKIE = PURPOSE = "keyring"
WRONG_CODES_A_MINUTE = 10
MOST = 12
"""So many slips are open in one browser; the one opened first is forgotten first."""

Opened = list[tuple[str, int]]
"""The codes, the newest first, each with the second at which it was opened."""

UNKNOWN = _("No slip has this code. Please compare it letter by letter.")
TOLD: dict[str, tuple[int, StrOrPromise]] = {
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


def led_to(finder: str, told: str) -> HttpResponse:
    """To the field for a code, with the reason why."""
    return private(redirect(f"{reverse(finder)}?told={told}"))


def let_in(request: HolderRequest, holder: Actor, permission: Permission, subject: Model) -> None:
    """``request.holder`` acts on a page that a code opens. Whoever is signed in only looks, and
    that she looked is noted: a code's power never hides who uses it."""
    request.holder = holder
    if holder.behind is None:
        return
    if request.method not in ("GET", "HEAD"):
        raise Denied(looks_only(holder.behind))
    note_read(actor=holder, action=permission.name, subject=subject)


def signed_in(request: ActorRequest) -> Actor | None:
    """Who is signed in where a code is used, if somebody is."""
    return request.actor if request.actor.signed_in else None


def looks_on(request: HttpRequest) -> Actor | None:
    """Who is signed in behind the code that has opened this page, if somebody is."""
    holder: Actor | None = getattr(request, "holder", None)
    return holder.behind if holder else None


def path_of(request: HttpRequest, typed: str) -> str:
    """The path of what a code opens, whatever kind of slip it is of: each app that has slips says
    so in its room ``slips``. ``Missing`` if it opens nothing, ``TooMany`` after many such."""
    for opens in declared("slips", "opens"):
        if path := opens(typed):
            return str(path)
    count_try(request, "code", WRONG_CODES_A_MINUTE)
    raise Missing(UNKNOWN)


@dataclass(frozen=True)
class Finder:
    """The page on which the code of a slip is typed; ``address`` and ``template`` are its own.

    The address in a QR code holds the code behind ``#``, where no server and no proxy sees it; the
    page sends it as if it had been typed.
    """

    address: str
    template: str

    def typed(self, request: HttpRequest) -> HttpResponse:
        """The page with the field, and on POST what was typed there."""
        code = request.POST.get("code", "").strip()
        if not code:
            status, said = TOLD.get(request.GET.get("told", ""), (200, ""))
            return self._page(request, status, {"code": "", "said": said})
        try:
            path = path_of(request, code)
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
