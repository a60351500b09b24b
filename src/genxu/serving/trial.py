"""Trying production out: the program is started and asked for pages as the proxy will ask.

A check of settings sees what each says; only a page shows what they do together.
"""

import http.client
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic, sleep

PATIENCE = 60
VISITOR = "203.0.113.7"
"""An address that nobody has (RFC 5737)."""
STATIC = re.compile(r'(?:href|src)="(/static/[^"]+)"')


@dataclass
class Trial:
    """One server on a port of its own, and what it answered."""

    host: str
    say: Callable[[str], None]
    port: int = 0
    well: bool = True
    static: list[str] = field(default_factory=list)

    def run(self) -> bool:
        """Whether all came as it must."""
        self.port = _free_port()
        command = (sys.executable, "-m", "genxu.cli", "serve", "--workers", "1")
        process = subprocess.Popen(  # noqa: S603
            (*command, "--host", "127.0.0.1", "--port", str(self.port)),
            env={**os.environ, "PORT": str(self.port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            if not self._wait(process):
                self.say(_last_of(process) or "it did not start")
                return False
            self._ask_all()
        finally:
            process.terminate()
            process.communicate(timeout=30)
        return self.well

    def _wait(self, process: "subprocess.Popen[str]") -> bool:
        """Until it answers at all: that it is well is asked for later."""
        until = monotonic() + PATIENCE
        while monotonic() < until and process.poll() is None:
            with suppress(OSError):
                self._get("/healthz")
                return True
            sleep(0.1)
        return False

    def _ask_all(self) -> None:
        page = self._expect("/", 200)
        self._expect("/sign-in/", 200)
        found = STATIC.findall(page)
        if found:
            self._expect(found[0], 200)
        else:
            self._tell(False, "the start page names no static file: is the front end built?")
        self._expect("/home/", 302)
        self._expect("/", 301, secure=False)
        self._expect_health()

    def _expect(self, path: str, wanted: int, *, secure: bool = True) -> str:
        how = "" if secure else " without TLS"
        try:
            status, body = self._get(path, secure=secure)
        except OSError as error:
            self._tell(False, f"{path}{how}: {error}")
            return ""
        self._tell(status == wanted, f"{path}{how}: {status}, {len(body)} bytes")
        return body

    def _expect_health(self) -> None:
        """The background needs a moment to be heard of."""
        until = monotonic() + PATIENCE / 2
        while (told := self._get("/healthz"))[0] != 200 and monotonic() < until:
            sleep(0.2)
        self._tell(told[0] == 200, f"/healthz: {told[0]}, {told[1]}")

    def _tell(self, right: bool, text: str) -> None:
        self.well = self.well and right
        self.say(f"{'ok   ' if right else 'WRONG'} {text}")

    def _get(self, path: str, *, secure: bool = True) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Host": self.host, "X-Forwarded-For": VISITOR,
                   "X-Forwarded-Proto": "https" if secure else "http"}  # fmt: skip
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        finally:
            connection.close()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _last_of(process: "subprocess.Popen[str]") -> str:
    process.terminate()
    told, _nothing = process.communicate(timeout=30)
    return told.strip().splitlines()[-1] if told.strip() else ""
