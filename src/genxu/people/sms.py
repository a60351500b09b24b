"""Text messages: an interface with a console for development and one real HTTP gateway."""

import json
import sys
from typing import Protocol
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from genxu.core.errors import Refusal


class NotSent(Refusal):
    """The gateway did not take the message."""

    status = 503


class Gateway(Protocol):
    """Sends one text to one mobile number; raises ``NotSent`` if that failed."""

    def send(self, phone: str, text: str) -> None: ...


class Console:
    """Writes the message to the server's terminal."""

    def send(self, phone: str, text: str) -> None:
        sys.stderr.write(f"SMS to {phone}: {text}\n")


class Yunpian:
    """云片 single_send over HTTP: form fields apikey, mobile, text; answers JSON with ``code`` 0.

    ``SMS_URL`` and ``SMS_KEY`` are set by the operator, ``SMS_SIGNATURE`` is the registered
    signature that opens each text.
    """

    TIMEOUT = 10

    def send(self, phone: str, text: str) -> None:
        form = {
            "apikey": settings.SMS_KEY,
            "mobile": phone,
            "text": f"【{settings.SMS_SIGNATURE}】{text}",
        }
        if not settings.SMS_URL.startswith(("https://", "http://127.0.0.1")):
            raise ImproperlyConfigured("SMS_URL must be an https address")
        request = Request(settings.SMS_URL, urlencode(form).encode(), method="POST")  # noqa: S310
        try:
            with urlopen(request, timeout=self.TIMEOUT) as answer:  # noqa: S310
                body = json.load(answer)
        except (OSError, ValueError) as error:
            raise NotSent(_("The text message could not be sent. Please try later.")) from error
        if not isinstance(body, dict) or body.get("code") != 0:
            raise NotSent(_("The text message could not be sent. Please try later."))


def gateway() -> Gateway:
    """The gateway that the settings name."""
    made: Gateway = import_string(settings.SMS_GATEWAY)()
    return made
