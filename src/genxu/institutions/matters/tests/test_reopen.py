"""Reopening: by the hamlet or its village, with the reason, in a new round."""

import pytest

from genxu.core.errors import Conflict, Invalid
from genxu.institutions.matters import ending_actions, rules
from tests.cast import Cast
from tests.doing import raise_matter, who_may


def test_the_secretary_and_the_village_reopen(cast: Cast) -> None:
    matter = raise_matter(cast, "closed")
    assert who_may(cast, rules.reopen_matter, matter=matter) == {"secretary", "village_staff"}


def test_a_personal_one_only_by_who_knows_it(cast: Cast) -> None:
    matter = raise_matter(cast, "closed", "personal")
    assert who_may(cast, rules.reopen_matter, matter=matter) == {"secretary"}


@pytest.mark.parametrize("state", ["closed", "unconfirmed"])
def test_it_is_under_way_again_in_a_new_round(cast: Cast, state: str) -> None:
    matter = raise_matter(cast, state)
    made = ending_actions.reopen_matter(
        actor=cast.actor("village_staff"), matter=matter, words="又坏了"
    )
    assert (made.state, made.round, made.done_on) == ("under_way", 2, None)


def test_the_reason_is_needed(cast: Cast) -> None:
    matter = raise_matter(cast, "closed")
    with pytest.raises(Invalid):
        ending_actions.reopen_matter(actor=cast.actor("secretary"), matter=matter, words=" ")


@pytest.mark.parametrize("state", ["registered", "under_way", "done", "asked_back"])
def test_only_what_has_ended_is_reopened(cast: Cast, state: str) -> None:
    matter = raise_matter(cast, state)
    with pytest.raises(Conflict):
        ending_actions.reopen_matter(actor=cast.actor("secretary"), matter=matter, words="又坏了")
