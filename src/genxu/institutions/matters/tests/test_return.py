"""Giving back 退回, with the reason: a level to the one below, a helper to the secretary."""

import pytest

from genxu.core.errors import Invalid
from genxu.institutions.matters import actions, rules
from genxu.institutions.matters.models import MatterStep
from genxu.regions.codes import Level
from tests.cast import HOME, TOWNSHIP, VILLAGE, Cast, Enter
from tests.doing import climb, fresh, handler, raise_matter, take, who_may


def test_in_the_hamlet_only_the_helper_gives_back(cast: Cast) -> None:
    matter = raise_matter(cast, "assigned", assignee="centre_household")
    assert who_may(cast, rules.return_matter, matter=matter) == {"centre_household"}
    made = actions.return_matter(
        actor=cast.actor("centre_household"), matter=matter, words="一个人办不了"
    )
    assert (made.state, made.place_id, made.assignee) == ("returned", HOME, None)


@pytest.mark.parametrize(
    ("level", "below"),
    [(Level.VILLAGE, HOME), (Level.TOWNSHIP, VILLAGE), (Level.COUNTY, TOWNSHIP)],
)
def test_a_level_gives_back_to_the_one_below(cast: Cast, level: Level, below: str) -> None:
    matter = climb(cast, raise_matter(cast, "under_way", "specialist"), level)
    assert who_may(cast, rules.return_matter, matter=matter) == {f"{level}_staff"}
    made = actions.return_matter(actor=handler(cast, matter), matter=matter, words="缺照片")
    assert (made.state, made.place_id) == ("returned", below)


@pytest.mark.parametrize("words", ["", " \n "])
def test_the_reason_is_needed(cast: Cast, words: str) -> None:
    matter = raise_matter(cast, "assigned", assignee="centre_household")
    with pytest.raises(Invalid) as refused:
        actions.return_matter(actor=cast.actor("centre_household"), matter=matter, words=words)
    assert set(refused.value.fields) == {"words"}
    assert fresh(matter).state == "assigned"


def test_the_reason_is_kept(cast: Cast) -> None:
    raise_matter(cast, "returned")
    assert MatterStep.objects.filter(step="return").latest("pk").words == "一个人办不了"


def test_the_helper_of_a_personal_matter_is_led_home_afterwards(cast: Cast, enter: Enter) -> None:
    """Given back, it is no longer hers to see."""
    matter = raise_matter(cast, "assigned", "personal", assignee="centre_household")
    answer = take(enter("centre_household"), "return", matter, words="办不了")
    assert answer.status_code == 302
    assert answer["Location"] == "/home/"


def test_what_came_back_from_the_township_waits_in_the_village(cast: Cast) -> None:
    matter = climb(cast, raise_matter(cast, "under_way", "specialist"), Level.TOWNSHIP)
    made = actions.return_matter(actor=handler(cast, matter), matter=matter, words="缺照片")
    assert who_may(cast, rules.assign_matter, matter=made) == {"village_staff"}
    assert who_may(cast, rules.pass_up_matter, matter=made) == {"village_staff"}
    assert who_may(cast, rules.triage_matter, matter=made) == set()
