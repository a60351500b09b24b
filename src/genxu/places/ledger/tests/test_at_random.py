"""Whatever is booked, taken back, shut, in whatever order: the books balance, money is neither made
nor lost, and there is never less than nothing of it."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genxu.core.errors import Refusal
from genxu.places.ledger import actions, chart, queries
from genxu.places.ledger.actions import next_to_close
from genxu.places.ledger.models import Book, Entry, Line, MonthSum
from genxu.places.ledger.posting import Leg
from tests.cast import NOW, Cast

from .factories import opened

CODES = ["101", "102", "112", "211", "501", "504", "513", "514"]
TODAY = NOW.date()
tried = st.tuples(
    st.sampled_from(["post", "post", "post", "post", "reverse", "close"]),
    st.sampled_from(CODES), st.sampled_from(CODES), st.integers(0, 900), st.integers(0, 140),
)  # fmt: skip


def attempt(cast: Cast, book: Book, one: tuple[Any, ...]) -> None:
    what, debit, credit, fen, back = one
    actor, day = cast.actor("bookkeeper"), TODAY - timedelta(days=back)
    try:
        if what == "post":
            legs = [Leg(debit, debit=fen), Leg(credit, credit=fen)]
            actions.post_entry(actor=actor, book=book, day=day, text="一笔", legs=legs)
        elif what == "close":
            book = Book.objects.get(pk=book.pk)
            actions.close_month(actor=actor, book=book, month=next_to_close(book))
        else:
            entries = Entry.objects.filter(book=book).order_by("pk")
            if count := entries.count():
                entry = entries[fen % count]
                actions.reverse_entry(actor=actor, entry=entry, reason="记错了", day=day)
    except Refusal:
        return


def check_laws(book: Book) -> None:
    lines = Line.objects.filter(entry__book=book)
    sides = lines.aggregate(d=Sum("debit"), c=Sum("credit"))
    assert sides["d"] == sides["c"]
    for entry in Entry.objects.filter(book=book).prefetch_related("lines"):
        assert sum(line.debit - line.credit for line in entry.lines.all()) == 0
        assert sum(line.debit for line in entry.lines.all()) == entry.amount > 0
    kept = {(m.account, m.month): (m.debit, m.credit) for m in MonthSum.objects.filter(book=book)}
    counted: dict[tuple[str, date], list[int]] = defaultdict(lambda: [0, 0])
    for line in lines.select_related("entry"):
        sums = counted[line.account, line.entry.day.replace(day=1)]
        sums[0] += line.debit
        sums[1] += line.credit
    assert kept == {key: tuple(sums) for key, sums in counted.items()}
    for code in chart.MONEY:
        left = 0
        moved = lines.filter(account=code).order_by("entry__day").values_list("entry__day")
        for day, change in moved.annotate(n=Sum(F("debit") - F("credit"))):
            left += change
            assert left >= 0, (code, day)
            assert queries.balance_of(book, code, day) == left


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(tried, max_size=14))
def test_the_books_always_balance(cast: Cast, walk: list[tuple[Any, ...]]) -> None:
    with transaction.atomic():
        book = opened(cast)
        for one in walk:
            attempt(cast, book, one)
        check_laws(book)
        transaction.set_rollback(True)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(8)))
def test_the_order_of_typing_changes_no_balance(cast: Cast, order: list[int]) -> None:
    """The same entries in any order, where none is refused, leave the same sums on every day."""
    days = [TODAY - timedelta(days=17 * n) for n in range(8)]
    with transaction.atomic():
        book = opened(cast)
        for n in order:
            legs = [Leg("102", debit=100 + n), Leg("501", credit=100 + n)]
            actions.post_entry(
                actor=cast.actor("bookkeeper"), book=book, day=days[n], text="租金", legs=legs
            )
        for day in days:
            expected = sum(100 + n for n in range(8) if days[n] <= day)
            assert queries.money_on(book, day) == expected
        transaction.set_rollback(True)
