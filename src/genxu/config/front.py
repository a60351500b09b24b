"""What each process that answers loads: Django behind the front."""

import multiprocessing
import re
from typing import Any

from genxu.serving.front import Front
from genxu.serving.kept import end_with_father

from .wsgi import application

TAKES_FILES = re.compile(r"/(talks/at/[0-9]+/new|imports/new)/")
"""Where pictures and spreadsheets are sent to; the files for the proxy say the same."""


def _front() -> Front:
    from django.conf import settings
    from django.db import close_old_connections
    from django.http import HttpRequest

    from genxu.core.ratelimit import client_address
    from genxu.portal.health import answer

    def address_of(environ: dict[str, Any]) -> str:
        request = HttpRequest()
        request.META = environ
        return client_address(request)

    def health() -> tuple[int, dict[str, Any]]:
        close_old_connections()  # it runs outside of any request
        try:
            return answer()
        finally:
            close_old_connections()

    return Front(
        application,
        address_of=address_of,
        takes_files=lambda path: bool(TAKES_FILES.fullmatch(path)),
        health=health,
        session_cookie=settings.SESSION_COOKIE_NAME,
    )


front = _front()
if father := multiprocessing.parent_process():
    end_with_father(father.pid)
