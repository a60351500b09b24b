"""Two who write at the same time: with real commits, on both databases."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from genxu.core import clock
from genxu.core.errors import Conflict
from genxu.core.tests.following import follow
from genxu.people import household_actions
from genxu.people.models import Household
from tests.cast import HOME, NEIGHBOUR, NOW, OPERATOR, Cast

from .factories import enter_rows, household, living, population, row


def together(*runs: Callable[[], Any]) -> list[BaseException]:
    """Run all at the same moment, each in a thread with a connection of its own; what failed."""
    gate = threading.Barrier(len(runs))
    failed: list[BaseException] = []

    def start(run: Callable[[], Any]) -> None:
        try:
            with clock.at(NOW):
                gate.wait()
                run()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=start, args=[run]) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


@pytest.mark.django_db(transaction=True)
def test_batches_at_once_follow_each_other_and_numbers_never_collide(cast: Cast) -> None:
    """Four batches over the same two hamlets, each naming them in another order."""

    def batch(n: int) -> Callable[[], Any]:
        hamlets = [HOME, NEIGHBOUR] if n % 2 else [NEIGHBOUR, HOME]
        rows = [row(None, f"罗测{n}{'甲乙丙丁戊'[i]}", hamlet=h) for i in range(5) for h in hamlets]
        return lambda: enter_rows(*rows)

    assert together(*(batch(n) for n in range(4))) == []
    for hamlet, before in ((HOME, 4), (NEIGHBOUR, 2)):
        numbers = Household.objects.filter(hamlet=hamlet).values_list("number", flat=True)
        assert sorted(numbers) == list(range(1, before + 20 + 1))
        assert population(hamlet) == living(hamlet)


@pytest.mark.django_db(transaction=True)
def test_the_same_batch_twice_at_once_is_entered_once(cast: Cast) -> None:
    rows = [row(None, f"罗测{name}") for name in "甲乙丙丁戊"]
    assert together(*(lambda: enter_rows(*rows) for _n in range(3))) == []
    assert Household.objects.filter(hamlet=HOME).count() == 4 + 5


@pytest.mark.django_db(transaction=True)
def test_a_spreadsheet_and_a_correction_at_once_count_each_person_once(cast: Cast) -> None:
    one = household(1)
    correction = {"head_name": "罗测一", "phone": "", "household": one}
    assert not together(
        lambda: enter_rows(
            *(row(n, f"罗测{'一二三四'[n - 1]}", head_count=9) for n in range(1, 5))
        ),
        lambda: household_actions.correct_household(actor=OPERATOR, head_count=6, **correction),
        lambda: household_actions.correct_household(actor=OPERATOR, head_count=7, **correction),
    )
    assert population() == living()


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_crosswise_leave_one_household(cast: Cast) -> None:
    one, other = household(1), household(2)

    def merge(keep: Household, double: Household) -> Callable[[], Any]:
        return lambda: household_actions.merge_households(actor=OPERATOR, keep=keep, double=double)

    (refused,) = together(merge(one, other), merge(other, one))
    assert type(refused).__name__ == "Conflict"
    assert population() == living()
    assert Household.objects.living_here().filter(hamlet=HOME).count() == 3


def correct(**values: Any) -> Callable[[], Any]:
    one = household(1)
    about = {"head_name": "罗测一", "phone": "", "head_count": 6, **values}
    return lambda: household_actions.correct_household.once(
        None, one.version, actor=OPERATOR, household=one, **about
    )


@pytest.mark.django_db(transaction=True)
def test_rows_behind_a_correction_are_planned_on_what_it_left(cast: Cast) -> None:
    """The row was the same as the household until the page corrected it."""
    work = correct(phone="13800000009")
    follow(work, lambda: enter_rows(row(1, "罗测一", head_count=1), row(9, "罗测九")))
    one = household(1)
    assert (one.head_count, one.phone, one.version) == (1, "13800000009", 3)
    assert population() == living()


@pytest.mark.django_db(transaction=True)
def test_rows_do_not_bring_back_who_moves_away_meanwhile(cast: Cast) -> None:
    one = household(1)
    found = follow(
        lambda: household_actions.move_away(actor=OPERATOR, household=one, on=NOW.date()),
        lambda: enter_rows(row(1, "罗测一", head_count=9)),
    )
    assert "number" in found.fields
    assert household(1).left_on == NOW.date()
    assert population() == living()


@pytest.mark.django_db(transaction=True)
def test_a_correction_behind_rows_is_told(cast: Cast) -> None:
    work = correct()
    found = follow(lambda: enter_rows(row(1, "罗测一", head_count=9)), work)
    assert isinstance(found, Conflict)
    assert household(1).head_count == 9
    assert population() == living()


@pytest.mark.django_db(transaction=True)
def test_rows_behind_rows_see_them(cast: Cast) -> None:
    rows = [row(1, "罗测一", head_count=9), row(None, "罗测五")]
    follow(lambda: enter_rows(*rows), lambda: enter_rows(*rows))
    assert household(1).version == 2
    assert Household.objects.filter(hamlet=HOME).count() == 5
    assert population() == living()
