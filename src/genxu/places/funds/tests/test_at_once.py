"""Two who note, decide or pay at one moment follow each other."""

import pytest

from genxu.core.errors import Conflict, Invalid
from genxu.core.tests.following import follow
from genxu.places.funds import spending_actions
from genxu.places.funds.models import Contribution
from tests.cast import Cast

from .factories import asked, decided, fund, given, money, paid

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_payments_that_together_are_more_than_is_there(cast: Cast) -> None:
    given(cast, 100_000)
    one, two = decided(cast, asked(cast, 80_000)), decided(cast, asked(cast, 70_000))
    found = follow(lambda: paid(cast, one), lambda: paid(cast, two))
    assert isinstance(found, Invalid)
    assert list(found.fields) == ["amount"]
    assert money(fund(cast)) == 20_000


def test_the_same_is_not_paid_twice(cast: Cast) -> None:
    given(cast)
    one = decided(cast)
    found = follow(lambda: paid(cast, one), lambda: paid(cast, one))
    assert isinstance(found, Conflict)
    assert money(fund(cast)) == 420_000


def test_two_gifts_have_two_numbers(cast: Cast) -> None:
    fund(cast)
    follow(lambda: given(cast, 1), lambda: given(cast, 2, part="bookkeeper"))
    numbers = Contribution.objects.order_by("serial").values_list("serial", flat=True)
    assert list(numbers) == [1, 2]


def test_withdrawn_while_it_is_paid_it_stays_paid(cast: Cast) -> None:
    given(cast)
    one = decided(cast)
    found = follow(
        lambda: paid(cast, one),
        lambda: spending_actions.withdraw_spending(
            actor=cast.actor("secretary"), spending=one, words="不办了"
        ),
    )
    assert isinstance(found, Conflict)
    assert money(fund(cast)) == 420_000
