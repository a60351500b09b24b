"""Two at the same moment: whoever speaks, whoever ends, whoever looks follow each other."""

import pytest

from genxu.core.errors import Conflict
from genxu.core.tests.following import follow
from genxu.team.campaigns import actions
from genxu.team.campaigns.models import Sample
from genxu.team.campaigns.workflow import Said
from tests.cast import Cast

from .factories import answered, ended, nothing, opened, part, sample

pytestmark = pytest.mark.django_db(transaction=True)


def test_nobody_speaks_behind_the_end(cast: Cast) -> None:
    campaign = opened(cast)
    one = part(campaign)
    found = follow(lambda: ended(cast, campaign), lambda: nothing(cast, one))
    assert isinstance(found, Conflict)
    assert part(campaign).state == Said.OPEN


def test_two_answers_of_one_hamlet_follow_each_other(cast: Cast) -> None:
    one = part(opened(cast))
    found = follow(
        lambda: answered(cast, one, 1), lambda: answered(cast, one, 0, 1, who="village_staff")
    )
    assert not isinstance(found, Exception), found
    first, second = one.answers.order_by("household__number")
    assert (first.value, len(first.before), second.value) == (0, 1, 1)


def test_what_was_taken_back_is_not_agreed_to(cast: Cast) -> None:
    one: Sample = sample(cast)
    found = follow(
        lambda: actions.unsay(actor=cast.actor("secretary"), part=one.part),
        lambda: actions.agree(actor=cast.actor("next_township_staff"), sample=one),
    )
    assert isinstance(found, Conflict)
    assert part(one.part.campaign).state == Said.OPEN
