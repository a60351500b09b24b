"""The real server as a subprocess, and a client that keeps its connection."""

import http.client
import re
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from .paths import GENXU, ROOT, SCRATCH, environment
from .ports import free_port
from .report import Failed

PATIENCE = 60
CSRF = re.compile(r"csrftoken=(\w+)")


class Client:
    """A keep-alive HTTP client with cookies, as small as can be so that it weighs little."""

    def __init__(self, port: int, cookies: Mapping[str, str] | None = None) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.cookies = dict(cookies or {})
        self.etag = ""
        """Of the last answer; sent along by ``again``, as by a browser that has the page."""
        self.again = False

    def get(self, path: str) -> tuple[int, bytes]:
        return self._send("GET", path, None, {})

    def post(self, path: str, body: bytes, kind: str) -> tuple[int, bytes]:
        return self._send("POST", path, body, {"Content-Type": kind})

    def timed_get(self, path: str) -> float:
        """Milliseconds until the whole answer is there; ``again``: until it is not sent anew."""
        started = time.perf_counter()
        status, _body = self.get(path)
        taken = (time.perf_counter() - started) * 1000
        if status != (304 if self.again else 200):
            raise Failed(f"The page {path} answered {status}.")
        return taken

    def _send(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[int, bytes]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        extra = {"Cookie": cookies} if cookies else {}
        if self.again:
            extra["If-None-Match"] = self.etag
        response = self._answer(method, path, body, {**headers, **extra})
        content = response.read()
        self.etag = response.getheader("ETag") or ""
        for name, value in response.getheaders():
            if name.lower() == "set-cookie" and (found := CSRF.search(value)):
                self.cookies["csrftoken"] = found.group(1)
        return response.status, content

    def _answer(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        """On a new connection if the server has closed one that lay idle."""
        try:
            self.connection.request(method, path, body, headers)
            return self.connection.getresponse()
        except http.client.RemoteDisconnected:
            self.connection.request(method, path, body, headers)
            return self.connection.getresponse()


@contextmanager
def serving(url: str) -> Iterator[int]:
    """``genxu serve`` with two processes and the worker beside them; gives the port."""
    with running(url) as (port, _process):
        yield port


@contextmanager
def running(url: str) -> "Iterator[tuple[int, subprocess.Popen[bytes]]]":
    """The same, with its process."""
    port = free_port()
    SCRATCH.mkdir(parents=True, exist_ok=True)
    with (SCRATCH / "server.log").open("ab") as log:
        process = subprocess.Popen(
            [GENXU, "serve", "--port", str(port), "--workers", "2"],
            env=environment(url),
            cwd=ROOT,
            stdout=log,
            stderr=log,
        )
    try:
        _wait(process, port)
        yield port, process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        with suppress(OSError, http.client.HTTPException):
            if Client(port).get("/healthz")[0] == 200:
                return
        time.sleep(0.2)
    raise Failed("The server did not come up; see build/bench/server.log.")
