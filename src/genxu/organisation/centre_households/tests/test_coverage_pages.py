"""The screen of a hamlet, the list of a township, and the proposals that wait there."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from genxu.jobs.models import Job
from genxu.jobs.tests.factories import finish
from genxu.organisation.centre_households.coverage_queries import sheet_of
from genxu.organisation.centre_households.models import CentreHousehold, Coverage
from genxu.people.models import Household
from tests.cast import HOME, NEIGHBOUR, NOW, TOWNSHIP, VILLAGE, Cast, Enter, later
from tests.doing import page_text

from .coverage_examples import a_drawn_hamlet
from .drawing import covered, draw, serving, settle

URL = f"/coverage/{HOME}/"
LIST = f"/coverage/township/{VILLAGE}/"


@pytest.fixture
def centre(cast: Cast) -> CentreHousehold:
    """The first household looks after itself and the second."""
    return a_drawn_hamlet(cast)


def sent(cast: Cast, **changes: Any) -> dict[str, Any]:
    """The screen as it stands, as the page sends it; ``changes`` are by the household's place."""
    sheet = sheet_of(cast.home)
    data: dict[str, Any] = {"shown": sheet.version, "client_id": str(uuid4())}
    data |= {door.field: str(door.chosen or "") for door in sheet.doors}
    for place, value in changes.items():
        data[sheet.doors[int(place.removeprefix("door")) - 1].field] = value
    return data


def test_the_screen_saves_all_at_once(cast: Cast, enter: Enter, centre: CentreHousehold) -> None:
    client = enter("secretary")
    answer = client.post(URL, sent(cast, door3=str(centre.pk), door2=""))
    assert answer.status_code == 302
    one, _two, three, _four = cast.households()
    assert covered() == {one.pk: centre.pk, three.pk: centre.pk}


def test_few_and_many_are_said_and_not_refused(
    cast: Cast, enter: Enter, centre: CentreHousehold
) -> None:
    answer = enter("secretary").post(URL, sent(cast, door3=str(centre.pk)), follow=True)
    told = [message.level_tag for message in answer.context["messages"]]
    assert told == ["success", "warning"]


def test_a_proposal_is_shown_and_not_written(
    cast: Cast, enter: Enter, centre: CentreHousehold
) -> None:
    before = covered()
    client = enter("secretary")
    job = proposed(client, HOME)
    told = client.get(f"/jobs/{job.pk}/", headers={"HX-Request": "true"})
    assert told["HX-Redirect"] == f"{URL}?job={job.pk}"
    answer = client.get(told["HX-Redirect"])
    assert answer.context["sheet"].changed == 2
    assert {door.chosen for door in answer.context["sheet"].doors} == {centre.pk}
    assert page_text(answer).count("is-changed") == 2
    assert covered() == before


