"""A hamlet with books is not closed over them; two with the same kind of book are not merged."""

from genxu.hamlets.actions import merge_hamlets
from genxu.people.resettlement import Merging
from genxu.places.ledger import actions
from genxu.places.ledger.models import BookKind
from genxu.places.ledger.resettling import against_merging, left_at
from tests.cast import NEIGHBOUR, Cast

from .factories import came_in, opened


def test_books_that_stand_are_told_before_a_hamlet_is_closed(cast: Cast) -> None:
    book = opened(cast)
    assert any(str(book) in told for told in left_at(cast.home))
    actions.close_book(actor=cast.actor("bookkeeper"), book=book)
    assert not list(left_at(cast.home))


def test_two_books_of_one_kind_stand_against_merging(cast: Cast) -> None:
    one = opened(cast, BookKind.FUND)
    merging = Merging(cast.actor("township_staff"), cast.hamlet(NEIGHBOUR), cast.home)
    assert not list(against_merging(merging))
    other = opened(cast, BookKind.FUND, NEIGHBOUR)
    opened(cast, BookKind.COLLECTIVE, NEIGHBOUR)
    (told,) = against_merging(merging)
    assert str(one) in told
    assert str(other) in told


def test_a_book_goes_along_with_its_hamlet(cast: Cast) -> None:
    book = opened(cast, BookKind.COLLECTIVE, NEIGHBOUR)
    came_in(cast, book=book)
    township = cast.actor("township_staff")
    merge_hamlets(actor=township, hamlet=cast.hamlet(NEIGHBOUR), heir=cast.home)
    book.refresh_from_db()
    assert book.place_id == cast.home.code
    assert came_in(cast, book=book).number == 2
