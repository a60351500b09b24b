"""Whatever is booked, typed late, taken back, shown, put right: what there was, what was typed
since, what came, less what went, is what there is; and each entry is told once."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genxu.core.errors import Refusal
from genxu.places.disclosures import queries
from genxu.places.disclosures.models import Disclosure, Told
from genxu.places.disclosures.workflow import State
from genxu.places.ledger import actions, chart
from genxu.places.ledger.models import Book, Entry
from genxu.places.ledger.posting import Leg
from genxu.places.ledger.queries import money_on
from genxu.places.ledger.tests.factories import opened
from tests.cast import Cast

from . import factories
from .factories import on

CODES = ["101", "102", "112", "211", "501", "514"]
tried = st.tuples(
    st.sampled_from(["post", "post", "post", "open", "reverse", "reverse", "show", "correct"]),
    st.sampled_from(CODES), st.sampled_from(CODES), st.integers(1, 900), st.integers(0, 360),
)  # fmt: skip


def attempt(cast: Cast, book: Book, one: tuple[Any, ...]) -> None:
    what, debit, credit, fen, further = one
    actor, day = cast.actor("bookkeeper"), date(2026, 1, 1) + timedelta(days=further)
    try:
        if what == "post":
            legs = [Leg(debit, debit=fen), Leg(credit, credit=fen)]
            actions.post_entry(actor=actor, book=book, day=day, text="一笔", legs=legs)
        elif what == "open":
            legs = [Leg("102", debit=fen), Leg("301", credit=fen)]
            actions.note_opening(actor=actor, book=book, legs=legs)
        elif what == "reverse":
            entries = Entry.objects.filter(book=book).order_by("pk")
            if count := entries.count():
                entry = entries[fen % count]
                actions.reverse_entry(actor=actor, entry=entry, reason="记错了", day=day)
        elif what == "show":
            factories.shown(cast, Book.objects.get(pk=book.pk))
        elif last := queries.last_shown(book):
            factories.published(cast, factories.signed(cast, factories.corrected(cast, last)))
    except Refusal:
        return


def check_laws(book: Book) -> None:
    standing = list(Disclosure.objects.filter(book=book, state=State.PUBLISHED).order_by("until"))
    before, told = 0, Counter[int]()
    for one in standing:
        lines = list(Told.objects.filter(disclosure=one).select_related("entry"))
        told.update(line.entry_id for line in lines)
        opening = one.stood if one is standing[0] else before
        assert one.stood == opening
        assert one.stood + one.late + one.came - one.went == one.closing
        came = sum(fen for side, _code, fen in one.groups if side == "came")
        went = sum(fen for side, _code, fen in one.groups if side == "went")
        assert (came, went) == (one.came, one.went)
        assert one.came - one.went + one.late + one.stood - before == sum(x.net for x in lines)
        before = one.closing
    assert set(told.values()) <= {1}, "each entry once"
    if standing:
        until, upto = standing[-1].until, queries.added_since(standing[-1])
        unknown = Entry.objects.filter(book=book, day__lte=until).count() - len(told)
        assert unknown == upto, "all but what was typed since"
        if not upto:
            assert money_on(book, until) == before


@settings(max_examples=25, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.lists(tried, max_size=16))
def test_what_there_was_and_what_moved_is_what_there_is(
    cast: Cast, walk: list[tuple[Any, ...]]
) -> None:
    with transaction.atomic(), on(2027, 1, 10):
        book = opened(cast)
        attempt(cast, book, ("post", chart.BANK, "501", 5_000, 0))
        for one in walk:
            attempt(cast, book, one)
        check_laws(book)
        transaction.set_rollback(True)
