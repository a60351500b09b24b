"""A throw-away PostgreSQL cluster with the default durability, or the one that is given."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from .ports import free_port
from .report import Failed

GIVEN = "BENCH_POSTGRES"


class NoPostgres(Failed):
    """There is no PostgreSQL to be had here; the text says so plainly."""


@contextmanager
def server() -> Iterator[str]:
    """The URL of a server on which databases may be made; ``NoPostgres`` if there is none."""
    given = os.environ.get(GIVEN)
    if given:
        yield given
        return
    binaries = _binaries()
    home = Path(tempfile.mkdtemp(prefix="genxu-bench-"))
    port = free_port()
    try:
        _start(binaries, home, port)
        yield f"postgres://postgres@127.0.0.1:{port}/postgres"
    finally:
        if (home / "data" / "postmaster.pid").exists():
            _run([binaries / "pg_ctl", "-D", home / "data", "-m", "immediate", "stop"])
        shutil.rmtree(home, ignore_errors=True)


def database(server_url: str, name: str, template: str = "template1") -> str:
    """Make a database anew, empty or as a copy; returns its URL."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        drop(server_url, name)
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))


def drop(server_url: str, name: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    raise NoPostgres(
        "PostgreSQL is not installed here, so its rows are not measured. Install it, or give "
        f"{GIVEN}=postgres://… of a server on which databases may be made."
    )


def _version(path: Path) -> float:
    name = path.parts[-3]
    return float(name) if name.replace(".", "", 1).isdigit() else 0.0


def _start(binaries: Path, home: Path, port: int) -> None:
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
    data = home / "data"
    _run([binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
          "--locale=C.UTF-8"])  # fmt: skip
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home}"
    _run([binaries / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start"])


def _run(command: list[str | Path]) -> None:
    """Run a command of PostgreSQL, which refuses to be root."""
    before = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*before, *map(str, command)],
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NoPostgres(f"PostgreSQL did not start, so it is not measured: {done.stderr.strip()}")
