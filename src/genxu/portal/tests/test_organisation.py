"""The organisation of a place: the chart names whom it may, says what is missing, and counts."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from genxu.insight.counting import bring_up_to_date
from genxu.organisation.centre_households.actions import set_consent
from genxu.organisation.centre_households.coverage_actions import assign_households
from genxu.organisation.centre_households.tests.factories import appointed, holder
from genxu.organisation.councils.actions import change_seat, seat_member
from genxu.organisation.councils.models import Council, Seat
from genxu.organisation.councils.seats import SeatFacts
from genxu.organisation.councils.tests.factories import form, seat_of
from genxu.portal.chart import Box, Chart, chart_for, public_chart, seen_by
from genxu.portal.organisation_views import doors_of
from tests.cast import CITY, FAR, HOME, NEIGHBOUR, TOWNSHIP, VILLAGE, Cast, Enter
from tests.doing import page_text


def names(box: Box) -> list[str]:
    return [person.name for person in box.people]


def chart_of(cast: Cast, part: str) -> Chart:
    return chart_for(cast.home, *seen_by(cast.actor(part), cast.home))


def appoint(cast: Cast, number: int, *, shown: bool = False, with_doors: int = 0) -> None:
    """A household that serves, and looks after the next so many doors besides its own."""
    households = cast.households()
    one = appointed(cast, households[number], name=f"罗测户{number}")
    if shown:
        set_consent(
            actor=holder(households[number]), centre_household=one, shown=True, phone_shown=False
        )
    wanted = households[number : number + with_doors + 1]
    assign_households(
        actor=cast.actor("secretary"), hamlet=cast.home,
        pairs=[(household.pk, one.pk) for household in wanted],
    )  # fmt: skip


def test_what_is_missing_says_so_with_the_act_that_mends_it(cast: Cast) -> None:
    chart = chart_of(cast, "secretary")
    for box in (chart.branch, chart.council, chart.centres):
        assert box.missing
        assert box.act
    assert chart.loose == len(cast.households())
    assert chart.loose_act


@pytest.mark.parametrize("part", ["county_staff", "centre_household"])
def test_who_cannot_mend_it_is_only_told(cast: Cast, part: str) -> None:
    chart = chart_of(cast, part)
    for box in (chart.branch, chart.council, chart.centres):
        assert box.missing
        assert box.act is None
    assert chart.loose_act is None


def test_each_act_leads_where_this_actor_may_go(cast: Cast, enter: Enter) -> None:
    """Where a hamlet has a secretary, the nomination is not for the village to write down."""
    for part, expected in (("secretary", 4), ("village_staff", 3), ("township_staff", 2)):
        chart = chart_of(cast, part)
        boxes = (chart.branch, chart.council, chart.centres)
        acts = [act for act in (*(box.act for box in boxes), chart.loose_act) if act]
        assert len(acts) == expected, part
        for act in acts:
            assert enter(part).get(act.url).status_code == 200, act.url


def test_the_council_and_its_groups_stand_on_the_chart(cast: Cast) -> None:
    council = form(cast)
    chart = chart_of(cast, "city_staff")
    assert names(chart.council)[0] == cast.secretary.name
    assert chart.council.url == f"/councils/{council.pk}/"
    assert [len(box.people) for box in chart.groups] == [2] * 5
    assert all(box.people[0].office for box in chart.groups)


def test_a_council_without_a_chair_and_a_group_without_a_leader_are_told(cast: Cast) -> None:
    form(cast, seats=[SeatFacts("罗测仁", groups=["health"])])
    chart = chart_of(cast, "secretary")
    assert chart.council.missing
    assert chart.council.act
    assert all(box.missing for box in chart.groups)


def test_centre_households_stand_with_their_load(cast: Cast) -> None:
    appoint(cast, 0, with_doors=1)
    appoint(cast, 2)
    chart = chart_of(cast, "county_staff")
    assert ["2" in person.office for person in chart.centres.people] == [True, False]
    assert chart.loose == len(cast.households()) - 3


def test_the_public_chart_names_only_who_agreed(cast: Cast) -> None:
    form(cast)
    appoint(cast, 0, shown=True)
    appoint(cast, 1)
    shown = set(Seat.objects.filter(shown=True).values_list("name", flat=True))
    chart = public_chart(cast.home, "")
    assert set(names(chart.council)) == shown
    assert chart.council.unnamed == 5 - len(shown)
    for box in chart.groups:
        assert set(names(box)) <= shown
        assert len(box.people) + box.unnamed == 2
    assert names(chart.centres) == ["罗测户0"]
    assert chart.centres.unnamed == 1
    assert all(not box.act for box in (chart.branch, chart.council, chart.centres))
    assert chart.loose == 0


def test_consent_taken_back_takes_the_name_off_at_once(cast: Cast, enter: Enter) -> None:
    form(cast)
    seat = seat_of(Council.objects.get(), "member")
    client = enter("nobody")
    assert (seat.name in page_text(client.get(f"/places/{HOME}/"))) == seat.shown
    facts = SeatFacts(seat.name, seat.duty, seat.groups, seat.leads, shown=not seat.shown)
    change_seat(actor=cast.actor("secretary"), council=seat.council, seat=seat, facts=facts)
    assert (seat.name in page_text(client.get(f"/places/{HOME}/"))) != seat.shown


@pytest.mark.parametrize("part", ["secretary", "village_staff", "township_staff", "county_staff",
                                  "city_staff", "centre_household"])  # fmt: skip
@pytest.mark.parametrize("code", [HOME, VILLAGE, TOWNSHIP])
def test_every_door_opens_for_whom_it_is_shown(
    cast: Cast, enter: Enter, part: str, code: str
) -> None:
    actor = cast.actor(part)
    if not actor.holds(["secretary", "centre_household", "village_staff", "township_staff",
                        "county_staff", "city_staff"], code):  # fmt: skip
        return
    client = enter(part)
    for _door, url in doors_of(actor, cast.hamlet(code)):
        assert client.get(url).status_code == 200, url


def test_the_hub_counts_and_leads_down(cast: Cast, enter: Enter) -> None:
    form(cast)
    form(cast, FAR)
    bring_up_to_date()
    page = enter("city_staff").get(f"/organisation/{CITY}/")
    figures = {str(one["link"]): one["value"] for one in page.context["figures"]}
    assert figures[f"/councils/?place={CITY}"] == 2
    assert {row["place"].code for row in page.context["table"]["rows"]} == {"421221", "421223"}


@pytest.mark.parametrize("code", [FAR, NEIGHBOUR, VILLAGE, "421221104202777", "abc"])
def test_only_ones_own_places(cast: Cast, enter: Enter, code: str) -> None:
    assert enter("secretary").get(f"/organisation/{code}/").status_code == 404


@pytest.mark.parametrize(("part", "shown"), [("secretary", True), ("city_staff", True),
                                             ("auditor", False)])  # fmt: skip
def test_it_is_one_entry_of_the_navigation(
    cast: Cast, enter: Enter, part: str, shown: bool
) -> None:
    url = "/home/" if part != "auditor" else "/journal/"
    links = [link.url for link in enter(part).get(url).context["navigation"]]
    assert any(link.startswith("/organisation/") for link in links) is shown


def test_the_entry_stays_lit_behind_it(cast: Cast, enter: Enter) -> None:
    for url in ("/councils/", "/assemblies/", f"/organisation/{HOME}/"):
        lit = [
            link.url for link in enter("secretary").get(url).context["navigation"] if link.current
        ]
        assert lit == [f"/organisation/{HOME}/"], url


def count(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_more_people_on_the_chart_take_no_more_queries(cast: Cast, enter: Enter) -> None:
    client, nobody = enter("secretary"), enter("nobody")
    form(cast, seats=[SeatFacts("罗测春", "chair")])
    appoint(cast, 0)
    few = count(client, f"/organisation/{HOME}/"), count(nobody, f"/places/{HOME}/")
    council = Council.objects.get()
    for n in range(2, 20):
        facts = SeatFacts(f"罗测{n}", groups=["health"])
        seat_member(actor=cast.actor("secretary"), council=council, facts=facts)
    appoint(cast, 1)
    appoint(cast, 2)
    many = count(client, f"/organisation/{HOME}/"), count(nobody, f"/places/{HOME}/")
    assert many <= few
    assert few[0] <= 16
    assert few[1] <= 20
