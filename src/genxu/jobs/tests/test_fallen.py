"""A job whose process is killed is taken up again and ends without doubles: real processes, a
real database, the command that the worker runs."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.house import Records, migrated
from tests.moulds import Moulds

PROGRAM = Path(__file__).with_name("steps_program.py")
ROOT = Path(__file__).parents[4]
PATIENCE = 120


@dataclass
class Machine:
    """Starts the program in processes of its own, on one database and one folder."""

    folder: Path
    url: str
    started: "list[subprocess.Popen[str]]" = field(default_factory=list)

    def start(self, task: str) -> "subprocess.Popen[str]":
        environment = {
            **os.environ, "DATABASE_URL": self.url, "GENXU_MODE": "demo",
            "DJANGO_SETTINGS_MODULE": "genxu.config.settings.demo", "GENXU_VAR": str(self.folder),
            "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        process = subprocess.Popen(
            [sys.executable, str(PROGRAM), task], env=environment, cwd=ROOT,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.started.append(process)
        return process

    def do(self, task: str) -> str:
        process = self.start(task)
        told, _errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
        return told.strip()

    def job(self) -> tuple[Any, ...]:
        rows = Records(self.url).rows("SELECT state, done, runs, held_by FROM jobs_job")
        return rows[0]

    def end(self) -> None:
        for process in self.started:
            if process.poll() is None:
                process.kill()
                process.wait()


@pytest.fixture
def machine(tmp_path: Path, worker_id: str, moulds: Moulds) -> Iterator[Machine]:
    name = f"genxu_jobs_{os.getpid()}_{worker_id}"
    database = moulds.pour("migrated", migrated, tmp_path, name)
    machine = Machine(tmp_path, database.url)
    yield machine
    machine.end()
    database.drop()


def until(true: Callable[[], Any], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.1)


def test_a_killed_job_is_taken_up_at_once_and_nothing_is_done_twice(machine: Machine) -> None:
    folder = machine.folder
    machine.do("ask")
    first = machine.start("work")
    until((folder / "waiting").exists, "the sixth step")
    assert machine.job()[:3] == ("running", 5, 1)
    assert machine.do("keep") == "0", "it lives: nothing is taken from it"
    first.kill()
    first.wait()
    (folder / "go").touch()
    assert machine.do("keep") == "1", "known to be gone, without waiting for a minute"
    machine.start("work")
    until(lambda: machine.job()[0] == "done", "the end")
    assert machine.job() == ("done", 10, 2, "")
    steps = [int(line) for line in (folder / "steps").read_text().split()]
    assert steps == [0, 1, 2, 3, 4, 5, 5, 6, 7, 8, 9], "only the step that fell is begun anew"
    rows = Records(machine.url).rows("SELECT name FROM jobs_jobfile ORDER BY name")
    assert [name for (name,) in rows] == [f"{n}.txt" for n in range(10)]
    assert len(list((folder / "media" / "jobs" / "1").iterdir())) == 10
