"""A long list: not made while somebody waits, but in the background, whole, with the power held."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.urls import clear_url_caches, path, set_urlconf
from python_calamine import CalamineWorkbook

from genxu.config import demo_urls as urls
from genxu.core.models import JournalEntry
from genxu.core.pages import ActorRequest, page
from genxu.core.sheets import writing
from genxu.core.sheets.writing import Out, sheet_response
from genxu.jobs.models import Job
from genxu.jobs.running import run
from genxu.people.models import Household
from genxu.people.roles import Role
from genxu.people.rules import see_households
from tests.cast import Cast, Enter

COLUMNS = [Out[Household]("户主", "head_name"), Out[Household]("人数", lambda h: h.head_count)]


def rows(request: ActorRequest) -> QuerySet[Household]:
    return Household.objects.visible_to(request.actor).order_by("hamlet", "number")


@page(see_households)
def sheet_of_households(request: ActorRequest) -> HttpResponseBase:
    place = request.actor.places()[0]
    from genxu.regions.models import Region

    return sheet_response(
        request, "住户", COLUMNS, rows(request),
        noted_as="people.export_households", place=Region.objects.get(pk=place),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _address(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    extra = path("sheet-of-households/", sheet_of_households)
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, extra])
    clear_url_caches()
    set_urlconf(None)
    yield
    clear_url_caches()


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "AT_ONCE", 2)


def read(content: Any) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()


def body(response: Any) -> list[list[Any]]:
    from io import BytesIO

    return read(BytesIO(b"".join(response.streaming_content)))


def test_a_short_list_comes_at_once_and_is_noted(enter: Enter) -> None:
    response = enter("secretary").get("/sheet-of-households/")
    assert body(response) == [["户主", "人数"], ["罗测一", 1], ["罗测二", 2], ["罗测三", 3],
                              ["罗测四", 4]]  # fmt: skip
    noted = JournalEntry.objects.get(action="people.export_households")
    assert noted.place == "421221104202001"


@pytest.mark.usefixtures("short")
def test_a_long_list_is_offered_not_written(enter: Enter) -> None:
    response = enter("secretary").get("/sheet-of-households/?words=罗")
    assert response.status_code == 200
    assert response.templates[0].name == "imports/long_list.html"
    assert not JournalEntry.objects.filter(action="people.export_households").exists()


@pytest.mark.usefixtures("short")
def test_the_job_writes_all_of_it(cast: Cast, enter: Enter) -> None:
    browser = enter("village_staff")
    response = browser.post("/exports/", {"path": "/sheet-of-households/"})
    job = Job.objects.get()
    assert response.url == f"/jobs/{job.pk}/"
    run(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.trouble
    file = job.files.get()
    assert len(read(file.file)) == 1 + 6
    assert JournalEntry.objects.filter(action="people.export_households").count() == 1
    assert browser.get(f"/jobs/{job.pk}/files/{file.pk}/").status_code == 200
    assert enter("secretary").get(f"/jobs/{job.pk}/files/{file.pk}/").status_code == 404


@pytest.mark.usefixtures("short")
def test_the_power_is_that_of_the_moment_of_writing(cast: Cast, enter: Enter) -> None:
    enter("village_staff").post("/exports/", {"path": "/sheet-of-households/"})
    cast.village_staff.grants.all().delete()
    job = Job.objects.get()
    run(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert not job.files.exists()


@pytest.mark.usefixtures("short")
def test_who_lost_the_role_since_cannot_fetch_the_list(cast: Cast, enter: Enter) -> None:
    """She still has a role in the hamlet, and with it a page of jobs; the list was another's."""
    browser = enter("secretary")
    browser.post("/exports/", {"path": "/sheet-of-households/"})
    job = Job.objects.get()
    run(job.pk)
    file = job.files.get()
    cast.secretary.grants.update(role=Role.CENTRE_HOUSEHOLD)
    page = browser.get(f"/jobs/{job.pk}/")
    assert page.status_code == 200
    assert page.context["files"] == []
    assert browser.get(f"/jobs/{job.pk}/files/{file.pk}/").status_code == 403
    assert browser.get(f"/jobs/{job.pk}/files/").status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere/",
        "https://example.org/x",
        "",
        "/matters/",
        "//[",
        "/h/AAAAABBBBB/",
        "/r/AAAAABBBBB/",
        "/places/?words=%00",
    ],
)
def test_only_lists_of_ours_can_be_asked_for(enter: Enter, path: str) -> None:
    response = enter("secretary").post("/exports/", {"path": path})
    if response.status_code == 302:
        run(Job.objects.get().pk)
        assert Job.objects.get().state == Job.State.FAILED
    else:
        assert response.status_code == 404
        assert not Job.objects.exists()


def test_an_auditor_may_not(enter: Enter) -> None:
    assert enter("auditor").post("/exports/", {"path": "/journal/"}).status_code == 403
