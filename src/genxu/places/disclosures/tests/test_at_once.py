"""Two at the same moment: one draws it up, one asks, one entry comes in between."""

import pytest

from genxu.core.errors import Conflict
from genxu.core.tests.following import follow
from genxu.places.disclosures.models import Disclosure, Question
from genxu.places.ledger.models import Book
from genxu.places.ledger.tests import factories as ledger
from tests.cast import everybody

from . import factories


@pytest.mark.django_db(transaction=True)
def test_two_who_draw_it_up_make_one() -> None:
    cast = everybody()
    book = factories.moved(cast)

    def draw() -> object:
        return factories.drawn(cast, Book.objects.get(pk=book.pk))

    assert isinstance(follow(draw, draw), Conflict)
    assert Disclosure.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_newer_ones_at_once_make_one() -> None:
    cast = everybody()
    one = factories.shown(cast)

    def correct() -> object:
        return factories.corrected(cast, Disclosure.objects.get(pk=one.pk))

    assert isinstance(follow(correct, correct), Conflict)
    assert Disclosure.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_is_typed_meanwhile_is_told_or_counted_as_typed_since() -> None:
    cast = everybody()
    book = factories.moved(cast)

    def book_it() -> object:
        return ledger.went_out(cast, 700, Book.objects.get(pk=book.pk), day=factories.SPRING)

    follow(book_it, lambda: factories.drawn(cast, Book.objects.get(pk=book.pk)))
    one = Disclosure.objects.get()
    assert (one.went, one.lines.count()) == (30_700, 3)


@pytest.mark.django_db(transaction=True)
def test_a_household_that_asks_twice_at_once_asks_once() -> None:
    cast = everybody()
    line = factories.line_of(factories.shown(cast))

    def ask() -> object:
        return factories.asked(cast, line)

    assert isinstance(follow(ask, ask), Conflict)
    assert Question.objects.count() == 1
