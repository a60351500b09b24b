"""A gateway that takes ten seconds keeps nobody waiting but the job, and tells no number."""

import os
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from tests.moulds import Moulds

from .house import House, Records, environment_for, small_world

SLOW = 10
"""Seconds the gateway takes."""
QUICK = 3
"""Seconds within which a page comes on a busy machine, if it waits for no gateway."""


class SlowGateway:
    def __init__(self) -> None:
        self.asked: list[str] = []
        self.first = threading.Event()
        asked, first, self.ended = self.asked, self.first, threading.Event()
        ended = self.ended

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                asked.append(sent["mobile"][0])
                first.set()
                ended.wait(SLOW)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b'{"code": 0}')

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/"

    def close(self) -> None:
        self.ended.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def gateway() -> Iterator[SlowGateway]:
    made = SlowGateway()
    yield made
    made.close()


@pytest.fixture
def slow_house(tmp_path: Path, gateway: SlowGateway, moulds: Moulds) -> Iterator[House]:
    own = moulds.pour("small", small_world, tmp_path, f"genxu_slow_{os.getpid()}")
    environment = environment_for(tmp_path, own.url) | {
        "SMS_GATEWAY": "genxu.people.sms.Yunpian", "SMS_URL": gateway.url, "SMS_KEY": "key",
    }  # fmt: skip
    made = House(tmp_path, Records(own.url), environment=environment)
    try:
        yield made.open()
    finally:
        made.close()
        own.drop()


def ask(base: str, phone: str) -> tuple[float, str, str]:
    """Ask for a code in a browser of its own: seconds, address and words of the page that comes."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    form = browser.open(f"{base}/sign-in/code/", timeout=60).read().decode()
    token = re.findall(r'csrfmiddlewaretoken" value="([^"]+)"', form)[0]
    sent = urlencode({"csrfmiddlewaretoken": token, "phone": phone}).encode()
    started = time.monotonic()
    with browser.open(f"{base}/sign-in/code/", sent, timeout=60) as answer:
        words = answer.read().decode()
    seconds = time.monotonic() - started
    return seconds, answer.url, re.sub(r"[A-Za-z0-9]{64}", "", words).replace(phone[-4:], "")


def test_nobody_waits_for_a_slow_gateway(slow_house: House, gateway: SlowGateway) -> None:
    known = str(slow_house.records.one("SELECT min(phone) FROM people_account"))
    phones = [known, "15412345678", "15412345679", "15412345670"]
    with ThreadPoolExecutor(4) as visitors:
        pages = list(visitors.map(lambda phone: ask(slow_house.base, phone), phones))
    assert gateway.first.wait(60), "the job has asked the gateway"
    pages += [ask(slow_house.base, phone) for phone in phones]  # while it is asked
    took = [seconds for seconds, _url, _words in pages]
    assert max(took) < QUICK, took
    assert len({(url, words) for _seconds, url, words in pages}) == 1
    assert set(gateway.asked) == {known}
