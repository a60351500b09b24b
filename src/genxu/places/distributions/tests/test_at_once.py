"""Two who pay, book or draw up the same at one moment follow each other: once only."""

import pytest

from genxu.core import clock
from genxu.core.errors import Conflict, Invalid
from genxu.core.tests.following import follow
from genxu.places.distributions import actions
from genxu.places.distributions.models import Distribution, Portion
from genxu.places.distributions.payment_intake import PaidRow, record_payments
from genxu.places.ledger import chart
from genxu.places.ledger.models import Book
from genxu.places.ledger.queries import balance_of
from tests.cast import HOME, Cast

from . import factories

pytestmark = pytest.mark.django_db(transaction=True)


def owed() -> int:
    return balance_of(Book.objects.get(place=HOME), chart.PAYABLE, clock.today())


def test_two_pay_the_same_line_at_once_and_it_is_paid_once(cast: Cast) -> None:
    one = factories.booked(cast)
    first = factories.portions(one)[0]
    found = follow(lambda: factories.paid(cast, first), lambda: factories.paid_all(cast, one))
    assert isinstance(found, Conflict)
    assert owed() == one.shared - first.sum
    assert [portion.is_paid for portion in factories.portions(one)] == [True, False, False, False]


def test_the_bank_s_list_and_the_page_pay_once(cast: Cast) -> None:
    one = factories.booked(cast)
    first = factories.portions(one)[0]
    rows = [PaidRow(HOME, 1, first.sum, clock.today())]
    found = follow(
        lambda: factories.paid(cast, first),
        lambda: record_payments(
            actor=cast.actor("bookkeeper"), place=cast.home, rows=rows, count=1, hamlets=[HOME]
        ),
    )
    assert not isinstance(found, Exception)  # known already: nothing is paid again
    assert owed() == one.shared - first.sum


def test_two_draw_up_the_same_year_at_once_and_it_is_drawn_up_once(cast: Cast) -> None:
    factories.founded(cast)
    factories.kept_book(cast)
    found = follow(lambda: factories.drawn(cast), lambda: factories.drawn(cast))
    assert isinstance(found, Invalid)
    assert Distribution.objects.count() == 1
    assert Portion.objects.count() == 4


def test_two_book_it_at_once_and_it_is_booked_once(cast: Cast) -> None:
    one, bookkeeper = factories.carried(cast), cast.actor("bookkeeper")

    def book() -> Distribution:
        return actions.book_plan(actor=bookkeeper, distribution=one, day=clock.today())

    assert isinstance(follow(book, book), Conflict)
    assert owed() == one.shared
