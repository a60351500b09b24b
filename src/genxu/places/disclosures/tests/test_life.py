"""Drawn up, signed by another, shown, put right by a newer one; what is late."""

from datetime import date
from typing import Any

import pytest

from genxu.core.errors import Conflict, Denied, Invalid
from genxu.places.disclosures import actions, queries
from genxu.places.disclosures.models import Disclosure, Told
from genxu.places.disclosures.workflow import State, last_end
from genxu.places.ledger import actions as ledger_actions
from genxu.places.ledger.models import BookKind, Entry
from genxu.places.ledger.tests import factories as ledger
from tests.cast import HOME, VILLAGE, Cast

from . import factories
from .factories import SPRING, on


def lines(one: Disclosure, part: Told.Part) -> list[Told]:
    return list(one.lines.filter(part=part).order_by("position"))


def test_the_quarter_is_told_in_sums_and_lines(cast: Cast) -> None:
    one = factories.drawn(cast)
    assert (one.since, one.until) == (date(2026, 1, 1), date(2026, 3, 31))
    assert (one.stood, one.late, one.came, one.went, one.closing) == (0, 0, 100_000, 30_000, 70_000)
    assert one.groups == [["came", "501", 100_000], ["went", "514", 30_000]]
    assert [line.net for line in lines(one, Told.Part.MOVED)] == [100_000, -30_000]
    assert one.days == "2026年第1季度"


def test_what_stood_at_the_beginning_neither_came_nor_moved(cast: Cast) -> None:
    book = ledger.opened(cast)
    legs = ledger.legs("102", "301", 500_000)
    ledger_actions.note_opening(actor=cast.actor("bookkeeper"), book=book, legs=legs)
    one = factories.drawn(cast, factories.moved(cast, book))
    assert (one.stood, one.came, one.closing) == (500_000, 100_000, 570_000)


def test_an_entry_taken_back_within_the_days_lessens_what_went(cast: Cast) -> None:
    book = factories.moved(cast)
    wages = Entry.objects.get(book=book, amount=30_000)
    given = {"entry": wages, "reason": "付重了", "day": date(2026, 3, 1)}
    ledger_actions.reverse_entry(actor=cast.actor("bookkeeper"), **given)
    one = factories.drawn(cast, book)
    assert (one.came, one.went, one.closing) == (100_000, 0, 100_000)
    assert one.groups == [["came", "501", 100_000]]


def test_typed_late_it_stands_on_top_of_the_next(cast: Cast) -> None:
    first = factories.shown(cast)
    book = first.book
    ledger.went_out(cast, 5_000, book, day=SPRING, text="补记买灯泡")
    assert queries.added_since(first) == 1
    ledger.came_in(cast, 1_000, book, day=date(2026, 4, 2))
    with on(2026, 7, 3):
        second = factories.drawn(cast, book)
    assert (second.stood, second.late, second.came) == (70_000, -5_000, 1_000)
    assert second.closing == 66_000
    (late,) = lines(second, Told.Part.NEW)
    assert (late.text, late.earlier) == ("补记买灯泡", True)
    first.refresh_from_db()
    assert first.closing == 70_000, "what was shown stays as it was shown"


def test_taking_back_an_entry_of_days_told_before_stands_on_top(cast: Cast) -> None:
    first = factories.shown(cast)
    wages = Entry.objects.get(book=first.book, amount=30_000)
    given = {"entry": wages, "reason": "付错了人", "day": date(2026, 4, 3)}
    ledger_actions.reverse_entry(actor=cast.actor("bookkeeper"), **given)
    with on(2026, 7, 3):
        second = factories.drawn(cast, first.book)
    (undone,) = lines(second, Told.Part.NEW)
    assert (undone.reason, undone.net, undone.earlier) == ("付错了人", 30_000, False)
    assert (second.came, second.went, second.closing) == (30_000, 0, 100_000)


def test_a_quarter_in_which_nothing_moved_is_told_too(cast: Cast) -> None:
    one = factories.shown(cast, ledger.opened(cast))
    assert (one.closing, one.lines.count(), one.state) == (0, 0, State.PUBLISHED)


def test_days_that_are_not_over_are_not_drawn_up(cast: Cast) -> None:
    book = factories.shown(cast).book
    with pytest.raises(Conflict, match="还没"):
        factories.drawn(cast, book)


def test_one_at_a_time(cast: Cast) -> None:
    one = factories.drawn(cast)
    with pytest.raises(Conflict):
        factories.drawn(cast, one.book)


def test_who_drew_it_up_or_keeps_the_books_does_not_sign(cast: Cast) -> None:
    one = factories.drawn(cast)
    for part in ("bookkeeper", "secretary", "township_staff", "village_staff"):
        with pytest.raises(Denied):
            actions.sign_disclosure(actor=cast.actor(part), disclosure=one, no_relative=True)
    Disclosure.objects.filter(pk=one.pk).update(drawn_by=cast.supervisor)
    with pytest.raises(Denied, match="自己"):
        factories.signed(cast, one)


def test_who_is_a_relative_leaves_it_to_another_and_nothing_is_kept(cast: Cast) -> None:
    one = factories.drawn(cast)
    given = {"actor": cast.actor("supervisor"), "disclosure": one}
    with pytest.raises(Invalid, match="另"):
        actions.sign_disclosure(**given, no_relative=False)
    after = Disclosure.objects.get(pk=one.pk)
    assert (after.version, after.signed_by) == (one.version, None)
    assert "relative" not in str(vars(factories.signed(cast, one)))


def test_nothing_is_shown_without_a_signature(cast: Cast) -> None:
    with pytest.raises(Conflict):
        factories.published(cast, factories.drawn(cast))


