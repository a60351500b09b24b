"""A page asks the same number of questions for a few lines and for thousands."""

from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from genxu.places.disclosures.models import Disclosure
from genxu.places.ledger.posting import Leg, Slip, post_all
from genxu.places.ledger.tests.factories import opened
from tests.cast import Cast

from . import factories


def many(cast: Cast, count: int) -> Disclosure:
    book = opened(cast)
    slips = [
        Slip(date(2026, 1, 1) + timedelta(days=n % 30), f"收到第{n}笔租金",
             [Leg("102", debit=100 + n), Leg("501", credit=100 + n)], who="罗测三", is_person=True)
        for n in range(count)
    ]  # fmt: skip
    post_all(cast.actor("bookkeeper"), book, slips)
    return factories.shown(cast, book)


def asked_for(client: Any, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_a_book_of_thousands_of_lines_is_read_in_as_many_queries(cast: Cast, client: Any) -> None:
    few = factories.shown(cast, factories.moved(cast, factories.village_book(cast)))
    factories.asked(cast, factories.line_of(few))
    large = many(cast, 3000)
    factories.asked(cast, large.lines.all()[0])
    client.get(f"/accounts/{few.pk}/")
    assert asked_for(client, f"/accounts/{large.pk}/") <= asked_for(client, f"/accounts/{few.pk}/")
    assert asked_for(client, f"/accounts/{large.pk}/?page=60") <= 16
    assert large.lines.count() == 3000
    assert large.until == date(2026, 1, 31), "more than twenty a month: each month"


def test_drawing_up_thousands_takes_a_fixed_number_of_statements(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as seen:
        many(cast, 1000)
    assert len(seen) < 120
