"""The gateways of text messages: the console, and 云片 over HTTP against a server of our own."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.core.exceptions import ImproperlyConfigured

from genxu.people.sms import Console, NotSent, Yunpian, gateway


class Provider:
    """What the provider would answer, and what it was sent."""

    def __init__(self) -> None:
        self.status, self.body, self.delay = 200, json.dumps({"code": 0}).encode(), 0.0
        self.got: list[dict[str, list[str]]] = []
        self.url = ""


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    made = Provider()
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            made.got.append(parse_qs(self.rfile.read(length).decode()))
            stop.wait(made.delay)
            self.send_response(made.status)
            self.end_headers()
            self.wfile.write(made.body)

        def log_message(self, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_port}/send"
    settings.SMS_GATEWAY = "genxu.people.sms.Yunpian"
    settings.SMS_URL, settings.SMS_KEY, settings.SMS_SIGNATURE = made.url, "secret-key", "根须"
    yield made
    stop.set()
    server.shutdown()
    server.server_close()


def test_the_console_writes_to_the_terminal(capsys: Any) -> None:
    Console().send("13900000000", "您的验证码是123456")
    assert capsys.readouterr().err == "SMS to 13900000000: 您的验证码是123456\n"


def test_the_settings_choose_the_gateway(settings: Any) -> None:
    settings.SMS_GATEWAY = "genxu.people.sms.Console"
    assert isinstance(gateway(), Console)
    settings.SMS_GATEWAY = "genxu.people.sms.Yunpian"
    assert isinstance(gateway(), Yunpian)


def test_it_sends_key_number_and_signed_text(provider: Provider) -> None:
    gateway().send("13900000000", "您的验证码是123456")
    (sent,) = provider.got
    assert sent["apikey"] == ["secret-key"]
    assert sent["mobile"] == ["13900000000"]
    assert sent["text"] == ["【根须】您的验证码是123456"]


@pytest.mark.parametrize(
    "body",
    [b'{"code": 3, "msg": "no money"}', b'{"msg": "x"}', b"not json", b"", b"[]", b"null",
     b'"0"', b"\xff\xfe"],
)  # fmt: skip
def test_an_answer_that_is_no_success_is_a_failure(provider: Provider, body: bytes) -> None:
    provider.body = body
    with pytest.raises(NotSent):
        gateway().send("13900000000", "x")


@pytest.mark.parametrize("status", [400, 401, 500, 503])
def test_an_error_of_the_provider_is_a_failure(provider: Provider, status: int) -> None:
    provider.status = status
    with pytest.raises(NotSent):
        gateway().send("13900000000", "x")


def test_a_provider_that_does_not_answer_in_time_is_a_failure(
    provider: Provider, monkeypatch: Any
) -> None:
    provider.delay = 5
    monkeypatch.setattr(Yunpian, "TIMEOUT", 0.2)
    with pytest.raises(NotSent):
        gateway().send("13900000000", "x")


def test_a_provider_that_is_not_there_is_a_failure(provider: Provider, settings: Any) -> None:
    settings.SMS_URL = "http://127.0.0.1:9/"
    with pytest.raises(NotSent):
        gateway().send("13900000000", "x")


def test_the_failure_tells_neither_the_key_nor_the_provider(provider: Provider) -> None:
    provider.status = 500
    with pytest.raises(NotSent) as failed:
        gateway().send("13900000000", "x")
    assert "secret-key" not in str(failed.value.message)


def test_messages_are_not_sent_in_the_clear(settings: Any) -> None:
    settings.SMS_URL = "http://sms.example.com/send"
    with pytest.raises(ImproperlyConfigured):
        Yunpian().send("13900000000", "x")