@pytest.mark.usefixtures("centre")
def test_a_proposal_that_changes_nothing_says_so(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    answer = client.get(URL, {"job": proposed(client, HOME).pk})
    drawn = {f"for-{door.household.pk}": door.chosen for door in answer.context["sheet"].doors}
    version = answer.context["sheet"].version
    assert client.post(URL, drawn | {"shown": version}).status_code == 302
    again = client.get(URL, {"job": proposed(client, HOME).pk})
    assert again.context["sheet"].changed == 0
    assert "现在这样分就挺好" in page_text(again)


@pytest.mark.usefixtures("centre")
def test_the_slower_screen_keeps_what_was_drawn(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    mine = sent(cast, door4=str(CentreHousehold.objects.get().pk))
    draw(cast, [(cast.households()[1], None)])
    answer = client.post(URL, mine)
    assert answer.status_code == 409
    doors = answer.context["sheet"].doors
    assert [door.chosen for door in doors] == [int(v) if v else None for v in
                                               (mine[door.field] for door in doors)]  # fmt: skip
    assert doors[1].is_changed
    again = {**mine, "shown": answer.context["sheet"].version, "client_id": str(uuid4())}
    assert client.post(URL, again).status_code == 302


@pytest.mark.usefixtures("centre")
@pytest.mark.parametrize("value", ["x", "-1", "９", "99999999"])
def test_a_wrong_choice_is_said_at_the_household(cast: Cast, enter: Enter, value: str) -> None:
    answer = enter("secretary").post(URL, sent(cast, door3=value))
    assert answer.status_code == 422
    assert [bool(door.error) for door in answer.context["sheet"].doors] == [
        False, False, True, False,
    ]  # fmt: skip


def test_a_household_of_another_hamlet_is_refused(
    cast: Cast, enter: Enter, centre: CentreHousehold
) -> None:
    stranger = cast.households(NEIGHBOUR)[0]
    data = {**sent(cast), f"for-{stranger.pk}": str(centre.pk)}
    answer = enter("secretary").post(URL, data)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not Coverage.objects.filter(household=stranger).exists()


def test_a_household_sent_twice_is_refused(
    cast: Cast, enter: Enter, centre: CentreHousehold
) -> None:
    two = cast.households()[1]
    data = {**sent(cast), f"for-{two.pk}": [str(centre.pk), ""]}
    assert enter("secretary").post(URL, data).status_code == 422
    assert two.pk in covered()


def test_a_new_centre_household_no_longer_goes_to_its_old_one(
    cast: Cast, enter: Enter, centre: CentreHousehold
) -> None:
    two = cast.households()[1]
    (own,) = serving(cast, two)
    sheet = enter("secretary").get(URL).context["sheet"]
    assert [(door.saved, door.chosen) for door in sheet.doors][1] == (centre.pk, own.pk)
    enter("secretary").post(URL, sent(cast))
    assert covered()[two.pk] == own.pk


def test_who_is_sent_where(enter: Enter) -> None:
    assert enter("secretary").get("/coverage/")["Location"] == URL
    assert enter("village_staff").get("/coverage/")["Location"] == LIST
    assert enter("village_staff").get(f"/coverage/township/{HOME}/")["Location"] == URL
    assert enter("village_staff").get(f"/coverage/{VILLAGE}/").status_code == 404


@pytest.mark.usefixtures("centre")
def test_the_list_counts_each_hamlet(cast: Cast, enter: Enter) -> None:
    found = enter("village_staff").get(LIST).context["standings"]
    counts = [(s.hamlet.code, s.households, s.covered, s.centres, s.warned) for s in found]
    assert counts == [(HOME, 4, 2, 1, 1), (NEIGHBOUR, 2, 0, 0, 0)]


def proposed(client: Client, place: str = VILLAGE) -> Job:
    """A job of proposals for the place, asked for and run."""
    asked = f"/coverage/township/{place}/propose/"
    answer = client.post(asked, {"client_id": str(uuid4())})
    job = Job.objects.latest("pk")
    assert answer["Location"] == f"/jobs/{job.pk}/"
    return finish(job)


def test_proposals_wait_until_they_are_accepted(
    cast: Cast, enter: Enter, centre: CentreHousehold
) -> None:
    before = covered()
    client = enter("village_staff")
    job = proposed(client)
    assert (job.state, job.done, job.total) == ("done", 1, 1)
    assert covered() == before
    page = client.get(LIST)
    assert page.context["waiting"] == 1
    assert [one.proposed for one in page.context["standings"]] == [2, None]
    shown = client.get(URL, {"job": job.pk}).context["sheet"]
    assert shown.changed == 2
    client.post(f"{LIST}accept/", {"hamlet": HOME})
    assert set(covered().values()) == {centre.pk}
    assert len(covered()) == 4
    assert client.get(LIST).context["waiting"] == 0


def test_a_proposal_overtaken_is_not_accepted(
    cast: Cast, enter: Enter, centre: CentreHousehold
) -> None:
    client = enter("village_staff")
    job = proposed(client)
    draw(cast, [(cast.households()[3], centre)])
    assert client.get(LIST).context["waiting"] == 0
    client.post(f"{LIST}accept/", {})
    assert cast.households()[2].pk not in covered()
    assert client.get(URL, {"job": job.pk}).context["proposed"] == ""


def test_all_are_accepted_at_once(cast: Cast, enter: Enter, centre: CentreHousehold) -> None:
    (theirs,) = serving(cast, cast.households(NEIGHBOUR)[1])
    client = enter("village_staff")
    assert proposed(client).total == 2
    client.post(f"{LIST}accept/", {})
    assert set(covered(NEIGHBOUR).values()) == {theirs.pk}
    assert len(covered()) == 4


@pytest.mark.usefixtures("centre")
def test_somebody_elses_proposals_are_not_shown(enter: Enter) -> None:
    job = proposed(enter("village_staff"))
    assert enter("secretary").get(URL, {"job": job.pk}).context["proposed"] == ""
    assert enter("secretary").get(URL, {"job": "x"}).context["proposed"] == ""


@pytest.mark.usefixtures("centre")
def test_a_job_that_fell_goes_on_where_it_was(
    cast: Cast, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    from genxu.organisation.centre_households import proposing

    job = proposed(enter("village_staff"))
    Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING, result={})
    monkeypatch.setattr(proposing, "propose", None)  # nothing is worked out a second time
    assert len(finish(job).result["proposals"]) == 1


def test_empty_places_say_what_comes_first(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    assert "/centre-households/?place=" in page_text(client.get(URL))
    job = proposed(client, HOME)
    assert client.get(URL, {"job": job.pk}).context["proposed"] == ""
    assert f"{URL}?job={job.pk}" in page_text(client.get(f"/jobs/{job.pk}/"))
    Household.objects.filter(hamlet=HOME).update(left_on=NOW.date())
    assert "/households/?place=" in page_text(client.get(URL))


def test_the_export_is_complete_and_logged(
    cast: Cast, enter: Enter, centre: CentreHousehold
) -> None:
    import io

    from python_calamine import CalamineWorkbook

    from genxu.core.models import JournalEntry

    answer = enter("secretary").get(f"{URL}export/")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[3] for row in rows[1:]] == [centre.person_name, centre.person_name, "", ""]
    assert JournalEntry.objects.filter(action="centre_households.see_coverage").exists()


def count(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.usefixtures("centre")
def test_more_households_take_no_more_queries(cast: Cast, enter: Enter) -> None:
    client = enter("township_staff")
    urls = (URL, f"{URL}?job={proposed(client, HOME).pk}", f"/coverage/township/{TOWNSHIP}/")
    few = [count(client, url) for url in urls]
    settled = settle(cast, 12)
    serving(cast, *settled[:3])
    draw(cast, [(one, CentreHousehold.objects.latest("pk")) for one in settled[4:]])
    serving(cast, cast.households(NEIGHBOUR)[0])
    many = [count(client, url) for url in urls]
    assert all(more <= less for more, less in zip(many, few, strict=True))
    assert max(few) <= 12


def test_saving_many_takes_as_many_statements_as_saving_few(cast: Cast, enter: Enter) -> None:
    (centre,) = serving(cast, cast.households()[0])
    settle(cast, 30)
    with later(days=1):
        few = _statements(enter("secretary"), sent(cast, door3=str(centre.pk)))
    with later(days=2):
        every = {f"door{n}": str(centre.pk) for n in range(2, 35)}
        assert _statements(enter("secretary"), sent(cast, **every)) <= few + 2


def _statements(client: Client, data: dict[str, Any]) -> int:
    client.get(URL)
    with CaptureQueriesContext(connection) as captured:
        assert client.post(URL, data).status_code == 302
    return len(captured)
