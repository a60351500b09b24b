"""Two who take one turn at the same moment, and rows of a spreadsheet beside a page: they follow
each other."""

import pytest

from genxu.core.access import Actor
from genxu.core.errors import Conflict
from genxu.core.tests.following import follow
from genxu.team.duties import turn_actions
from genxu.team.duties.models import OnRota, Rota, Turn
from genxu.team.duties.people_intake import PersonRow
from tests.cast import HOME, Cast

from .factories import NAMES, enrol, offered, person, record, secretary

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_first_of_two_has_the_turn(cast: Cast) -> None:
    turn = offered(cast)
    rota = Rota.objects.get()
    first, second = person(rota, NAMES[0]), person(rota, NAMES[2])

    def take(who: OnRota, actor: Actor) -> Turn:
        return turn_actions.take_turn(actor=actor, rota=rota, turn=turn, person=who)

    found = follow(lambda: take(first, cast.actor("member")), lambda: take(second, secretary(cast)))
    assert isinstance(found, Conflict)
    assert NAMES[0] in str(found.message)
    turn.refresh_from_db()
    assert turn.person == first


def test_a_row_behind_the_page_finds_who_was_put_on_it(cast: Cast) -> None:
    rota = offered(cast).rota
    row = PersonRow(HOME, "罗测新", "watch", new_hand=True)
    found = follow(lambda: enrol(cast, Rota.objects.get(), "罗测新"), lambda: record(cast, row))
    assert found is None
    assert person(rota, "罗测新").new_hand
