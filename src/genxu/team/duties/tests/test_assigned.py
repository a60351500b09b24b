"""A turn is an assignment: on its day nothing of it counts as volunteering."""

from datetime import timedelta

from genxu.team.duties.assigned import has_turn
from tests.cast import HOME, NEIGHBOUR, Cast

from .factories import NAMES, deal, drafted, published, turn_of


def test_who_has_a_turn_on_a_day_is_told(cast: Cast) -> None:
    turn = turn_of(published(cast))
    who = {"name": NAMES[0], "member": turn.person.member_id}
    assert has_turn(hamlet=HOME, day=turn.day, **who)
    assert not has_turn(hamlet=HOME, day=turn.day - timedelta(days=4000), **who)
    assert not has_turn(hamlet=NEIGHBOUR, day=turn.day, **who)


def test_of_what_is_not_made_known_nothing_is_told(cast: Cast) -> None:
    rota = deal(cast, drafted(cast))
    turn = turn_of(rota)
    assert not has_turn(hamlet=HOME, name=NAMES[0], member=None, day=turn.day)
