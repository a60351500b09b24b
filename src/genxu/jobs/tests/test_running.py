"""A job runs once, with the power of the one who asked, and goes on where it fell."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.utils import translation
from django.utils.translation import get_language

from genxu.core.access import system
from genxu.core.errors import Conflict
from genxu.jobs import actions, queue, running
from genxu.jobs.models import Job, JobFile
from genxu.jobs.running import Run
from genxu.people.actions import revoke_role
from genxu.people.roles import Role
from tests.cast import HOME, OPERATOR, Cast

from . import factories

Work = Callable[[Run], None]


@pytest.fixture(autouse=True)
def storage(monkeypatch: pytest.MonkeyPatch) -> InMemoryStorage:
    """Files of this test alone: numbers of jobs come again when a test is rolled back."""
    storage = InMemoryStorage()
    monkeypatch.setattr(JobFile._meta.get_field("file"), "storage", storage)
    return storage


def counting(upto: int) -> Work:
    """Counts on from its checkpoint, and keeps it at each step."""

    def work(run: Run) -> None:
        for n in range(run.checkpoint.get("n", 0) + 1, upto + 1):
            run.checkpoint["n"] = n
            run.progress(n, upto, keep=True)
        run.job.result = {"counted": upto}

    return work


def test_a_job_runs_to_its_end(cast: Cast) -> None:
    with factories.kind(counting(3)):
        job = factories.finish(factories.ask(cast.actor("secretary"), cast))
    assert (job.state, job.done, job.total, job.percent) == (Job.State.DONE, 3, 3, 100)
    assert job.result == {"counted": 3}
    assert job.checkpoint == {"n": 3}
    assert job.ended_at is not None
    assert job.held_by == ""


def test_an_unknown_kind_is_refused(cast: Cast) -> None:
    with pytest.raises(LookupError):
        queue.put(actor=system("clock"), kind="nothing", place=cast.home)


def test_a_job_that_is_over_does_not_run_again(cast: Cast) -> None:
    ran = []
    with factories.kind(lambda run: ran.append(1)):
        job = factories.ask(cast.actor("secretary"), cast)
        running.run(job.pk)
        running.run(job.pk)
    assert ran == [1]


def test_it_works_with_the_power_held_when_it_runs(cast: Cast) -> None:
    ran = []
    with factories.kind(lambda run: ran.append(1)):
        job = factories.ask(cast.actor("secretary"), cast)
        revoke_role(actor=OPERATOR, account=cast.secretary, role=Role.SECRETARY, place=cast.home)
        job = factories.finish(job)
    assert not ran
    assert job.state == Job.State.FAILED
    assert job.trouble


def test_the_account_of_who_asked_may_be_closed_meanwhile(cast: Cast) -> None:
    with factories.kind(lambda run: None):
        job = factories.ask(cast.actor("secretary"), cast)
        cast.secretary.is_active = False
        cast.secretary.save()
        assert factories.finish(job).state == Job.State.FAILED


def test_the_system_can_ask_too(cast: Cast) -> None:
    job = factories.asked(cast)
    Job.objects.filter(pk=job.pk).update(asked_by="system:operator", account=None)
    job.refresh_from_db()
    assert running.actor_of(job) == system("operator")


def test_a_refusal_is_its_trouble_and_an_accident_is_told_kindly(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    def refuses(run: Run) -> None:
        run.job.result = {"found": 1}
        raise Conflict("Three names cannot be printed.")

    def breaks(run: Run) -> None:
        raise RuntimeError("secret detail")

    with factories.kind(refuses):
        job = factories.finish(factories.ask(cast.actor("secretary"), cast))
    assert (job.state, job.trouble) == (Job.State.FAILED, "Three names cannot be printed.")
    assert job.result == {"found": 1}
    with factories.kind(breaks):
        job = factories.finish(factories.ask(cast.actor("secretary"), cast))
    assert job.state == Job.State.FAILED
    assert job.trouble
    assert "secret" not in job.trouble
    assert "secret detail" in caplog.text


def test_a_broken_job_goes_on_from_its_checkpoint(cast: Cast) -> None:
    seen = []

    def breaks_once(run: Run) -> None:
        seen.append(run.checkpoint.get("n", 0))
        if run.checkpoint.get("n"):
            return
        run.checkpoint["n"] = 7
        run.progress(7, 10, keep=True)
        raise RuntimeError

    with factories.kind(breaks_once):
        job = factories.finish(factories.ask(cast.actor("secretary"), cast))
        assert (job.state, job.done) == (Job.State.FAILED, 7)
        actions.resume_job(actor=cast.actor("secretary"), job=job)
        job = factories.finish(job)
    assert seen == [0, 7]
    assert (job.state, job.trouble) == (Job.State.DONE, "")


def test_stopping_ends_the_work_at_its_next_note(cast: Cast) -> None:
    reached = []

    def work(run: Run) -> None:
        run.checkpoint["n"] = 1
        run.progress(1, 3, keep=True)
        actions.stop_job(actor=cast.actor("secretary"), job=run.job)
        reached.append(1)
        run.checkpoint["n"] = 2
        run.progress(2, keep=True)
        reached.append(2)

    with factories.kind(work):
        job = factories.finish(factories.ask(cast.actor("secretary"), cast))
    assert reached == [1]
    assert job.state == Job.State.CANCELLED
    assert (job.done, job.checkpoint) == (1, {"n": 1})


def test_what_an_overtaken_run_writes_does_not_count(cast: Cast) -> None:
    """Stopped and started again while the old run is within a long step: the new one counts."""

    def work(run: Run) -> None:
        Job.objects.filter(pk=run.job.pk).update(held_by="elsewhere/1/x")
        run.checkpoint["n"] = 99
        run.progress(99, keep=True)

    with factories.kind(work):
        job = factories.finish(factories.ask(cast.actor("secretary"), cast))
    assert (job.state, job.held_by, job.done) == (Job.State.RUNNING, "elsewhere/1/x", 0)
    assert job.checkpoint == {}


def test_the_end_of_an_overtaken_run_does_not_count(cast: Cast) -> None:
    def work(run: Run) -> None:
        Job.objects.filter(pk=run.job.pk).update(held_by="elsewhere/1/x")

    with factories.kind(work):
        assert factories.finish(factories.ask(cast.actor("secretary"), cast)).state == "running"


def test_progress_is_noted_at_most_once_a_second(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    with factories.kind(lambda run: None):
        job = factories.ask(cast.actor("secretary"), cast)
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING)
    run = Run(job, cast.actor("secretary"))
    with django_assert_num_queries(1):
        for n in range(100):
            run.progress(n)


def test_a_file_of_the_same_name_replaces_the_one_from_before(
    cast: Cast, tmp_path: Path, storage: InMemoryStorage
) -> None:
    path = tmp_path / "made.pdf"

    def work(run: Run) -> None:
        for text in (b"first", b"second, longer"):
            path.write_bytes(text)
            run.add_file("新街镇 聘书.pdf", path, "pdf")

    with factories.kind(work):
        job = factories.finish(factories.ask(cast.actor("secretary"), cast))
    row = job.files.get()
    assert (row.name, row.size, row.kind) == ("新街镇 聘书.pdf", 14, "pdf")
    assert row.file.read() == b"second, longer"
    assert storage.listdir(f"jobs/{job.pk}")[1] == ["新街镇_聘书.pdf"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("421221104 新街镇 聘书 1.pdf", "421221104 新街镇 聘书 1.pdf"),
        ("../../罗家洲/党支部.xlsx", "-..-罗家洲-党支部.xlsx"),
        ("..\\..\\党支部.xlsx", "-..-党支部.xlsx"),
        ("党\u202esxlx.exe\x00", "党sxlx.exe"),
        ("长" * 300 + ".xlsx", "长" * 110 + ".xlsx"),
        ("..", "1"),
    ],
)
def test_a_file_lies_in_the_folder_of_its_job_whatever_it_is_called(name: str, kept: str) -> None:
    """Else it would not be thrown away, or land elsewhere where the ZIP is unpacked."""
    assert running.plain_name(name) == kept


def test_a_file_that_a_killed_run_left_without_a_row_is_replaced(
    cast: Cast, tmp_path: Path, storage: InMemoryStorage
) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(b"whole")
    with factories.kind(lambda run: run.add_file("a b.pdf", path) and None):
        job = factories.ask(cast.actor("secretary"), cast)
        storage.save(f"jobs/{job.pk}/a_b.pdf", ContentFile(b"ha"))
        factories.finish(job)
    assert storage.listdir(f"jobs/{job.pk}")[1] == ["a_b.pdf"]
    assert job.files.get().file.read() == b"whole"


def test_a_job_speaks_the_language_of_who_asked(cast: Cast) -> None:
    spoken = []
    with factories.kind(lambda run: spoken.append(get_language())):
        for language in ("en", "zh-hans"):
            with translation.override(language):
                job = factories.ask(cast.actor("secretary"), cast)
            running.run(job.pk)
    assert spoken == ["en", "zh-hans"]


@pytest.mark.parametrize("state", ["done", "failed", "cancelled"])
def test_what_is_over_cannot_be_stopped(cast: Cast, state: str) -> None:
    with pytest.raises(Conflict):
        actions.stop_job(actor=cast.actor("secretary"), job=factories.asked(cast, state=state))


@pytest.mark.parametrize("state", ["waiting", "running", "done"])
def test_what_is_not_broken_off_cannot_be_resumed(cast: Cast, state: str) -> None:
    with pytest.raises(Conflict):
        actions.resume_job(actor=cast.actor("secretary"), job=factories.asked(cast, state=state))


def test_asking_hands_the_job_to_the_worker_when_it_is_committed(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    ran = []
    with factories.kind(lambda run: ran.append(run.job.pk)) as name:
        with django_capture_on_commit_callbacks(execute=True) as calls:
            job = queue.put(actor=cast.actor("secretary"), kind=name, place=cast.hamlet(HOME))
        assert len(calls) == 1
        from django_tasks_db.models import DBTaskResult

        assert DBTaskResult.objects.ready().get().args_kwargs["args"] == [job.pk]
