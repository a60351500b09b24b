"""Serving the pages: Granian with the front in each of its processes, the worker beside them."""

import logging
import multiprocessing
import socket
from contextlib import nullcontext, suppress
from time import monotonic, sleep
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from .kept import Keeper, Kept

log = logging.getLogger("genxu.serving")
BACKLOG = 2048
HEADERS_WITHIN = 10_000
"""Milliseconds in which the headers of a request must have come."""
TAKEN_PATIENCE = 5
"""Seconds in which one that was just killed has let go of its port."""


def serve(host: str, port: int, workers: int, *, worker: bool) -> None:
    """Serve until stopped; the worker beside it stops with it."""
    from django.conf import settings

    check_tables()
    if settings.DEMONSTRATION and host not in ("127.0.0.1", "localhost", "::1"):
        raise SystemExit("genxu: a demonstration is served on this machine only (127.0.0.1)")
    multiprocessing.set_start_method("spawn", force=True)  # no locks and lines of this process
    guard = claim(host, port)
    with guard, Keeper(Kept("worker")) if worker else nullcontext():
        _serve_for_ever(host, port, workers)


def _serve_for_ever(host: str, port: int, workers: int) -> None:
    """Granian gives up when its processes fall twice within seconds; this does not."""
    while True:
        server = _server(host, port, workers)
        with suppress(SystemExit):
            server.serve()
        if server.interrupt_signal:
            return
        log.error("the processes that answer fell; they are started again")
        sleep(1)
        if server.interrupt_signal:  # told to stop meanwhile
            return


def _server(host: str, port: int, workers: int) -> Any:
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings

    return Granian(
        "genxu.config.front:front",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN),
        websockets=False,
        workers=workers,
        backlog=BACKLOG,
        backpressure=BACKLOG,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )


def check_tables() -> None:
    """Say so, rather than fail at the first page, when the database is not up to date."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise SystemExit("genxu: the database is not up to date; run: genxu migrate")
    connection.close()


def claim(host: str, port: int) -> socket.socket:
    """Make sure that nobody else answers at this port, now or while we do; keep what it returns.

    The processes that answer share the port (SO_REUSEPORT), so the system would let a second
    program in: half the pages would then come from each.
    """
    until = monotonic() + TAKEN_PATIENCE
    while not _is_free(host, port):
        if monotonic() > until:
            raise SystemExit(f"genxu: something answers at {host}, port {port}, already")
        sleep(0.2)
    guard = socket.socket(socket.AF_UNIX)
    try:
        guard.bind(f"\0genxu {host} {port}")
    except OSError as error:
        raise SystemExit(f"genxu: another genxu is starting at {host}, port {port}") from error
    return guard


def _is_free(host: str, port: int) -> bool:
    family, *_rest, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen(1)
        except OSError:
            return False
    return True
