"""Who finds a weakness reads whom to tell (RFC 9116)."""

from datetime import datetime
from typing import Any

from django.test import Client

from genxu.core import clock


def test_the_operators_contact_is_named_for_half_a_year(client: Client, settings: Any) -> None:
    settings.SECURITY_CONTACT = "mailto:safe@genxu.example.org"
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"].startswith("text/plain")
    told = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert told["Contact"] == "mailto:safe@genxu.example.org"
    left = datetime.fromisoformat(told["Expires"]) - clock.now()
    assert 170 < left.days < 365


def test_without_a_contact_there_is_no_such_page(client: Client, settings: Any) -> None:
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404
