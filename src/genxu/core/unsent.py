"""What somebody had typed when her session lapsed, or on a page older than the session: kept sealed
until she has signed in again, then shown in its form once more. It is never sent by itself; of what
was kept without a session nobody else gets anything.

A page runs with it as if it had been sent, while every action stops before it writes: so each form
shows what was typed the way it shows what it refuses, its ``client_id`` included.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import clock, keys
from .access import Actor
from .errors import Conflict

NAME = PURPOSE = "unsent"
KEPT_FOR = 30 * 60
"""Seconds from the moment when it could not be sent."""
LARGEST = 200_000
"""Characters that a session keeps; what is longer is not kept."""
_SECRET = re.compile(r"csrfmiddlewaretoken|.*password.*", re.IGNORECASE)
_FREE_TEXT = re.compile(r"[^A-Za-z0-9_.:-]")
"""What no id, day, number or choice has in it."""


class NotSentYet(Conflict):
    """She has just signed in again: what she had typed is shown to her first."""


_stopped: ContextVar[list[str] | None] = ContextVar("stopped", default=None)
"""The actions that a page would have run, while it only shows what was typed."""


def stop_if_only_shown() -> None:
    """``NotSentYet`` in an action, before it writes, where its page only shows what was typed."""
    if _stopped.get() is not None:
        raise NotSentYet(gettext_lazy("It has not been sent yet. Please look at it and send it."))


def note_stopped(action: str, error: Exception) -> None:
    """An action was stopped, and the same submission had not arrived before."""
    if isinstance(error, NotSentYet) and (stopped := _stopped.get()) is not None:
        stopped.append(action)


class Given(NamedTuple):
    """What waits to be shown; ``files``: whether some belonged to it; ``name``: who is signed in by
    now, if its page was older than the session."""

    sent: QueryDict
    files: bool
    name: str | None


def keep(request: HttpRequest) -> bool:
    """Keep what was sent without a session, if it is known who signed in here last
    (``request.known_as``); whether it was kept."""
    whose = str(getattr(request, "known_as", ""))
    if not whose or not _put(request, whose=whose):
        return False
    said = _("Your session had ended. Sign in again, and you go on with what you typed.")
    messages.info(request, said)
    return True


def keep_for(request: HttpRequest, actor: Actor) -> bool:
    """Keep what was sent from a page that is older than this session; whether it was kept."""
    return _put(request, actor=actor.key, older=True)


def _put(request: HttpRequest, **more: Any) -> bool:
    fields = _without_secrets(request.POST)
    text = json.dumps([request.get_full_path(), bool(request.FILES), _now(), fields])
    if not fields or len(text) > LARGEST:
        return False
    request.session[NAME] = {"sealed": keys.seal(PURPOSE, text), **more}
    return True


def has_password(request: HttpRequest) -> bool:
    """Whether it is a form to sign in with: its page knows best what comes next."""
    return any(name != "csrfmiddlewaretoken" and _SECRET.fullmatch(name) for name in request.POST)


def _without_secrets(sent: QueryDict) -> list[tuple[str, list[Any]]]:
    return [(name, values) for name, values in sent.lists() if not _SECRET.fullmatch(name)]


def hand_over(session: Any, actor: Actor, is_hers: Callable[[str], bool]) -> None:
    """Somebody has signed in: it is hers, or it is gone."""
    kept = session.get(NAME)
    if kept is None:
        return
    if is_hers(kept.get("whose", "")):
        session[NAME] = {"actor": actor.key, "sealed": kept["sealed"]}
    else:
        del session[NAME]


def waiting(request: HttpRequest, actor: Actor) -> Given | None:
    """What waits to be shown at this address to this person."""
    kept = request.session.get(NAME, {})
    if kept.get("actor") != actor.key:
        return None
    path, files, at, fields = json.loads(keys.unseal(PURPOSE, kept["sealed"]))
    if path != request.get_full_path() or _now() - at > KEPT_FOR:
        return None
    sent = QueryDict(mutable=True)
    for name, values in fields:
        sent.setlist(name, values)
    return Given(sent, files, actor.name if "older" in kept else None)


def forget(request: HttpRequest) -> None:
    """She has sent something: what waited is hers to send no longer."""
    request.session.pop(NAME, None)


def show(
    request: HttpRequest, given: Given, view: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """The page of a form with what was typed; where the form stands on another page, or the view
    has none, a page of its own from which it can be sent."""
    said = _("You are signed in again. What you typed is here; it has not been sent yet.")
    if given.name is not None:
        said = _(
            "Somebody signed in here meanwhile: %(name)s. What you typed has not been sent yet."
        )
        said %= {"name": given.name}
    if given.files:
        said += " " + _("Pictures and files have to be chosen again.")
    messages.info(request, said)
    with _as_if_sent(request, given.sent) as stopped:
        try:
            answer = view()
        except NotSentYet:
            answer = None
    if answer is None or (stopped and 300 <= answer.status_code < 400):
        return alone(request, given.sent)
    if answer.status_code in (409, 422):
        answer.status_code = 200  # nothing was refused: nothing was sent
    return answer


@contextmanager
def _as_if_sent(request: HttpRequest, sent: QueryDict) -> Iterator[list[str]]:
    stopped: list[str] = []
    token = _stopped.set(stopped)
    as_it_is: Any = request
    method = request.method
    as_it_is.method, as_it_is.POST, as_it_is._files = "POST", sent, MultiValueDict()
    try:
        yield stopped
    finally:
        as_it_is.method = method
        _stopped.reset(token)


def alone(request: HttpRequest, sent: QueryDict) -> HttpResponse:
    """A page of its own from which it can be sent."""
    fields = [(name, one) for name, values in _without_secrets(sent) for one in values]
    texts = [one for _name, one in fields if _FREE_TEXT.search(str(one))]
    page = render(request, "unsent.html", {"fields": fields, "texts": texts})
    page.headers["Cache-Control"] = "private, no-store"
    return page


def _now() -> int:
    return int(clock.now().timestamp())
