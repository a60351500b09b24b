"""Passing on 转办: to somebody else at the same level, with the reason."""

import pytest

from genxu.core.errors import Invalid
from genxu.institutions.matters import actions, rules
from genxu.regions.codes import Level
from tests.cast import VILLAGE, Cast
from tests.doing import climb, raise_matter, who_may


def test_only_the_level_where_it_lies(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way", assignee="centre_household")
    assert who_may(cast, rules.pass_on_matter, matter=matter) == {"secretary"}


def test_it_stays_at_its_level_and_waits_for_the_new_one(cast: Cast) -> None:
    matter = climb(cast, raise_matter(cast, "under_way", "specialist"), Level.VILLAGE)
    made = actions.pass_on_matter(
        actor=cast.actor("village_staff"), matter=matter, assignee=cast.village_staff, words="我来"
    )
    assert (made.state, made.place_id) == ("assigned", VILLAGE)
    assert made.assignee == cast.village_staff


def test_the_one_who_had_it_no_longer_has_it_in_hand(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way", assignee="centre_household")
    made = actions.pass_on_matter(
        actor=cast.actor("secretary"), matter=matter, assignee_name="供水站", words="他们有梯子"
    )
    assert not rules.start_matter(cast.actor("centre_household"), matter=made)


def test_the_reason_is_needed(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way")
    with pytest.raises(Invalid):
        actions.pass_on_matter(
            actor=cast.actor("secretary"), matter=matter, assignee_name="供水站", words=" "
        )
