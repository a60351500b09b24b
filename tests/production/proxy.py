"""What stands before the program in production, without TLS: sets the forwarded headers.

Strangers and staff come from addresses of their own (127.0.0.2, 127.0.0.3, …), as through a real
proxy; what a client says of forwarding itself is thrown away.
"""

import asyncio
import threading
from contextlib import suppress

OURS = (b"x-forwarded-for:", b"x-forwarded-proto:", b"forwarded:", b"connection:")


class Proxy:
    """Passes each connection on to ``target``; one request a connection."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.port = 0
        self.loop = asyncio.new_event_loop()
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> "Proxy":
        self.thread.start()
        assert self.ready.wait(10)
        return self

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        listening = asyncio.start_server(self._take, "127.0.0.1", 0, backlog=512)
        server = self.loop.run_until_complete(listening)
        self.port = server.sockets[0].getsockname()[1]
        self.ready.set()
        self.loop.run_forever()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            head = await reader.readuntil(b"\r\n\r\n")
            visitor = writer.get_extra_info("peername")[0]
            behind, ahead = await asyncio.open_connection("127.0.0.1", self.target)
            ahead.write(with_forwarded(head, visitor))
            up = asyncio.create_task(_pass_on(reader, ahead))
            down = asyncio.create_task(_pass_on(behind, writer))
            await asyncio.wait({up, down}, return_when=asyncio.FIRST_COMPLETED)
            if not down.done():  # she has gone, or has sent all: what is still to come may come
                await asyncio.wait({down}, timeout=5)
            for one in (up, down):
                one.cancel()
            ahead.close()
        with suppress(OSError):
            writer.close()


def with_forwarded(head: bytes, visitor: str) -> bytes:
    lines = head[:-4].split(b"\r\n")
    kept = [line for line in lines if not line.lower().startswith(OURS)]
    told = f"X-Forwarded-For: {visitor}\r\nX-Forwarded-Proto: https\r\nConnection: close"
    return b"\r\n".join([*kept, told.encode()]) + b"\r\n\r\n"


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while part := await reader.read(65536):
            writer.write(part)
            await writer.drain()


class Wire:
    """A line to the database's server that can be cut and mended."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port_behind = host, port
        self.cut = False
        self.port = 0
        self.loop = asyncio.new_event_loop()
        self.ready = threading.Event()
        self.open: set[asyncio.StreamWriter] = set()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> "Wire":
        self.thread.start()
        assert self.ready.wait(10)
        return self

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)

    def break_off(self) -> None:
        """Cut all that is open; new ones are turned away until ``mend``."""
        self.cut = True
        self.loop.call_soon_threadsafe(lambda: [one.close() for one in list(self.open)])

    def mend(self) -> None:
        self.cut = False

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(asyncio.start_server(self._take, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self.ready.set()
        self.loop.run_forever()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.cut:
            writer.close()
            return
        with suppress(OSError):
            behind, ahead = await asyncio.open_connection(self.host, self.port_behind)
            self.open |= {writer, ahead}
            await asyncio.wait(
                [asyncio.create_task(_pass_on(reader, ahead)),
                 asyncio.create_task(_pass_on(behind, writer))],
                return_when=asyncio.FIRST_COMPLETED,
            )  # fmt: skip
            self.open -= {writer, ahead}
            ahead.close()
        writer.close()
