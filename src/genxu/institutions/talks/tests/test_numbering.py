"""Talks are numbered within their hamlet by the order of the evenings, without gap or double, also
when two record at once."""

import threading
from uuid import uuid4

import pytest
from django.db import connection

from genxu.core import clock
from genxu.core.errors import Denied
from genxu.institutions.talks.actions import record_talk
from genxu.institutions.talks.models import Talk
from tests.cast import HOME, NEIGHBOUR, NOW, VILLAGE, Cast
from tests.doing import gathering, hold_talk, taken_up


def test_each_hamlet_counts_for_itself(cast: Cast) -> None:
    numbers = [hold_talk(cast, hamlet=code).number for code in (HOME, NEIGHBOUR, HOME, HOME)]
    assert numbers == [1, 1, 2, 3]


def test_a_talk_is_held_in_a_hamlet(cast: Cast) -> None:
    with pytest.raises(Denied):
        record_talk(
            actor=cast.actor("secretary"), hamlet=cast.hamlet(VILLAGE),
            gathering=gathering(), said=[],
        )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_numbering_under_concurrency(cast: Cast) -> None:
    actor, hamlet = cast.actor("secretary"), cast.home
    failures: list[BaseException] = []

    def record() -> None:
        try:
            with clock.at(NOW):
                record_talk.once(
                    uuid4(), actor=actor, hamlet=hamlet, gathering=gathering(), said=[taken_up()],
                    another=True,
                )  # fmt: skip
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=record) for _n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    numbers = Talk.objects.filter(hamlet=HOME).numbered().values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, 9))
