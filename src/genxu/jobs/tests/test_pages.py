"""The page of a job tells how far it is, stops asking when it is over, and gives its files."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from genxu.core.access import Kind as ActorKind
from genxu.jobs.kinds import KINDS, Kind
from genxu.jobs.models import Job, JobFile
from genxu.jobs.rules import steer_job
from genxu.organisation.centre_households.rules import print_papers
from tests.cast import Cast, Enter

from .factories import COUNT, asked

HTMX = {"HX-Request": "true"}


def show(client: Client, job: Job, said: str | None = None) -> str:
    query = {} if said is None else {"said": said}
    headers = {} if said is None else HTMX
    return client.get(reverse("job", args=[job.pk]), query, headers=headers).content.decode()


def at(job: Job, **values: Any) -> Job:
    Job.objects.filter(pk=job.pk).update(**values)
    return job


def with_file(job: Job, name: str = "新街镇 聘书.pdf") -> JobFile:
    row = JobFile(job=job, name=name, size=3)
    row.file.save(name, ContentFile(b"pdf"), save=True)
    return row


def test_the_bar_asks_for_itself_until_it_is_over(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    job = at(asked(cast, state="running"), done=420, total=1000)
    text = show(client, job)
    assert "hx-trigger" in text
    assert 'value="42"' in text
    for state in ("done", "failed", "cancelled"):
        at(job, state=state)
        assert "hx-trigger" not in show(client, job)
        assert "hx-trigger" not in show(client, job, "25")


def test_a_screen_reader_hears_only_what_is_new(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    job = at(asked(cast, state="running"), done=420, total=1000)
    assert 'hx-swap-oob="true"' in show(client, job, "0")
    assert 'hx-swap-oob="true"' not in show(client, job, "25")
    at(job, state="done")
    assert 'hx-swap-oob="true"' in show(client, job, "25")
    assert 'role="status"' in show(client, job)


def test_files_are_there_when_it_is_over(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    job = asked(cast, state="running")
    row = with_file(job)
    url = reverse("job_file", args=[job.pk, row.pk])
    assert url not in show(client, job)
    at(job, state="done")
    assert url in show(client, job)
    answer = client.get(url)
    assert b"".join(answer.streaming_content) == b"pdf"
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Content-Disposition"].count("%E8%81%98%E4%B9%A6") == 1


def test_a_file_that_is_lost_is_said_to_be(cast: Cast, enter: Enter) -> None:
    job = asked(cast, state="done")
    row = with_file(job)
    row.file.storage.delete(row.file.name)
    assert enter("secretary").get(reverse("job_file", args=[job.pk, row.pk])).status_code == 404


def test_files_are_for_those_who_still_have_the_power(
    cast: Cast, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = asked(cast, state="done")
    row = with_file(job)
    monkeypatch.setitem(KINDS, COUNT, Kind(COUNT, "x", print_papers, lambda run: None))
    assert enter("secretary").get(reverse("job_file", args=[job.pk, row.pk])).status_code == 403


def test_all_files_come_in_one_zip(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    job = asked(cast, state="done")
    url = reverse("job_files", args=[job.pk])
    assert client.get(url).status_code == 404
    names = ["新街镇 聘书.pdf", "渡普镇 聘书.pdf", "lost.pdf"]
    rows = [with_file(job, name) for name in names]
    rows[2].file.storage.delete(rows[2].file.name)
    assert url in show(client, job)
    content = io.BytesIO(b"".join(client.get(url).streaming_content))
    with zipfile.ZipFile(content) as pack:
        assert pack.testzip() is None
        assert sorted(pack.namelist()) == sorted(names[:2])
        assert all(pack.read(name) == b"pdf" for name in names[:2])


def test_a_cleared_job_says_so(cast: Cast, enter: Enter) -> None:
    job = at(asked(cast, state="failed"), cleared_at=timezone.now())
    text = show(enter("secretary"), job)
    assert reverse("resume_job", args=[job.pk]) not in text


@pytest.mark.parametrize(("state", "name"), [("running", "stop_job"), ("failed", "resume_job"),
                                             ("cancelled", "resume_job")])  # fmt: skip
def test_each_state_offers_its_act(cast: Cast, enter: Enter, state: str, name: str) -> None:
    client = enter("secretary")
    job = asked(cast, state=state)
    url = reverse(name, args=[job.pk])
    assert url in show(client, job)
    client.post(url)
    job.refresh_from_db()
    assert job.state == ("cancelled" if name == "stop_job" else "waiting")


def test_acting_too_late_is_told_kindly(cast: Cast, enter: Enter) -> None:
    job = asked(cast, state="done")
    answer = enter("secretary").post(reverse("stop_job", args=[job.pk]), follow=True)
    assert answer.status_code == 200
    assert answer.context["messages"]


def test_somebody_else_cannot_steer(cast: Cast) -> None:
    job = asked(cast, "township_staff")
    assert steer_job(cast.actor("township_staff"), job=job)
    refusal = steer_job(cast.actor("county_staff"), job=job)
    assert not refusal
    assert refusal.reason
    assert cast.actor("county_staff").kind is ActorKind.ACCOUNT


def test_the_list_is_one_s_own_and_has_an_empty_state(
    cast: Cast, enter: Enter, django_assert_max_num_queries: Any
) -> None:
    client = enter("secretary")
    assert b"empty" in client.get(reverse("jobs")).content
    for _n in range(3):
        asked(cast)
    asked(cast, "township_staff")
    with django_assert_max_num_queries(6):
        answer = client.get(reverse("jobs"))
    assert len(answer.context["page"].object_list) == 3