def test_drawn_up_again_it_takes_in_what_was_mended(cast: Cast) -> None:
    one = factories.sent_back(cast)
    ledger.went_out(cast, 2_000, one.book, day=SPRING, text="买扫帚")
    one = actions.redraw_disclosure(actor=cast.actor("bookkeeper"), disclosure=one)
    assert (one.state, one.went, one.signed_by) == (State.DRAWN, 32_000, None)
    assert one.lines.count() == 3


def test_a_newer_one_says_what_it_changes_and_takes_its_place(cast: Cast) -> None:
    first = factories.shown(cast)
    ledger.went_out(cast, 2_000, first.book, day=SPRING, text="买扫帚")
    second = factories.corrected(cast, first)
    (new,) = lines(second, Told.Part.NEW)
    assert (new.text, second.went, second.why) == ("买扫帚", 32_000, "工钱少记了一笔")
    assert Disclosure.objects.get(pk=first.pk).state == State.PUBLISHED
    factories.published(cast, factories.signed(cast, second))
    assert Disclosure.objects.get(pk=first.pk).state == State.REPLACED
    assert queries.last_shown(first.book) == second


def test_the_reason_that_all_read_names_nobody(cast: Cast) -> None:
    given = {"disclosure": factories.shown(cast), "words": "罗测三的工钱记错了"}
    with pytest.raises(Invalid):
        actions.correct_disclosure(actor=cast.actor("bookkeeper"), **given)


def test_two_newer_ones_of_one_are_told(cast: Cast) -> None:
    first = factories.shown(cast)
    factories.corrected(cast, first)
    with pytest.raises(Conflict):
        factories.corrected(cast, first)


def test_days_from_which_later_ones_go_on_are_put_right_no_more(cast: Cast) -> None:
    """Their sums are where the later ones begin."""
    first = factories.shown(cast)
    with on(2026, 7, 3):
        second = factories.shown(cast, first.book)
        with pytest.raises(Conflict, match="后面"):
            factories.corrected(cast, first)
        assert factories.corrected(cast, second).edition == 2


def test_the_last_days_of_a_closed_book_are_shown_and_no_more(cast: Cast) -> None:
    book = ledger.opened(cast)
    entry = ledger.came_in(cast, 500, book, day=SPRING)
    given = {"entry": entry, "reason": "退回", "day": date(2026, 2, 20)}
    ledger_actions.reverse_entry(actor=cast.actor("bookkeeper"), **given)
    with on(2026, 3, 2):
        ledger_actions.close_book(actor=cast.actor("bookkeeper"), book=book)
    book.refresh_from_db()
    rows = queries.book_list(cast.actor("township_staff"))
    assert list(queries.told_before(rows, past_due=True)) == [book]
    factories.shown(cast, book)
    assert not queries.book_list(cast.actor("township_staff")).exists()
    with on(2026, 8, 1), pytest.raises(Conflict, match="结束"):
        factories.drawn(cast, book)


# --- how often, and what is late -----------------------------------------------------------------


def test_many_entries_in_a_month_make_it_monthly(cast: Cast) -> None:
    book = ledger.opened(cast)
    for n in range(21):
        ledger.came_in(cast, 100 + n, book, day=date(2026, 1, 5))
    assert queries.turn_of(book).until == date(2026, 1, 31)
    actions.set_pace(actor=cast.actor("township_staff"), book=book, monthly=False)
    assert queries.turn_of(book).until == date(2026, 3, 31)


def test_twenty_entries_in_a_month_are_not_many(cast: Cast) -> None:
    book = ledger.opened(cast)
    for n in range(20):
        ledger.came_in(cast, 100 + n, book, day=date(2026, 1, 5))
    assert queries.turn_of(book).until == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("day", "late", "due"),
    [((2026, 3, 31), False, False), ((2026, 4, 1), False, True), ((2026, 4, 15), False, True),
     ((2026, 4, 16), True, True)],
)  # fmt: skip
def test_late_from_the_day_after_the_fifteenth(
    cast: Cast, day: tuple[int, int, int], late: bool, due: bool
) -> None:
    book = ledger.opened(cast)
    with on(*day):
        rows = queries.book_list(cast.actor("township_staff"))
        assert queries.told_before(rows, past_due=True).exists() == late
        assert queries.told_before(rows, past_due=False).exists() == due
        turn = queries.turn_of(book)
        assert (turn.is_late, turn.is_over) == (late, due)


def test_the_last_end_of_quarters_and_months() -> None:
    found = [last_end(date(2026, 5, 13), monthly=monthly, past_due=past_due)
             for monthly in (False, True) for past_due in (False, True)]  # fmt: skip
    march, april = date(2026, 3, 31), date(2026, 4, 30)
    assert found == [march, march, april, march]
    assert last_end(date(2026, 1, 1), monthly=False) == date(2025, 12, 31)


def test_a_late_quarter_is_seen_by_the_township(cast: Cast, enter: Any) -> None:
    factories.moved(cast)
    township = enter("township_staff")
    assert "1 本账" in township.get("/home/").content.decode()
    page = township.get("/disclosures/?group=late").content.decode()
    assert "罗家洲" in page
    factories.shown(cast, ledger.opened(cast))
    assert "罗家洲" not in township.get("/disclosures/?group=late").content.decode()


def test_the_books_of_village_and_hamlet_both_stand_on_the_hamlets_page(
    cast: Cast, client: Any
) -> None:
    factories.shown(cast)
    ledger.opened(cast, BookKind.COMMITTEE, VILLAGE)
    page = client.get(f"/places/{HOME}/accounts/").content.decode()
    assert "2026年第1季度" in page
    assert "港东村" in page
    assert "还没公开" in page
