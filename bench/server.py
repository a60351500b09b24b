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

    def __init__(self, port: int, session: str = "", *, keeps: bool = False) -> None:
        """``keeps``: it has the page already and asks whether that is still good."""
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.cookies = {"sessionid": session} if session else {}
        self.keeps, self.tag = keeps, ""

    def get(self, path: str) -> tuple[int, bytes]:
        return self._send("GET", path, None, {})

    def post(self, path: str, body: bytes, kind: str) -> tuple[int, bytes]:
        return self._send("POST", path, body, {"Content-Type": kind})

    def timed_get(self, path: str) -> float:
        """Milliseconds until the whole answer is there."""
        started = time.perf_counter()
        wanted = 304 if self.tag else 200
        status, _body = self.get(path)
        taken = (time.perf_counter() - started) * 1000
        if status != wanted:
            raise Failed(f"The page {path} answered {status}.")
        return taken

    def _send(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[int, bytes]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        extra = {"Cookie": cookies} if cookies else {}
        extra |= {"If-None-Match": self.tag} if self.tag else {}
        self.connection.request(method, path, body, {**headers, **extra})
        response = self.connection.getresponse()
        content = response.read()
        self.tag = response.headers.get("ETag", "") if self.keeps else ""
        for name, value in response.getheaders():
            if name.lower() == "set-cookie" and (found := CSRF.search(value)):
                self.cookies["csrftoken"] = found.group(1)
        return response.status, content


@contextmanager
def serving(url: str) -> Iterator[int]:
    """``genxu serve`` with two processes and the worker beside them; gives the port."""
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
        yield port
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
