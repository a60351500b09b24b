"""The front: whole bodies only, bounded in size, time and number; health within a second."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from hypothesis import given
from hypothesis import strategies as st

from genxu.serving.front import HEALTH, IN_MEMORY, Front, Limits, environ_of

QUICK = Limits(body=1000, files=5000, held=9000, silence=0.1, time=0.3, slowest=10_000,
               unfinished=3, unfinished_of_one=2, threads=2, waiting=3, reading=0.2)  # fmt: skip


class Protocol:
    """One request on the wire: the parts of its body, with seconds of silence between them."""

    def __init__(self, *parts: bytes | float, slow_reader: bool = False) -> None:
        self.parts = parts
        self.slow_reader = slow_reader
        self.status = 0
        self.body = b""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self.parts:
            if isinstance(part, bytes):
                yield part
            else:
                await asyncio.sleep(part)

    def response_bytes(self, status: int, headers: Any, body: bytes) -> None:
        self.status, self.body = status, body

    def response_str(self, status: int, headers: Any, body: str) -> None:
        self.response_bytes(status, headers, body.encode())

    def response_empty(self, status: int, headers: Any) -> None:
        self.response_bytes(status, headers, b"")

    def response_stream(self, status: int, headers: Any) -> "Protocol":
        self.status = status
        return self

    async def send_bytes(self, part: bytes) -> None:
        if self.slow_reader:
            await asyncio.sleep(60)
        self.body += part


def scope(path: str = "/", length: int | None = None, method: str = "POST", **headers: str) -> Any:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    if length is not None:
        told["content-length"] = str(length)
    return SimpleNamespace(
        method=method, path=path, query_string="", http_version="1.1", scheme="http",
        server="127.0.0.1:8000", client="192.0.2.1:4711", headers=told,
    )  # fmt: skip


def echo(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
    """Answers with what it was sent."""
    body = environ["wsgi.input"].read()
    start("200 OK", [("content-length", str(len(body)))])
    return HttpResponse(body)


def front(application: Any = echo, health: Any = lambda: (200, {}), **changes: Any) -> Front:
    limits = Limits(**{**QUICK.__dict__, **changes})
    return Front(
        application, address_of=lambda environ: environ["REMOTE_ADDR"], health=health,
        takes_files=lambda path: path == "/files",
        session_cookie="sessionid", limits=limits,
    )  # fmt: skip


def ask(one: Front, *requests: tuple[Any, Protocol]) -> None:
    async def all_at_once() -> None:
        await asyncio.gather(*(one.__rsgi__(*request) for request in requests))

    asyncio.run(all_at_once())


def status(*parts: bytes | float, length: int | None, one: Front | None = None, **told: str) -> int:
    protocol = Protocol(*parts)
    path = told.pop("path", "/")
    ask(one or front(), (scope(path, length=length, **told), protocol))
    return protocol.status


@given(st.lists(st.binary(min_size=1, max_size=200), max_size=5), st.booleans())
def test_however_a_body_is_cut_into_parts_it_arrives_whole(parts: list[bytes], told: bool) -> None:
    body = b"".join(parts)
    protocol = Protocol(*parts)
    length = len(body) if told else None
    encoding = {} if told else {"transfer_encoding": "chunked"}
    ask(front(), (scope(length=length, **encoding), protocol))
    assert (protocol.status, protocol.body) == (200, body)


def test_what_is_said_to_be_too_large_is_refused_unread() -> None:
    assert status(length=1001) == 413
    assert status(length=10**30) == 413
    assert status(length=5000 + 1, cookie="sessionid=x", path="/files") == 413


def test_what_turns_out_too_large_is_refused() -> None:
    assert status(b"x" * 600, b"x" * 600, length=None, transfer_encoding="chunked") == 413


def test_files_are_taken_where_they_are_asked_for_from_whoever_has_a_session() -> None:
    body = b"x" * 5000
    assert status(body, length=5000, cookie="a=b; sessionid=x", path="/files") == 200
    assert status(body, length=5000, cookie="a=b", path="/files") == 413
    assert status(body, length=5000, cookie="a=b; sessionid=x") == 413


def test_silence_and_dripping_end_in_a_refusal() -> None:
    assert status(b"x", 0.2, b"x", length=2) == 408
    assert status(*[b"x", 0.05] * 20, length=20) == 408


def test_a_body_that_was_broken_off_reaches_no_page() -> None:
    reached = []

    def page(environ: Any, start: Any) -> Any:
        reached.append(environ)
        return echo(environ, start)

    assert status(b"half", length=8, one=front(page)) == 400
    assert not reached


def test_so_many_unfinished_bodies_of_one_address() -> None:
    one = front()
    slow = [Protocol(0.05, b"x") for _n in range(3)]
    ask(one, *((scope(length=1), protocol) for protocol in slow))
    assert sorted(protocol.status for protocol in slow) == [200, 200, 429]
    assert not one.bodies


def test_when_all_is_full_the_oldest_of_whoever_holds_most_gives_way() -> None:
    one = front()
    senders = ("192.0.2.1", "192.0.2.9", "192.0.2.9", "192.0.2.2")
    slow = [Protocol(0.05, b"x") for _who in senders]
    requests = [(scope(length=1), protocol) for protocol in slow]
    for (asked, _protocol), who in zip(requests, senders, strict=True):
        asked.client = f"{who}:1"
    ask(one, *requests)
    assert [protocol.status for protocol in slow] == [200, 503, 200, 200]
    assert not one.bodies


def test_bodies_that_together_hold_too_much_give_way_to_others() -> None:
    one = front()
    large = [Protocol(b"x" * 4000, 0.05, b"x" * 1000) for _n in range(2)]
    small = Protocol(0.02, b"x" * 1000, 0.05)
    requests = [
        *((scope("/files", length=5000, cookie="sessionid=x"), protocol) for protocol in large),
        (scope("/", length=1000), small),
    ]
    requests[2][0].client = "192.0.2.2:1"
    ask(one, *requests)
    assert small.status == 200
    assert sorted(protocol.status for protocol in large) == [200, 503]
    assert not one.bodies


def test_raw_letters_in_a_query_reach_the_page_as_bytes() -> None:
    asked = scope("/places/", method="GET")
    asked.query_string = "words=中"
    assert environ_of(asked)["QUERY_STRING"].encode("latin-1").decode() == "words=中"


def test_requests_that_wait_for_a_thread_are_bounded() -> None:
    open_now = threading.Event()

    def slow(environ: Any, start: Any) -> Any:
        open_now.wait(5)
        return echo(environ, start)

    one, asked = front(slow), [Protocol() for _n in range(5)]

    async def run() -> None:
        tasks = [asyncio.create_task(one.__rsgi__(scope(method="GET"), p)) for p in asked]
        await asyncio.sleep(0.05)
        open_now.set()
        await asyncio.gather(*tasks)

    asyncio.run(run())
    assert sorted(protocol.status for protocol in asked) == [200, 200, 200, 503, 503]


def long_answer(environ: Any, start: Any) -> Any:
    parts = [b"a" * IN_MEMORY, b"b", b"c"]
    start("200 OK", [("content-length", str(IN_MEMORY + 2))])
    return StreamingHttpResponse(iter(parts))


def test_a_long_answer_comes_part_by_part() -> None:
    protocol = Protocol()
    ask(front(long_answer), (scope(method="GET"), protocol))
    assert protocol.body == b"a" * IN_MEMORY + b"bc"


def test_readers_who_do_not_read_hold_up_no_page() -> None:
    def pages(environ: Any, start: Any) -> Any:
        return (long_answer if environ["PATH_INFO"] == "/long" else echo)(environ, start)

    one = front(pages, waiting=20)
    slow = [(scope("/long", method="GET"), Protocol(slow_reader=True)) for _n in range(4)]
    page = Protocol()
    ask(one, *slow, (scope(method="GET"), page))
    assert page.status == 200
    assert one.streaming == 0


def test_the_language_of_a_page_is_that_of_its_long_answer() -> None:
    from django.utils import translation

    def page(environ: Any, start: Any) -> Any:
        with translation.override("en"):
            translation.activate("en")
        translation.activate(environ["PATH_INFO"].strip("/"))
        start("200 OK", [])
        return StreamingHttpResponse(translation.get_language() for _n in range(2))

    protocol = Protocol()
    ask(front(page), (scope("/zh-hans", method="GET"), protocol))
    assert protocol.body == b"zh-hanszh-hans"


def test_health_is_told_within_a_second_and_a_check_that_hangs_is_not_asked_twice() -> None:
    checks, open_now = [], threading.Event()

    def health() -> Any:
        checks.append(1)
        open_now.wait(10)
        return 200, {"status": "ok"}

    one, first, second = front(health=health), Protocol(), Protocol()

    async def run() -> None:
        started = time.monotonic()
        await asyncio.gather(
            *(one.__rsgi__(scope(HEALTH, method="GET"), p) for p in (first, second))
        )
        assert time.monotonic() - started < 1
        open_now.set()

    asyncio.run(run())
    assert (first.status, second.status, len(checks)) == (503, 503, 1)
    assert b"does not answer" in first.body


def test_a_header_with_an_underscore_is_not_that_of_the_proxy() -> None:
    asked = scope()
    asked.headers = {"x_forwarded_proto": "https", "x-forwarded-for": "192.0.2.7"}
    environ = environ_of(asked)
    assert environ["HTTP_X_FORWARDED_FOR"] == "192.0.2.7"
    assert "HTTP_X_FORWARDED_PROTO" not in environ


@pytest.mark.parametrize("length", ["-1", "1e3", "１", "+5", "0x10"])
def test_a_length_that_is_no_number_is_refused(length: str) -> None:
    protocol = Protocol(b"x")
    asked = scope()
    asked.headers["content-length"] = length
    ask(front(), (asked, protocol))
    assert protocol.status == 413
