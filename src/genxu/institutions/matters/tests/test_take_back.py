"""撤回: for ten seconds after a step it is taken back, the history keeps both, and whatever counts
steps comes out right."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from genxu.core import clock
from genxu.core.steps import WayBack
from genxu.insight.counting import count_on
from genxu.institutions.matters import actions
from genxu.institutions.matters.models import Matter
from genxu.institutions.matters.steps import PAGES
from genxu.institutions.matters.workflow import STEPS
from genxu.organisation.centre_households.tests.drawing import draw, serving_as
from genxu.people.history_actions import take_back
from tests.addresses import matter_ready_for, step_data
from tests.cast import HOME, Cast, Enter, later
from tests.doing import fresh, page_text, raise_matter, step_url, verdict

WHO = {"answer": "village_staff", "decide_extension": "village_staff",
       "return": "centre_household", "judge_again": "village_staff",
       "no_agreement": "village_staff"}  # fmt: skip
MENDING = [name for name in PAGES.pages if STEPS[name].mends]


def offered(client: Client) -> WayBack | None:
    """What the message of the last answer offers."""
    stored: Any = client.get("/home/").context["messages"]
    ways = [WayBack.of_tag(one.extra_tags or "") for one in stored]
    return next((one for one in ways if one), None)


def tap(client: Client, way: WayBack, **changes: Any) -> Any:
    sent = {"since": way.since, "version": way.version, "client_id": str(uuid4())}
    return client.post(way.address, sent | changes)


def row(matter: Matter) -> dict[str, Any]:
    return {f.attname: getattr(fresh(matter), f.attname) for f in Matter._meta.concrete_fields
            if f.attname != "version"}  # fmt: skip


def figures() -> dict[str, int]:
    return count_on(HOME, clock.today())


@pytest.mark.parametrize("step", MENDING)
def test_each_step_that_changes_its_row_alone_is_taken_back_whole(
    cast: Cast, enter: Enter, step: str
) -> None:
    matter = matter_ready_for(cast, step)
    before, counted = row(matter), figures()
    client = enter(WHO.get(step, "secretary"))
    assert client.post(step_url(step, matter), step_data(step, matter)).status_code == 302
    way = offered(client)
    assert way is not None
    assert tap(client, way).status_code == 302
    assert row(matter) == before
    assert figures() == counted
    assert [one.step for one in matter.steps.order_by("pk")][-2:] == [step, "take_back"]


@pytest.mark.parametrize("step", sorted(set(PAGES.pages) - set(MENDING)))
def test_a_step_that_reaches_beyond_its_row_offers_no_way_back(
    cast: Cast, enter: Enter, step: str
) -> None:
    matter, client = matter_ready_for(cast, step), enter(WHO.get(step, "secretary"))
    assert client.post(step_url(step, matter), step_data(step, matter)).status_code == 302
    assert offered(client) is None


def test_sorting_and_what_followed_from_it_by_itself_are_one_act(cast: Cast, enter: Enter) -> None:
    """A personal matter goes on to its centre household: both are taken back at once."""
    one, two, *_rest = cast.households()
    centre = serving_as(cast, "centre_household", two)
    draw(cast, [(one, centre), (two, centre)])
    matter = raise_matter(cast, "registered", household=True)
    before, client = row(matter), enter("secretary")
    client.post(step_url("triage", matter), step_data("triage", matter, tier="personal"))
    assert fresh(matter).state == "assigned"
    way = offered(client)
    assert way is not None
    tap(client, way)
    assert row(matter) == before


def test_the_way_back_stands_in_the_message_and_needs_no_script(cast: Cast, enter: Enter) -> None:
    matter, client = raise_matter(cast, "under_way"), enter("secretary")
    answer = client.post(step_url("finish", matter), step_data("finish", matter), follow=True)
    assert f'action="/matters/{matter.pk}/take-back/"' in page_text(answer)
    again = client.get(f"/matters/{matter.pk}/")
    assert "take-back" not in page_text(again)


def _finished(cast: Cast) -> Matter:
    return raise_matter(cast, "done")


@pytest.mark.parametrize(("seconds", "taken"), [(0, True), (69, True), (71, False)])
def test_it_is_open_for_ten_seconds_and_a_minute_for_slow_networks(
    cast: Cast, enter: Enter, seconds: int, taken: bool
) -> None:
    matter, client = _finished(cast), enter("secretary")
    way = WayBack(f"/matters/{matter.pk}/take-back/", matter.version - 1, matter.version)
    with later(seconds=seconds):
        tap(client, way)
    assert (fresh(matter).state == "under_way") is taken


def test_nobody_takes_back_what_another_did(cast: Cast, enter: Enter) -> None:
    matter = _finished(cast)
    way = WayBack(f"/matters/{matter.pk}/take-back/", matter.version - 1, matter.version)
    assert tap(enter("centre_household"), way).status_code == 403
    assert tap(enter("neighbour_secretary"), way).status_code == 404
    assert fresh(matter).state == "done"


def test_it_is_too_late_once_somebody_else_did_something(cast: Cast, enter: Enter) -> None:
    matter = _finished(cast)
    verdict(matter, "satisfied")
    way = WayBack(f"/matters/{matter.pk}/take-back/", matter.version - 1, matter.version)
    assert tap(enter("secretary"), way).status_code == 403
    assert fresh(matter).state == "closed"


def test_two_taps_take_back_once(cast: Cast, enter: Enter) -> None:
    matter, client = _finished(cast), enter("secretary")
    way = WayBack(f"/matters/{matter.pk}/take-back/", matter.version - 1, matter.version)
    key = str(uuid4())
    for _time in range(2):
        assert tap(client, way, client_id=key).status_code == 302
    assert fresh(matter).state == "under_way"
    assert matter.steps.filter(step="take_back").count() == 1


def test_an_older_step_is_not_reached_through_a_made_up_version(cast: Cast, enter: Enter) -> None:
    matter, client = _finished(cast), enter("secretary")
    way = WayBack(f"/matters/{matter.pk}/take-back/", 0, matter.version)
    tap(client, way)
    assert fresh(matter).state == "done"


def test_who_gave_a_matter_back_by_mistake_is_given_it_again(cast: Cast) -> None:
    """A return that was taken back is no return."""
    matter = raise_matter(cast, "assigned", "personal", assignee="centre_household")
    helper = cast.actor("centre_household")
    matter = actions.return_matter(actor=helper, matter=matter, words="点错了")
    take_back(actor=helper, row=matter, since=matter.version - 1)
    own = matter.steps.filter(by=cast.centre_household)
    assert [one.step for one in own.order_by("pk")] == ["return", "take_back"]
    assert fresh(matter).assignee == cast.centre_household
