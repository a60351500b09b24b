"""Two who say or do something about the same dispute at one moment follow each other."""

import pytest

from genxu.core.errors import Conflict, Invalid
from genxu.core.tests.following import follow
from genxu.team.disputes import actions
from genxu.team.disputes.models import Dispute, sides_of
from genxu.team.disputes.workflow import State
from tests.cast import Cast

from .factories import agreed, agreed_long_ago, begun, met, noted, said

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_last_two_answers_settle_it(cast: Cast) -> None:
    dispute = agreed_long_ago(cast)
    one, two = sides_of(dispute)
    found = follow(lambda: said(dispute, one), lambda: noted(cast, dispute, two))
    assert found.state == State.SETTLED


def test_what_is_noted_at_the_moment_of_her_own_word_stands_below_it(cast: Cast) -> None:
    dispute = agreed_long_ago(cast)
    one, _two = sides_of(dispute)
    found = follow(lambda: said(dispute, one), lambda: noted(cast, dispute, one, "unreached"))
    assert isinstance(found, Invalid)
    one.refresh_from_db()
    assert one.is_own_word


def test_whoever_ends_it_first_has_ended_it(cast: Cast) -> None:
    dispute = met(cast, begun(cast))
    secretary = cast.actor("secretary")
    found = follow(
        lambda: actions.end_dispute(actor=secretary, dispute=dispute),
        lambda: agreed(cast, dispute),
    )
    assert isinstance(found, Conflict)
    assert {one.yes for one in sides_of(Dispute.objects.get())} == {""}
