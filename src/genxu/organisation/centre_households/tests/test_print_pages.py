"""The page of printing, one paper at once, and what the page of its job offers."""

import io
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import InMemoryStorage
from django.urls import reverse
from pypdf import PdfReader

from genxu.jobs import running
from genxu.jobs.models import Job, JobFile
from genxu.organisation.centre_households.models import CentreHousehold
from tests.cast import CITY, COUNTY, FAR, FAR_COUNTY, FAR_TOWNSHIP, HOME, TOWNSHIP, Cast, Enter

from . import factories

URL = "/centre-households/print/"


@pytest.fixture(autouse=True)
def storage(monkeypatch: pytest.MonkeyPatch) -> InMemoryStorage:
    storage = InMemoryStorage()
    monkeypatch.setattr(JobFile._meta.get_field("file"), "storage", storage)
    return storage


@pytest.fixture
def serving(cast: Cast) -> CentreHousehold:
    factories.appointed(cast, cast.households(FAR)[0], name="卢测甲")
    return factories.appointed(cast, cast.households(HOME)[0], name="罗测一")


def sent(**changes: Any) -> dict[str, Any]:
    return {"place": TOWNSHIP, "what": "certificate", "how": "pdf", "client_id": str(uuid4()),
            **changes}  # fmt: skip


def test_it_tells_what_will_be_printed_with_the_same_queries_for_many(
    cast: Cast, enter: Enter, serving: CentreHousehold, django_assert_max_num_queries: Any
) -> None:
    client = enter("city_staff")
    with django_assert_max_num_queries(9):
        answer = client.get(URL, {"place": CITY})
    piles = answer.context["piles"]
    assert [(pile.county.code, pile.count) for pile in piles] == [(COUNTY, 1), (FAR_COUNTY, 1)]
    assert [one.code for pile in piles for one, _count in pile.townships] == [
        TOWNSHIP, FAR_TOWNSHIP,
    ]  # fmt: skip
    assert answer.context["total"] == 2


def test_it_opens_with_one_s_own_place(cast: Cast, enter: Enter, serving: CentreHousehold) -> None:
    assert enter("county_staff").get(URL).context["place"].code == COUNTY


def test_before_anybody_serves_there_is_nothing_to_print(cast: Cast, enter: Enter) -> None:
    client = enter("township_staff")
    answer = client.get(URL)
    assert b'class="empty"' in answer.content
    assert client.post(URL, sent()).status_code == 409


@pytest.mark.parametrize("place", [FAR_TOWNSHIP, COUNTY, "999999", "x"])
def test_a_place_outside_is_not_there(
    cast: Cast, enter: Enter, serving: CentreHousehold, place: str
) -> None:
    client = enter("township_staff")
    assert client.get(URL, {"place": place}).status_code == 404
    assert client.post(URL, sent(place=place)).status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"what": ""}, {"what": "medal"}, {"how": "fax"}, {"client_id": ""}]
)
def test_what_is_wrong_is_said(
    cast: Cast, enter: Enter, serving: CentreHousehold, wrong: dict[str, str]
) -> None:
    assert enter("township_staff").post(URL, sent(**wrong)).status_code == 422
    assert not Job.objects.exists()


def test_asking_leads_to_the_job_and_twice_is_once(
    cast: Cast, enter: Enter, serving: CentreHousehold
) -> None:
    client, form = enter("township_staff"), sent(what="both", how="zip")
    answers = [client.post(URL, form) for _n in range(2)]
    job = Job.objects.get()
    assert {answer["Location"] for answer in answers} == {reverse("job", args=[job.pk])}
    assert job.given["what"] == ["certificate", "plate"]
    assert job.given["zipped"] is True
    assert job.given["site"] == "http://testserver"


def test_the_address_of_the_settings_goes_on_plates(
    cast: Cast, enter: Enter, serving: CentreHousehold, settings: Any
) -> None:
    settings.SITE_ADDRESS = "https://genxu.example.org"
    enter("township_staff").post(URL, sent())
    assert Job.objects.get().given["site"] == "https://genxu.example.org"


def test_rare_names_are_listed_and_all_others_printed_with_one_press(
    cast: Cast, enter: Enter, serving: CentreHousehold
) -> None:
    factories.appointed(cast, cast.households(HOME)[1], name="罗\U000323ad")
    client = enter("township_staff")
    client.post(URL, sent())
    job = Job.objects.get()
    running.run(job.pk)
    page = client.get(reverse("job", args=[job.pk])).content.decode()
    assert "U+323AD" in page
    assert 'name="others"' in page
    assert reverse("resume_job", args=[job.pk]) not in page
    again = sent(others="on", client_id=str(job.follow_up))
    for _n in range(2):
        assert client.post(URL, again).status_code == 302
    second = Job.objects.exclude(pk=job.pk).get()
    running.run(second.pk)
    page = client.get(reverse("job", args=[second.pk])).content.decode()
    assert "U+323AD" in page
    assert 'name="others"' not in page
    assert second.files.count() == 1


def test_one_paper_comes_at_once(cast: Cast, enter: Enter, serving: CentreHousehold) -> None:
    for what, word in (("certificate", "聘书"), ("plate", "中心户")):
        url = reverse("print_centre_household", args=[serving.pk, what])
        answer = enter("township_staff").post(url)
        assert answer["Content-Type"] == "application/pdf"
        assert "attachment" in answer["Content-Disposition"]
        text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
        assert word in "".join(text.split())


@pytest.mark.parametrize(
    ("part", "status"),
    [("city_staff", 200), ("secretary", 403), ("next_township_staff", 404), ("auditor", 403)],
)
def test_who_may_print_one(
    cast: Cast, enter: Enter, serving: CentreHousehold, part: str, status: int
) -> None:
    url = reverse("print_centre_household", args=[serving.pk, "certificate"])
    assert enter(part).post(url).status_code == status


def test_an_unknown_paper_is_not_there(cast: Cast, enter: Enter, serving: CentreHousehold) -> None:
    url = reverse("print_centre_household", args=[serving.pk, "medal"])
    assert enter("township_staff").post(url).status_code == 404


def test_who_does_not_serve_or_has_a_rare_name_has_none_and_is_told_why(
    cast: Cast, enter: Enter
) -> None:
    waiting = factories.selected(cast, cast.households(HOME)[0])
    rare = factories.appointed(cast, cast.households(HOME)[1], name="罗\U000323ad")
    for one in (waiting, rare):
        url = reverse("print_centre_household", args=[one.pk, "plate"])
        answer = enter("township_staff").post(url, follow=True)
        assert answer.redirect_chain == [(reverse("centre_household", args=[one.pk]), 302)]
        (told,) = answer.context["messages"]
        assert ("U+323AD" in str(told)) is (one is rare)


@pytest.mark.parametrize(
    ("part", "offered"), [("township_staff", True), ("county_staff", True), ("secretary", False)]
)
def test_the_page_of_one_offers_its_papers_to_those_who_may(
    cast: Cast, enter: Enter, serving: CentreHousehold, part: str, offered: bool
) -> None:
    page = enter(part).get(reverse("centre_household", args=[serving.pk])).content.decode()
    for what in ("certificate", "plate"):
        assert (reverse("print_centre_household", args=[serving.pk, what]) in page) is offered
