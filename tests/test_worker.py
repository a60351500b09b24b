"""The worker does its duties, and one that fails does not stop the others."""

import threading
from typing import Any

import pytest

from genxu.core.models import Pending, Seal
from genxu.insight.models import Standing
from genxu.serving import worker
from genxu.serving.kept import Keeper, Kept

from .cast import HOME, Cast
from .doing import hold_talk


@pytest.fixture
def _kept_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)


@pytest.mark.usefixtures("_kept_connection")
def test_the_duties_bring_everything_up_to_date(cast: Cast) -> None:
    hold_talk(cast)
    for duty in worker.duties():
        worker._do(duty)
    assert not Pending.objects.exists()
    assert Seal.objects.exists()
    assert Standing.objects.get(place=HOME, key="institutions.talks_held").value == 1


def test_a_process_that_cannot_be_started_now_is_started_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """There was no memory for it: the one who keeps it does not give up."""
    tried = threading.Event()

    class Reluctant(Kept):
        times = 0

        def keep(self) -> None:
            self.times += 1
            if self.times == 1:
                raise OSError("no memory")
            tried.set()

    with Keeper(Reluctant("worker")):
        assert tried.wait(10)


@pytest.mark.usefixtures("_kept_connection")
def test_a_duty_that_fails_is_tried_again_and_the_others_go_on(
    caplog: Any,
) -> None:
    stop, done = threading.Event(), []

    def fails() -> None:
        raise RuntimeError("no luck")

    def works() -> None:
        done.append(1)
        if len(done) == 3:
            stop.set()

    duties = [worker.Duty("bad", 0.01, fails), worker.Duty("good", 0.01, works)]
    worker.do_duties(stop, duties)
    assert len(done) == 3
    assert "no luck" in caplog.text
