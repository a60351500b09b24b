"""The front of the server: a request takes a thread only when it is whole.

Granian reads the headers. The body is read here, with limits on its size, its time and on how many
may be unfinished, and holds no thread while it comes. Then one of a few threads runs Django. A long
answer has threads of its own, so that a slow reader holds up nobody; ``/healthz`` has one too.
"""

import asyncio
import io
import json
import logging
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import Context, copy_context
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from granian.rsgi import ProtocolClosed

log = logging.getLogger("genxu.front")

Headers = list[tuple[str, str]]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Health = Callable[[], tuple[int, dict[str, Any]]]
HEALTH = "/healthz"
HEALTH_SECONDS = 0.8
IN_MEMORY = 256 * 1024
"""So much of a body, or of an answer, is held in memory."""


@dataclass(frozen=True)
class Limits:
    """Bytes, seconds, and how many at once, in each process that answers."""

    body: int = 1024 * 1024
    files: int = 48 * 1024 * 1024
    """A talk with its pictures, the spreadsheet of a county: only where files are taken, and from
    a browser with a session."""
    held: int = 256 * 1024 * 1024
    """All unfinished bodies together."""
    silence: float = 15
    """So long nothing may come of a body that is not whole."""
    time: float = 30
    """For a small body; there is a second more for each ``slowest`` bytes that came."""
    slowest: int = 8 * 1024
    unfinished: int = 400
    unfinished_of_one: int = 24
    """From one address, which the phones of a hamlet may share."""
    threads: int = 8
    waiting: int = 200
    """Requests that are whole and wait for a thread."""
    streams: int = 24
    reading: float = 60
    """So long a reader may take for a part of an answer."""


