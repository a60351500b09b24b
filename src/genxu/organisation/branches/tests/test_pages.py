"""The list and its filters, the export, the notices, the figures, and what a page costs."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from genxu.core import clock
from genxu.core.models import JournalEntry
from genxu.core.notices import told
from genxu.core.pages import ROWS
from genxu.insight.counting import bring_up_to_date, count_on
from genxu.insight.queries import standing_of
from genxu.organisation.branches import term_actions
from genxu.organisation.branches.notices import notices
from genxu.organisation.branches.rows import OrganisationRow
from genxu.organisation.branches.workflow import State
from genxu.regions.models import Region
from tests.cast import CITY, COUNTY, FAR, HOME, NEIGHBOUR, TOWNSHIP, VILLAGE, Cast, Enter, later
from tests.doing import page_text

from .factories import Kind, bring_to, days_before_end, drafted, founded, in_state, township
from .test_registering import many, register


def listed(enter: Enter, part: str, **query: str) -> set[int]:
    answer = enter(part).get("/organisations/", query)
    assert answer.status_code == 200
    return {one.pk for one in answer.context["page"].object_list}


def test_each_one_sees_the_organisations_of_her_place(cast: Cast, enter: Enter) -> None:
    home = founded(cast).pk
    near = drafted(cast, Kind.PARTY_GROUP, NEIGHBOUR).pk
    far = founded(cast, hamlet=FAR).pk
    for part in ("secretary", "centre_household"):
        assert listed(enter, part) == {home}
    for part in ("village_staff", "township_staff", "county_staff"):
        assert listed(enter, part) == {home, near}
    assert listed(enter, "city_staff") == {home, near, far}
    assert listed(enter, "next_village_staff") == set()


def test_who_would_lead_a_draft_is_named_to_its_keepers_alone(cast: Cast, enter: Enter) -> None:
    """Further up and next door only who holds an office is known by name, and so as a member."""
    one = in_state(cast, State.RETURNED)
    for part, named in (("secretary", True), ("township_staff", True), ("county_staff", False),
                        ("centre_household", False)):  # fmt: skip
        for path in ("/organisations/", f"/organisations/{one.pk}/"):
            text = page_text(enter(part).get(path))
            assert ("罗测甲" in text) is named
        assert ("名册请再核对" in text) is named, "what was written may name members"
    bring_to(cast, one, State.FOUNDED)
    assert "罗测甲" in page_text(enter("county_staff").get(f"/organisations/{one.pk}/"))


def test_the_filters_narrow_it_down(cast: Cast, enter: Enter) -> None:
    branch = founded(cast)
    group = drafted(cast, Kind.PARTY_GROUP, NEIGHBOUR).pk
    far = in_state(cast, State.CLOSED, hamlet=FAR).pk
    assert listed(enter, "city_staff") == {branch.pk, group}
    assert listed(enter, "city_staff", state="closed") == {far}
    assert listed(enter, "city_staff", kind="party_group") == {group}
    assert listed(enter, "city_staff", place=HOME) == {branch.pk}
    assert listed(enter, "city_staff", place=COUNTY) == {branch.pk, group}
    assert listed(enter, "city_staff", words="港边") == {group}
    assert listed(enter, "city_staff", term="due") == set()
    with days_before_end(cast, branch, 20):
        assert listed(enter, "city_staff", term="due") == {branch.pk}
        assert listed(enter, "city_staff", term="over") == set()
    with days_before_end(cast, branch, -1):
        assert listed(enter, "city_staff", term="over") == {branch.pk}


@pytest.mark.parametrize(
    "query",
    [{"state": "royal"}, {"kind": "x"}, {"term": "x"}, {"words": "\x00"}, {"words": "%"},
     {"place": "４２"}, {"place": "1" * 5000}, {"page": "-3"}, {"page": "9" * 30}],
)  # fmt: skip
def test_a_filter_that_makes_no_sense_breaks_nothing(
    cast: Cast, enter: Enter, query: dict[str, str]
) -> None:
    founded(cast)
    for path in ("/organisations/", "/organisations/export/"):
        status = 200 if {"words", "page"} & set(query) else 422
        assert enter("secretary").get(path, query).status_code == status


def test_htmx_gets_the_rows_alone(cast: Cast, enter: Enter) -> None:
    founded(cast)
    answer = enter("secretary").get("/organisations/", headers={"HX-Request": "true"})
    names = {template.name for template in answer.templates}
    assert "branches/list.html" in names
    assert "base.html" not in names


def rows_of(answer: Any) -> list[list[Any]]:
    content = io.BytesIO(b"".join(answer.streaming_content))
    return CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()


def test_the_export_is_the_list_complete_and_logged(cast: Cast, enter: Enter) -> None:
    codes = many(ROWS + 5)
    register([OrganisationRow(code, "branch", "", date(2022, 1, 1)) for code in codes])
    founded(cast)
    answer = enter("county_staff").get("/organisations/export/", {"kind": "branch"})
    rows = rows_of(answer)
    assert len(rows) == 1 + ROWS + 6
    first = rows[1]
    assert first[:7] == [HOME, "嘉鱼县", "新街镇", "港东村", "罗家洲", "党支部", "罗家洲党支部"]
    assert first[10] == "罗测甲"
    entry = JournalEntry.objects.filter(action="branches.see_organisations").latest("pk")
    assert entry.place == COUNTY


def test_the_members_of_one_are_exported(cast: Cast, enter: Enter) -> None:
    one = founded(cast)
    answer = enter("secretary").get(f"/organisations/{one.pk}/members/export/")
    rows = rows_of(answer)
    assert [row[1] for row in rows[1:]] == ["罗测甲", "罗测乙", "罗测丙"]


def test_hamlets_without_an_organisation_are_offered(cast: Cast, enter: Enter) -> None:
    def offered(part: str, **query: str) -> set[str]:
        answer = enter(part).get("/organisations/new/", query)
        return {place.code for place in answer.context["page"].object_list}

    assert offered("secretary") == {HOME}
    assert offered("village_staff") == {HOME, NEIGHBOUR}
    assert offered("village_staff", words="港边") == {NEIGHBOUR}
    drafted(cast)
    assert offered("secretary") == set()
    assert offered("village_staff") == {NEIGHBOUR}


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_more_organisations_take_no_more_queries(cast: Cast, enter: Enter) -> None:
    founded(cast)
    client = enter("township_staff")
    paths = ("/organisations/", "/organisations/export/")
    before = [queries(client, path) for path in paths]
    codes = many(30)
    register([OrganisationRow(code, "branch", "", date(2022, 1, 1)) for code in codes])
    assert [queries(client, path) for path in paths] == before
    assert before[0] <= 6


def test_more_members_take_no_more_queries(cast: Cast, enter: Enter) -> None:
    small, large = founded(cast), founded(cast, full=30, hamlet=NEIGHBOUR)
    client = enter("township_staff")
    counts = [queries(client, f"/organisations/{one.pk}/") for one in (small, large)]
    assert counts[0] == counts[1]
    assert counts[0] <= 18  # three of them note in the journal that names were read


def said(cast: Cast, part: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        found = told(notices(cast.actor(part)))
    keeps = part in ("secretary", "village_staff", "township_staff")
    assert len(captured) - 2 <= (1 if keeps else 0)  # two read the actor
    return [notice.url.partition("?")[2] for notice in found]


EVERYBODY = ("secretary", "village_staff", "township_staff", "county_staff", "centre_household")


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.DRAFTED, ([], [], [], [], [])),
        (State.REQUESTED, ([], [], ["state=requested"], [], [])),
        (State.RETURNED, (["state=returned"], ["state=returned"], [], [], [])),
        (State.APPROVED, (["state=approved"], ["state=approved"], [], [], [])),
        (State.FOUNDED, ([], [], [], [], [])),
    ],
)
def test_what_waits_is_said_to_whom_it_waits_for(
    cast: Cast, state: str, expected: tuple[list[str], ...]
) -> None:
    in_state(cast, state)
    assert tuple(said(cast, part) for part in EVERYBODY) == expected
    assert said(cast, "far_township_staff") == []


def test_the_end_of_a_term_is_said_ninety_days_before_and_urgent_after(cast: Cast) -> None:
    one = founded(cast)
    for days, wanted in ((91, []), (90, ["term=due"]), (0, ["term=due"]), (-1, ["term=over"])):
        with days_before_end(cast, one, days):
            for part in ("secretary", "village_staff", "township_staff"):
                assert said(cast, part) == wanted
                assert [n.urgent for n in told(notices(cast.actor(part)))] == [days < 0] * len(
                    wanted
                )


def figures_on(day: date, place: str = CITY) -> tuple[int, int]:
    counted = count_on(place, day)
    return counted["organisation.branches"], counted["organisation.party_groups"]


def test_figures_count_what_stood_on_a_day(cast: Cast) -> None:
    today = clock.today()
    before = figures_on(today)
    branch = founded(cast)
    founded(cast, Kind.PARTY_GROUP, NEIGHBOUR, full=1)
    drafted(cast, hamlet=FAR)
    assert figures_on(today) == (before[0] + 1, before[1] + 1)
    assert figures_on(today - timedelta(days=1)) == before
    with later(days=10):
        term_actions.close_organisation(actor=township(cast), organisation=branch, words="搬迁")
        assert figures_on(clock.today()) == (before[0], before[1] + 1)
        assert figures_on(clock.today() - timedelta(days=1)) == (before[0] + 1, before[1] + 1)
    assert figures_on(today, VILLAGE) == (1, 1)


def test_the_ready_figures_follow(cast: Cast) -> None:
    bring_up_to_date()
    register([OrganisationRow(HOME, "branch", "", date(2022, 1, 1))])
    bring_up_to_date()
    for code in (HOME, TOWNSHIP, CITY):
        place = Region.objects.get(code=code)
        assert standing_of(place)["organisation.branches"] == 1
