"""Two who pay from one book at the same moment: the second sees what the first has left."""

import pytest

from genxu.core.errors import Invalid
from genxu.core.tests.following import follow
from genxu.places.ledger import queries
from genxu.places.ledger.models import Book
from tests.cast import Cast, everybody

from .factories import DAY, came_in, opened, went_out


@pytest.mark.django_db(transaction=True)
def test_two_payments_that_together_exceed_what_is_there() -> None:
    cast: Cast = everybody()
    book = opened(cast)
    came_in(cast, 10_000, book=book)

    def pay() -> object:
        return went_out(cast, 6_000, book=Book.objects.get(pk=book.pk))

    second = follow(pay, pay)
    assert isinstance(second, Invalid), second
    assert queries.money_on(book, DAY) == 4_000


@pytest.mark.django_db(transaction=True)
def test_two_entries_at_once_get_numbers_of_their_own() -> None:
    cast: Cast = everybody()
    book = opened(cast)

    def note() -> object:
        return came_in(cast, 5, book=Book.objects.get(pk=book.pk))

    follow(note, note)
    assert list(book.entries.order_by("pk").values_list("number", flat=True)) == [1, 2]