class Turned(Exception):
    """The request is not taken; ``status`` says why."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


class Gone(Exception):
    """The visitor went before the request was whole."""


SENTENCES = {
    408: "太久没有收到内容，这次没有保存。请检查信号，再试一次。\n"
    "Nothing came for too long, so nothing was saved. Please check the signal and try again.\n",
    413: "内容太大了，收不下。请把图片或表格分开来发。\n"
    "This is too large. Please send the pictures or sheets in parts.\n",
    429: "同时发来的太多了。请等一等，再试一次。\n"
    "Too many at the same time. Please wait a little and try again.\n",
    503: "现在人太多，或者机器的磁盘满了。请过一会儿再试。\n"
    "Too busy just now, or the disk of the machine is full. Please try again in a while.\n",
}


class Front:
    """An RSGI application before a WSGI one.

    ``address_of`` tells from where a request comes, ``takes_files`` whether files are sent to a
    path, ``health`` what ``/healthz`` answers.
    """

    def __init__(
        self,
        application: Application,
        *,
        address_of: Callable[[dict[str, Any]], str],
        takes_files: Callable[[str], bool],
        health: Health,
        session_cookie: str,
        limits: Limits | None = None,
    ) -> None:
        self.application = application
        self.address_of = address_of
        self.takes_files = takes_files
        self.health = health
        self.session_cookie = session_cookie
        self.limits = limits or Limits()
        self.pages = ThreadPoolExecutor(self.limits.threads, "page")
        self.streams = ThreadPoolExecutor(self.limits.streams, "stream")
        self.at_health = ThreadPoolExecutor(1, "health")
        self.asked_health: asyncio.Future[tuple[int, dict[str, Any]]] | None = None
        self.waiting = self.streaming = 0
        self.bodies: dict[asyncio.Task[Any], Body] = {}
        """The unfinished ones, the oldest first."""

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        if scope.path == HEALTH:
            await self._tell_health(protocol)
            return
        environ = environ_of(scope)
        try:
            environ["wsgi.input"] = await self._body(environ, protocol)
            await self._answer(environ, protocol)
        except Gone:
            protocol.response_empty(400, [])
        except Turned as turned:
            _refuse(protocol, turned.status)

    # --- the body ------------------------------------------------------------------------------

    async def _body(self, environ: dict[str, Any], protocol: Any) -> IO[bytes]:
        length = _declared(environ)
        if length == 0:
            return io.BytesIO()
        most = self._most(environ)
        if length is not None and length > most:
            raise Turned(413)
        with self._unfinished(self.address_of(environ)) as body:
            content = await self._kept(body, protocol, most)
        if length is not None and body.size != length:
            raise Gone
        environ["CONTENT_LENGTH"] = str(body.size)
        content.seek(0)
        return content

    def _most(self, environ: dict[str, Any]) -> int:
        files = self.takes_files(environ["PATH_INFO"])
        known = f"{self.session_cookie}=" in environ.get("HTTP_COOKIE", "")
        return self.limits.files if files and known else self.limits.body

    @contextmanager
    def _unfinished(self, who: str) -> Iterator["Body"]:
        others = self._standing()
        if sum(one.who == who for one in others) >= self.limits.unfinished_of_one:
            raise Turned(429)
        if len(others) >= self.limits.unfinished:
            _turn_out_one(others, lambda _body: 1)
        task = asyncio.current_task()
        assert task is not None
        body = self.bodies[task] = Body(who, task)
        try:
            yield body
        except asyncio.CancelledError:
            if not body.turned_out:
                raise
            task.uncancel()
            raise Turned(503) from None
        finally:
            del self.bodies[task]

    def _standing(self) -> "list[Body]":
        return [one for one in self.bodies.values() if not one.turned_out]

    async def _kept(self, body: "Body", protocol: Any, most: int) -> IO[bytes]:
        try:
            return await self._read(body, protocol, most)
        except OSError as error:  # where long bodies are kept: the disk is full
            log.exception("a body could not be kept")
            raise Turned(503) from error

    async def _read(self, body: "Body", protocol: Any, most: int) -> IO[bytes]:
        content = cast("IO[bytes]", SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115
        async for part in self._parts(protocol):
            body.size += len(part)
            if body.size > most:
                raise Turned(413)
            if sum(one.size for one in self._standing()) > self.limits.held:
                _turn_out_one(self._standing(), lambda one: one.size)
            if body.turned_out:  # wait_for may have swallowed that it was cancelled
                raise Turned(503)
            content.write(part)
        return content

    async def _parts(self, protocol: Any) -> AsyncIterator[bytes]:
        """What comes of a body; ``Turned`` when it comes too slowly."""
        clock = asyncio.get_running_loop().time
        started, size, parts = clock(), 0, aiter(protocol)
        while True:
            left = started + self.limits.time + size / self.limits.slowest - clock()
            try:
                part = await asyncio.wait_for(_next(parts), min(self.limits.silence, left))
            except TimeoutError:
                raise Turned(408) from None
            if part is None:
                return
            size += len(part)
            yield part

    # --- the answer ----------------------------------------------------------------------------

    async def _answer(self, environ: dict[str, Any], protocol: Any) -> None:
        if self.waiting >= self.limits.waiting:
            raise Turned(503)
        loop = asyncio.get_running_loop()
        self.waiting += 1
        try:
            answer = await loop.run_in_executor(self.pages, self._run, environ)
        finally:
            self.waiting -= 1
        if answer.parts is None:
            protocol.response_bytes(answer.status, answer.headers, answer.whole)
        else:
            await self._stream(answer, protocol)

    def _run(self, environ: dict[str, Any]) -> "Answer":
        """Django's answer, in a thread of its own."""
        answer = Answer()
        result: Any = self.application(environ, answer.start)
        if getattr(result, "streaming", False) and not answer.is_short:
            answer.parts, answer.context = result, copy_context()
            return answer
        try:
            answer.whole = b"".join(result)
        finally:
            result.close()
        return answer

    async def _stream(self, answer: "Answer", protocol: Any) -> None:
        loop = asyncio.get_running_loop()
        if self.streaming >= self.limits.streams:
            await loop.run_in_executor(self.pages, answer.parts.close)
            raise Turned(503)
        self.streaming += 1
        transport = protocol.response_stream(answer.status, answer.headers)
        try:
            await loop.run_in_executor(self.streams, self._send, answer, transport, loop)
        finally:
            self.streaming -= 1

    def _send(self, answer: "Answer", transport: Any, loop: asyncio.AbstractEventLoop) -> None:
        """Part by part, as the reader takes them; in the context (language) of the page."""

        async def send(part: bytes) -> None:
            await asyncio.wait_for(transport.send_bytes(part), self.limits.reading)

        def parts() -> None:
            for part in answer.parts:
                asyncio.run_coroutine_threadsafe(send(part), loop).result()

        try:
            cast("Context", answer.context).run(parts)
        except (TimeoutError, ConnectionError, ProtocolClosed):
            log.info("a reader of a long answer went away")
        finally:
            answer.parts.close()

    # --- health --------------------------------------------------------------------------------

    async def _tell_health(self, protocol: Any) -> None:
        """Within a second, whatever the database does: a check that hangs is not asked twice."""
        loop = asyncio.get_running_loop()
        if self.asked_health is None or self.asked_health.done():
            self.asked_health = loop.run_in_executor(self.at_health, self.health)
        try:
            shielded = asyncio.shield(self.asked_health)
            status, told = await asyncio.wait_for(shielded, HEALTH_SECONDS)
        except TimeoutError:
            status, told = 503, {"status": "unwell", "reasons": ["the database does not answer"]}
        headers = [("content-type", "application/json"), ("cache-control", "no-store")]
        protocol.response_str(status, headers, json.dumps(told))


