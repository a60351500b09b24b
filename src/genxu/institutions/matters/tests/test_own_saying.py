"""A household says something on its own page, and the secretary finds it on top."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from genxu.core.errors import Denied
from genxu.institutions.matters import rules
from genxu.institutions.matters.models import Suggestion
from genxu.institutions.matters.noting_actions import SAYINGS_A_DAY, say_something
from genxu.people.models import Household
from genxu.people.own_access import holder_of
from genxu.people.tests.factories import merged, with_code
from tests.cast import Cast, Enter, later
from tests.doing import form_errors, hold, page_text, raise_matter, who_may


@pytest.fixture
def mine(cast: Cast) -> Household:
    return cast.households()[0]


@pytest.fixture
def browser(mine: Household) -> Client:
    """It holds the code of the household's slip."""
    return hold(Client(), with_code(mine.number).code)


def say(browser: Client, mine: Household, text: str = "门口的渠堵了", **values: Any) -> Any:
    sent = {"text": text, "client_id": str(uuid4()), **values}
    return browser.post(reverse("own_say", args=[mine.pk]), sent)


def test_it_is_written_down_and_stands_on_its_page(mine: Household, browser: Client) -> None:
    own = reverse("own_page", args=[mine.pk])
    assert reverse("own_say", args=[mine.pk]) in page_text(browser.get(own))
    assert say(browser, mine)["Location"] == own
    one = Suggestion.objects.get()
    assert (one.source, one.household, one.noted_by) == ("household", mine, None)
    matter = one.matters.get()
    assert (matter.state, matter.tier, matter.title) == ("registered", "", "门口的渠堵了")
    page = page_text(browser.get(own))
    assert "门口的渠堵了" in page
    assert reverse("receipt", args=[one.pk]) in page


def test_the_secretary_finds_it_on_top(
    cast: Cast, enter: Enter, mine: Household, browser: Client
) -> None:
    raise_matter(cast, "registered")
    say(browser, mine)
    matter = Suggestion.objects.get(source="household").matters.get()
    queues = enter("secretary").get("/home/").context["queues"]
    assert (queues[0].key, queues[0].matters[0].pk) == ("sort", matter.pk)
    assert [m.told for m in queues[0].matters] == [True, False]
    shown = [m.pk for queue in queues for m in queue.matters]
    assert len(shown) == len(set(shown))


def test_sent_twice_it_is_said_once(mine: Household, browser: Client) -> None:
    key = str(uuid4())
    for _time in range(2):
        assert say(browser, mine, client_id=key).status_code == 302
    assert Suggestion.objects.count() == 1


def test_so_many_a_day_and_what_was_typed_stays(mine: Household, browser: Client) -> None:
    for n in range(SAYINGS_A_DAY):
        assert say(browser, mine, f"第{n}件").status_code == 302
    answer = say(browser, mine, "再说一件")
    assert answer.status_code == 409
    assert "再说一件" in page_text(answer)
    assert Suggestion.objects.count() == SAYINGS_A_DAY
    with later(hours=25):
        assert say(browser, mine, "再说一件").status_code == 302


@pytest.mark.parametrize("text", ["", "  ", "长" * 201])
def test_one_line(mine: Household, browser: Client, text: str) -> None:
    answer = say(browser, mine, text)
    assert answer.status_code == 422
    assert set(form_errors(answer)) == {"text"}


def test_nobody_speaks_for_another_household(cast: Cast, mine: Household, browser: Client) -> None:
    other = cast.households()[1]
    assert say(browser, other).status_code == 302
    assert not Suggestion.objects.exists()
    with pytest.raises(Denied):
        say_something(actor=holder_of(other), household=mine, text="渠堵了")
    assert who_may(cast, rules.say_something, household=mine) == set()


def test_one_that_moved_away_is_told_whom_to_tell(mine: Household, browser: Client) -> None:
    Household.objects.filter(pk=mine.pk).update(left_on="2026-01-01")
    own = page_text(browser.get(reverse("own_page", args=[mine.pk])))
    assert reverse("own_say", args=[mine.pk]) not in own
    assert say(browser, mine).status_code == 409
    assert not Suggestion.objects.exists()


def test_the_slip_of_a_double_speaks_for_the_one_that_was_kept(cast: Cast) -> None:
    keep, double = cast.households()[:2]
    browser = hold(Client(), with_code(double.number).code)
    merged(cast, keep.number, double.number)
    assert say(browser, keep).status_code == 302
    assert Suggestion.objects.get().household == keep
