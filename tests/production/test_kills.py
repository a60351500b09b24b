"""Any process may be killed at any moment: what was answered is kept, and all comes back."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from uuid import uuid4

import pytest

from .doing import bring_register, record_talk, take_in
from .site import BACK_WITHIN, HAMLET, LAN, ZHOU, Site, is_there, kill, wait_until

ROWS = 9000


@contextmanager
def talks_going_on(site: Site, topic: str) -> Iterator[list[str]]:
    """A secretary records talk after talk; what she was told is recorded. A page that broke is
    sent once more with the same client-made id, as her browser would do."""
    lan, told, stop = site.staff(LAN, "127.0.0.9"), [], threading.Event()

    def go_on() -> None:
        for n in count():  # a number drawn at random may look like a telephone's, and is refused
            if stop.is_set():
                return
            name, client_id = f"{topic} {n}", str(uuid4())
            while not (sent := _sent(lan, name, client_id)) and not stop.wait(0.1):
                pass
            if sent:
                told.append(name)

    thread = threading.Thread(target=go_on, daemon=True)
    thread.start()
    try:
        wait_until(lambda: len(told) >= 2, 60)
        yield told
        enough = len(told) + 3
        wait_until(lambda: len(told) >= enough, 60)
    finally:
        stop.set()
        thread.join(60)
    assert not thread.is_alive()


def _sent(lan: object, name: str, client_id: str) -> bool:
    try:
        return record_talk(lan, topic=name, client_id=client_id).status == 302  # type: ignore[arg-type]
    except (OSError, AssertionError, ValueError):
        return False


def assert_all_kept_once(site: Site, told: list[str]) -> None:
    topics = [row[0] for row in site.records.rows("SELECT topic FROM talks_talk")]
    for name in told:
        assert topics.count(name) == 1, name


@pytest.mark.parametrize("kind", ["web", "worker", "jobs"])
def test_a_killed_process_is_back_within_seconds_and_nothing_is_lost(site: Site, kind: str) -> None:
    wait_until(site.is_complete, 30)
    (victim, *_others) = site.processes()[kind]
    with talks_going_on(site, f"{kind} 被杀") as told:
        kill(victim)
        wait_until(lambda: not is_there(victim), 5)
        wait_until(site.is_back, BACK_WITHIN, site.told)
    assert_all_kept_once(site, told)


def test_two_deaths_within_seconds_are_no_reason_to_stop_for_ever(site: Site) -> None:
    wait_until(site.is_complete, 30)
    for _n in range(4):
        wait_until(lambda: site.processes()["web"], 20, site.told)
        for pid in site.processes()["web"]:
            kill(pid)
    wait_until(site.is_back, 20, site.told)
    assert site.visitor().get("/").status == 200


def test_when_the_main_process_is_killed_its_children_end_and_all_comes_back(site: Site) -> None:
    wait_until(site.is_complete, 30)
    before = site.processes()
    with talks_going_on(site, "主进程被杀") as told:
        kill(before["main"][0])
        assert site.process
        site.process.wait(5)
        children = [pid for kind in ("web", "worker", "jobs") for pid in before[kind]]
        wait_until(lambda: not any(map(is_there, children)), 5, lambda: str(before))
        site.start()  # as the unit of the operating system does
        wait_until(site.is_back, BACK_WITHIN, site.told)
    assert_all_kept_once(site, told)


def test_a_register_is_taken_in_whole_though_the_job_process_is_killed_again_and_again(
    site: Site,
) -> None:
    clerk = site.staff(ZHOU)
    before = _households(site)
    address = bring_register(clerk, ROWS)
    _kill_jobs(site)  # while it is checked
    take_in(clerk, address)
    _kill_jobs(site)
    wait_until(lambda: _households(site) > before, 60, site.told, pause=0.02)
    _kill_jobs(site)  # after the first batch
    wait_until(lambda: _households(site) == before + ROWS, 60, site.told)
    wait_until(lambda: site.health().status == 200, BACK_WITHIN, site.told)


def _kill_jobs(site: Site) -> None:
    wait_until(lambda: len(site.processes()["jobs"]) == 2, 20, site.told)
    for pid in site.processes()["jobs"]:
        kill(pid)


def _households(site: Site) -> int:
    statement = "SELECT count(*) FROM people_household WHERE hamlet_id = ?"
    return int(site.records.one(statement, HAMLET))


def test_the_journal_is_sound_after_all_that(site: Site) -> None:
    with talks_going_on(site, "账还对得上"):
        kill(site.processes()["worker"][0])
    site.genxu("journal", "seal")
    assert "sound" in site.genxu("journal", "verify")
