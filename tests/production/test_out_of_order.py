"""The database is away or locked, the disk is full: a plain page, and all is well afterwards."""

import os
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.moulds import Moulds

from .doing import record_talk
from .site import LAN, Site, open_site, wait_until

on_sqlite = pytest.mark.skipif(
    os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="a lock of SQLite"
)
on_postgres = pytest.mark.skipif(
    not os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="a server to be away"
)


def assert_plain(answer: Any) -> None:
    assert answer.status == 503
    assert "过几分钟再试" in answer.text
    assert answer.headers["retry-after"]


def health_within_a_second(site: Site) -> int:
    started = time.monotonic()
    status = site.health().status
    assert time.monotonic() - started < 1.2
    return status


@contextmanager
def locked(site: Site) -> Iterator[None]:
    """Somebody has locked the file and does not let go."""
    other = sqlite3.connect(site.var / "genxu.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@on_sqlite
def test_a_locked_database_gives_a_plain_page_and_health_answers(site: Site) -> None:
    lan = site.staff(LAN)
    with locked(site):
        assert_plain(record_talk(lan, topic="锁着的时候"))
        health_within_a_second(site)
    wait_until(lambda: site.health().status == 200, 20, site.told)
    assert record_talk(lan, topic="锁开了").status == 302


@on_postgres
def test_a_database_that_is_away_gives_a_plain_page_and_comes_back(site: Site) -> None:
    lan = site.staff(LAN)
    site.wire.break_off()
    try:
        for _n in range(3):
            assert_plain(lan.get("/home/"))
            assert health_within_a_second(site) == 503
        assert site.visitor().get("/static/favicon.svg").status == 200
    finally:
        site.wire.mend()
    wait_until(lambda: site.health().status == 200, 30, site.told)
    assert record_talk(lan, topic="又通了").status == 302


# --- the disk ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small_disk(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str, moulds: Moulds
) -> Iterator[Site]:
    """A production whose folder lies on a file system of 160 MB."""
    if os.geteuid():
        pytest.skip("mounting a small file system needs root")
    folder = tmp_path_factory.mktemp("small")
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", str(folder)], check=True)
    try:
        yield from open_site(folder, f"genxu_small_{os.getpid()}_{worker_id}", moulds)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path) -> Callable[[], None]:
    """Write until not a byte is left; gives what makes room again."""
    path = folder / "ballast"
    with path.open("wb", buffering=0) as ballast:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    ballast.write(b"x" * size)
            except OSError:
                continue
    return path.unlink


def pictures(site: Site) -> set[Path]:
    return {path for path in (site.var / "media").rglob("*") if path.is_file()}


def test_a_full_disk_gives_a_plain_page_leaves_no_stray_file_and_is_seen(small_disk: Site) -> None:
    site = small_disk
    lan = site.staff(LAN)
    assert record_talk(lan, photo=True, topic="有地方").status == 302
    lan.get("/talks/at/421221104202001/new/")
    kept, empty = pictures(site), fill(site.folder)
    try:
        answer = record_talk(lan, photo=True, topic="没地方了")
        assert_plain(answer)
        assert health_within_a_second(site) == 503
        assert "disk" in site.health().text
        assert pictures(site) == kept
    finally:
        empty()
    wait_until(lambda: site.health().status == 200, 30, site.told)
    assert record_talk(lan, photo=True, topic="又有地方了").status == 302
    topics = [row[0] for row in site.records.rows("SELECT topic FROM talks_talk")]
    assert "没地方了" not in topics
    assert "又有地方了" in topics
