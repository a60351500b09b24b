"""Requests that never end, or are too large, cost nobody anything."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from .doing import record_talk
from .site import LAN, Site
from .visitor import HOST

pytestmark = pytest.mark.once  # none of it comes as far as a database

HALF = (
    "POST /sign-in/ HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    "Content-Length: 1000\r\nX-Forwarded-Proto: https\r\nX-Forwarded-For: {who}\r\n\r\nlogin=1"
)


@contextmanager
def half_sent(port: int, count: int, text: str = HALF) -> Iterator[list[socket.socket]]:
    open_ones = []
    for n in range(count):
        one = socket.create_connection(("127.0.0.1", port))
        one.sendall(text.format(host=HOST, who=f"198.51.100.{n % 250}").encode())
        open_ones.append(one)
    try:
        yield open_ones
    finally:
        for one in open_ones:
            one.close()


def seconds(asked: object) -> float:
    started = time.monotonic()
    assert callable(asked)
    asked()
    return time.monotonic() - started


@pytest.mark.parametrize("where", ["body", "headers"])
def test_fifty_half_sent_requests_stop_nobody(site: Site, where: str) -> None:
    lan = site.staff(LAN)
    text = HALF if where == "body" else HALF[:60]
    with half_sent(site.port, 50, text):
        for _n in range(10):
            assert site.health().status == 200
            assert seconds(site.health) < 1
            assert site.visitor().get("/").status == 200
        assert record_talk(lan).status == 302


def test_more_unfinished_bodies_of_one_address_than_a_hamlet_has_phones_are_turned_away(
    site: Site,
) -> None:
    with half_sent(site.port, 80, HALF.replace("{who}", "198.51.100.1")) as open_ones:
        told = [_answer_of(one) for one in open_ones]
    assert sum(b" 429 " in one for one in told) >= 80 - 2 * 24
    assert site.visitor("127.0.0.3").get("/").status == 200


def _answer_of(one: socket.socket) -> bytes:
    one.settimeout(0.3)
    try:
        return one.recv(200)
    except TimeoutError:
        return b""


def test_three_hundred_megabytes_of_a_stranger_are_refused_at_once(site: Site) -> None:
    with socket.create_connection(("127.0.0.1", site.port)) as one:
        one.sendall(_head(300_000_000))
        one.settimeout(5)
        assert b" 413 " in one.recv(200)


def test_a_body_without_a_length_is_refused_when_it_grows_too_large(site: Site) -> None:
    with socket.create_connection(("127.0.0.1", site.port)) as one:
        one.sendall(_head(None))
        part = b"10000\r\n" + b"x" * 65536 + b"\r\n"
        one.settimeout(5)
        with suppress(OSError):
            for _n in range(300):
                one.sendall(part)
            raise AssertionError(f"20 MB were taken: {one.recv(200)!r}")


def _head(length: int | None) -> bytes:
    size = f"Content-Length: {length}" if length else "Transfer-Encoding: chunked"
    return (
        f"POST /sign-in/ HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n"
        f"X-Forwarded-For: 198.51.100.9\r\n{size}\r\n\r\n"
    ).encode()


def test_a_header_with_an_underscore_does_not_pass_for_one_of_the_proxy(site: Site) -> None:
    visitor = site.visitor()
    answer = visitor.send("GET", "/", headers={"X_Forwarded_Proto": "http"})
    assert answer.status == 200
