"""``/healthz`` says what is not well: who is silent, what lags, how little room is left."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client
from django.utils import timezone

from genxu.core import clock, journal
from genxu.core.heartbeats import beat
from genxu.core.models import Heartbeat, Pending
from genxu.jobs.models import Job
from genxu.portal import health
from tests.cast import CITY, Cast
from tests.doing import hold_talk


@pytest.fixture(autouse=True)
def _all_well(cast: Cast, settings: Any, tmp_path: Path) -> Iterator[None]:
    """With a folder of its own: that of the program is there only once something was kept in it."""
    settings.VAR = tmp_path
    Pending.objects.all().delete()
    for name in health.BACKGROUND:
        beat(name)
    with clock.at(timezone.now()):
        yield


def told(client: Client) -> str:
    answer = client.get("/healthz")
    assert answer.status_code == 503
    (reason,) = answer.json()["reasons"]
    return str(reason)


def test_all_is_well(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


@pytest.mark.parametrize("name", health.BACKGROUND)
def test_a_process_that_fell_silent_is_named(client: Client, name: str) -> None:
    ago = timezone.now() - health.SILENT - timedelta(seconds=1)
    Heartbeat.objects.filter(name=name).update(at=ago)
    assert name in told(client)
    beat(name)
    assert client.get("/healthz").status_code == 200


def test_a_process_never_heard_of_is_named(client: Client) -> None:
    Heartbeat.objects.filter(name="worker").delete()
    assert "worker" in told(client)


def test_a_follower_that_lags_is_named(client: Client, cast: Cast) -> None:
    with clock.at(timezone.now() - health.BEHIND - timedelta(seconds=1)):
        hold_talk(cast)
    Pending.objects.exclude(follower=journal.SEAL).delete()
    assert "seal" in told(client)
    journal.seal()
    assert client.get("/healthz").status_code == 200


def test_a_job_that_waits_too_long_is_said(client: Client, cast: Cast) -> None:
    asked = timezone.now() - health.WAITED - timedelta(seconds=1)
    job = Job.objects.create(kind="x", place_id=CITY, asked_by="system:x", asked_at=asked)
    assert "job" in told(client)
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING)
    assert client.get("/healthz").status_code == 200


def test_a_disk_that_is_nearly_full_is_said(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(health, "LEAST_DISK", 1 << 62)
    assert "disk" in told(client)


@pytest.mark.parametrize("error", [OperationalError("closed"), InterfaceError("closed")])
def test_a_database_that_does_not_answer_is_said(
    client: Client, monkeypatch: Any, error: Exception
) -> None:
    def away() -> None:
        raise error

    monkeypatch.setattr(health, "reasons", away)
    assert told(client) == "the database does not answer"


def test_a_folder_that_is_not_there_is_said(client: Client, settings: Any) -> None:
    settings.VAR = settings.VAR / "no" / "such"
    assert "folder" in told(client)


def test_what_is_not_well_stands_in_the_log(monkeypatch: Any, caplog: Any) -> None:
    caplog.set_level("INFO", "genxu.health")
    health.note_in_log()
    assert "well" in caplog.messages
    Heartbeat.objects.all().delete()
    health.note_in_log()
    assert any("unwell" in line and "worker" in line for line in caplog.messages)