@dataclass(eq=False)
class Body:
    """One that is not whole yet."""

    who: str
    task: "asyncio.Task[Any]"
    size: int = 0
    turned_out: bool = False


class Answer:
    """What Django answered: ``whole``, or ``parts`` to be sent one after the other."""

    def __init__(self) -> None:
        self.status = 500
        self.headers: Headers = []
        self.whole = b""
        self.parts: Any = None
        self.context: Context | None = None

    def start(self, status: str, headers: Headers, _error: Any = None) -> None:
        """WSGI's ``start_response``."""
        self.status, self.headers = int(status.split(" ", 1)[0]), headers

    @property
    def is_short(self) -> bool:
        """A picture, a script: cheaper to send whole."""
        for name, value in self.headers:
            if name.lower() == "content-length":
                return int(value) <= IN_MEMORY
        return False


def _turn_out_one(bodies: "list[Body]", weight: "Callable[[Body], int]") -> None:
    """All is full: whoever holds most gives way with the oldest of the bodies."""
    holding: Counter[str] = Counter()
    for one in bodies:
        holding[one.who] += weight(one)
    most = max(holding.values())
    first = next(one for one in bodies if holding[one.who] == most)
    first.turned_out = True
    if first.task is not asyncio.current_task():
        first.task.cancel()


async def _next(parts: Any) -> bytes | None:
    try:
        return cast("bytes", await anext(parts))
    except StopAsyncIteration:
        return None


def _declared(environ: dict[str, Any]) -> int | None:
    """How long the body is said to be; None if it says so at its end only."""
    if "HTTP_TRANSFER_ENCODING" in environ:
        return None
    length = environ.get("CONTENT_LENGTH", "") or "0"
    if not (length.isascii() and length.isdecimal() and len(length) < 16):
        raise Turned(413)
    return int(length)


def _refuse(protocol: Any, status: int) -> None:
    headers = [("content-type", "text/plain; charset=utf-8"), ("cache-control", "no-store"),
               ("retry-after", "30"), ("connection", "close")]  # fmt: skip
    protocol.response_str(status, headers, SENTENCES[status])


def environ_of(scope: Any) -> dict[str, Any]:
    """The request as WSGI (PEP 3333) tells it.

    A header with an underscore is left out: it would pass for one that only the proxy may set.
    """
    server, _colon, port = scope.server.rpartition(":")
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode().decode("latin-1"),
        "SERVER_NAME": server.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
    }
    for name, value in scope.headers.items():
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        if key in environ:
            value = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"
        environ[key] = value
    return environ
