"""A centre household's phone: its neighbours, what they need, what they asked for."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from genxu.core.models import JournalEntry
from genxu.institutions.matters import rules
from genxu.institutions.matters.models import Matter
from genxu.organisation.centre_households.models import CentreHousehold
from genxu.organisation.centre_households.tests.drawing import draw, serving_as, settle
from genxu.people.models import Household, HouseholdNeed
from tests.cast import Cast, Enter
from tests.doing import hold_talk, page_text, raise_matter, taken_up, who_may

URL = "/neighbours/"


@pytest.fixture
def centre(cast: Cast) -> CentreHousehold:
    """The second household, with 罗测兰's account, looks after the first and the third."""
    one, two, three, _four = cast.households()
    found = serving_as(cast, "centre_household", two)
    draw(cast, [(one, found), (two, found), (three, found)])
    return found


def names(answer: Any) -> list[str]:
    return [one.household.head_name for one in answer.context["neighbours"]]


def test_only_centre_households_have_neighbours(cast: Cast) -> None:
    found = who_may(cast, rules.see_neighbours)
    assert found == {"centre_household", "other_centre_household", "far_centre_household"}


@pytest.mark.usefixtures("centre")
def test_it_sees_those_it_looks_after_and_nobody_else(enter: Enter) -> None:
    answer = enter("centre_household").get(URL)
    assert names(answer) == ["罗测一", "罗测三"]
    assert "罗测四" not in page_text(answer)
    assert names(enter("other_centre_household").get(URL)) == []


@pytest.mark.usefixtures("centre")
def test_a_tap_calls(cast: Cast, enter: Enter) -> None:
    Household.objects.filter(pk=cast.households()[0].pk).update(phone="13912345678")
    assert 'href="tel:13912345678"' in page_text(enter("centre_household").get(URL))


@pytest.mark.usefixtures("centre")
def test_each_stands_with_its_matters_in_hand(cast: Cast, enter: Enter) -> None:
    raise_matter(cast, "triaged", "personal", household=True, text="帮忙买药")
    raise_matter(cast, "triaged", "common", household=True, text="路灯坏了")
    answer = enter("centre_household").get(URL)
    (first, second) = answer.context["neighbours"]
    assert [one.title for one in first.matters] == ["帮忙买药"]
    assert second.matters == []
    assert answer.context["others"] == []


@pytest.mark.usefixtures("centre")
def test_what_others_asked_for_and_was_given_to_it_stands_apart(cast: Cast, enter: Enter) -> None:
    raise_matter(cast, "assigned", "personal", assignee="centre_household", text="低保证明")
    answer = enter("centre_household").get(URL)
    assert [one.title for one in answer.context["others"]] == ["低保证明"]


@pytest.mark.usefixtures("centre")
def test_a_matter_given_to_somebody_else_does_not_show(cast: Cast, enter: Enter) -> None:
    said = taken_up("家里的事", household=cast.households()[0])
    hold_talk(cast, said)
    assert Matter.objects.get().assignee is None
    assert "家里的事" not in page_text(enter("centre_household").get(URL))


def test_needs_are_seen_of_those_it_looks_after_and_the_reading_is_logged(
    cast: Cast, enter: Enter, centre: CentreHousehold
) -> None:
    client = enter("centre_household")
    read = JournalEntry.objects.filter(action=rules.see_neighbours.name)
    client.get(URL)
    assert not read.exists()
    _one, _two, three, four = cast.households()
    HouseholdNeed.objects.create(household=three, kind=HouseholdNeed.Kind.LIVES_ALONE)
    HouseholdNeed.objects.create(household=four, kind=HouseholdNeed.Kind.ILLNESS)
    client.cookies["django_language"] = "en"
    text = page_text(client.get(URL))
    assert "living alone" in text
    assert "long illness" not in text
    entry = read.get()
    assert (entry.subject_id, entry.actor) == (str(centre.pk), cast.actor("centre_household").label)


@pytest.mark.usefixtures("centre")
def test_home_leads_there(enter: Enter) -> None:
    page = page_text(enter("centre_household").get("/home/"))
    assert page.count(f'href="{URL}"') >= 2
    assert f'href="{URL}"' not in page_text(enter("secretary").get("/home/"))


def test_more_neighbours_take_no_more_queries(
    cast: Cast, enter: Enter, centre: CentreHousehold
) -> None:
    client = enter("centre_household")

    def count() -> int:
        client.get(URL)
        with CaptureQueriesContext(connection) as captured:
            client.get(URL)
        return len(captured)

    few = count()
    draw(cast, [(one, centre) for one in settle(cast, 20)])
    for household in cast.households()[4:12]:
        hold_talk(cast, taken_up("买药", tier="personal", household=household))
    assert count() <= few + 1  # the households behind the matters
