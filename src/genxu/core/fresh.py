"""What is kept of pages, under all that it was made from: nothing kept is ever stale.

Every write at a place leaves an entry in the journal there, or above it; so the last of them is
the version of what is seen of the place. See docs/adr/0012.
"""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from . import clock

LENGTHS = (0, 2, 4, 6, 9, 12, 15)
"""Of the codes of a place and of those above it; the empty code is everywhere."""
WINDOW = 2000
"""Numbers are given before the commit: an entry may appear below the last one. So far below it
those that there are count as well."""
HOLE = secrets.token_hex(32)
"""Stands in what is kept where a form's token goes: each reader gets one of her own."""
T = TypeVar("T")

VERSION = """
WITH last AS (
SELECT max((SELECT max(id) FROM core_journalentry WHERE place = one.column1 AND NOT reading)) AS id
FROM (VALUES {rows}) AS one)
SELECT last.id, (SELECT count(*) FROM core_journalentry
WHERE place IN ({places}) AND NOT reading AND id > last.id - {window}) FROM last
"""
"""One look at the end of the index for each place: PostgreSQL plans it in a third of the time that
it needs for as many selects side by side."""


def version_of(place: str) -> str:
    """Changes with every writing at a place or above it; one indexed statement."""
    places = [place[:length] for length in LENGTHS if length <= len(place)]
    with connection.cursor() as cursor:
        cursor.execute(_statement(len(places)), [*places, *places])
        last, count = cursor.fetchone()
    return f"{last}.{count}"


@cache
def _statement(places: int) -> str:
    rows, marks = ", ".join(["(%s)"] * places), ", ".join(["%s"] * places)
    return VERSION.format(rows=rows, places=marks, window=WINDOW)


def kept(part: str, place: str, *depends: Any, make: Callable[[], tuple[T, datetime | None]]) -> T:
    """What ``make`` gives, from memory if nothing of what it is made from has changed since.

    That is: the place, the day, the language, and what it ``depends`` on besides, read before
    and used by ``make``. ``make`` gives with it the moment at which it changes by itself, if it
    does. Whatever the reader may see is part of what it depends on.
    """
    known = (part, place, version_of(place), clock.today(), get_language(), depends)
    return _remembered(known, make)


def _remembered(known: tuple[Any, ...], make: Callable[[], tuple[T, datetime | None]]) -> T:
    memory, key = caches["kept"], _hashed(repr(known).encode())
    found: tuple[T, datetime | None] | None = memory.get(key)
    if found is None or (found[1] is not None and found[1] <= clock.now()):
        found = make()
        memory.set(key, found)
    return found[0]


def kept_part(
    request: HttpRequest,
    template: str,
    place: str,
    *depends: Any,
    make: Callable[[], Mapping[str, Any]],
) -> SafeString:
    """A part of a page: its template and what ``make`` gives for it, with ``until`` the moment at
    which it changes by itself. It is made without the request, so nothing of a reader is in it."""

    def written() -> tuple[str, datetime | None]:
        context = make()
        text = render_to_string(template, {**context, "csrf_token": HOLE})
        return str(text), context.get("until")

    text = kept(template, place, *depends, make=written)
    return mark_safe(text.replace(HOLE, get_token(request)) if HOLE in text else text)  # noqa: S308


def public_page(
    request: HttpRequest, template: str, context: Mapping[str, str], *depends: Any
) -> HttpResponse:
    """A page that looks the same to every visitor: kept whole, and not sent again to whoever has
    it. Its ``context`` are texts; what its frame shows besides is in ``depends``."""
    if not _is_visitor(request):
        return render(request, template, context)
    texts = [(name, _hashed(text.encode())) for name, text in sorted(context.items())]
    known = (template, request.get_full_path(), get_language(), texts, depends)

    def whole() -> tuple[tuple[bytes, str], None]:
        page = render_to_string(template, {**context, "csrf_token": HOLE}, request).encode()
        return (page, _hashed(page.replace(HOLE.encode(), b""))), None

    page, content = _remembered(known, whole)
    if "CSRF_COOKIE" not in request.META:
        get_token(request)
    tag = f'W/"{_hashed((content + request.META["CSRF_COOKIE"]).encode())[:32]}"'
    response = get_conditional_response(request, tag)
    if response is None:
        response = HttpResponse(page.replace(HOLE.encode(), get_token(request).encode()))
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response


def _hashed(content: bytes) -> str:
    return sha256(content).hexdigest()


def _is_visitor(request: HttpRequest) -> bool:
    """Whether nothing is known of this reader, and nothing is to be said to her alone."""
    alone = {settings.SESSION_COOKIE_NAME, "messages"}
    return alone.isdisjoint(request.COOKIES) and not request.GET
