"""A distribution from the books to the last household: drawn up, open, carried, booked, paid."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from django.test import Client

from genxu.core import clock
from genxu.core.errors import Conflict, Invalid
from genxu.core.money import apportion, fen_of
from genxu.organisation.assemblies.models import Motion
from genxu.places.collectives.decisions import own_motions
from genxu.places.collectives.roll_actions import move_membership
from genxu.places.distributions import actions, paying_actions
from genxu.places.distributions.explaining import five_lines
from genxu.places.distributions.models import Distribution
from genxu.places.distributions.workflow import State
from genxu.places.ledger import actions as ledger
from genxu.places.ledger import chart
from genxu.places.ledger.models import Book
from genxu.places.ledger.queries import balance_of
from genxu.places.ledger.tests.factories import came_in, legs
from tests.cast import HOME, NEIGHBOUR, NOW, VILLAGE, Cast, Enter, later

from . import factories
from .factories import EARNED, LAST, SHARES, YEAR


def today() -> date:
    return clock.today()


# --- drawn up ------------------------------------------------------------------------------------


def test_the_plan_goes_from_the_books_to_the_fen(cast: Cast) -> None:
    one = factories.drawn(cast)
    reserve = 12_346
    assert (one.earned, one.earlier, one.rate, one.way.reserve) == (EARNED, 0, 100, reserve)
    assert (one.shared, one.whole, one.strangers) == (EARNED - reserve, sum(SHARES), 0)
    found = [portion.sum for portion in factories.portions(one)]
    assert found == apportion(one.shared, SHARES)
    assert sum(found) == one.shared


def test_a_year_that_is_not_closed_is_not_shared_out(cast: Cast) -> None:
    factories.kept_book(cast, close=False)
    with pytest.raises(Invalid):
        factories.drawn(cast)
    with pytest.raises(Invalid):
        factories.drawn(cast, year=2026)


@pytest.mark.parametrize("earned", [-5_000, 0])
def test_a_year_that_earned_nothing_gives_nothing(cast: Cast, earned: int) -> None:
    factories.kept_book(cast, earned, close=earned != 0)
    with pytest.raises(Invalid) as refused:
        factories.drawn(cast)
    assert set(refused.value.fields) == {"year"}


def test_losses_of_earlier_years_come_first(cast: Cast) -> None:
    factories.kept_book(cast, -20_000, year=2024)
    factories.kept_book(cast)
    one = factories.drawn(cast)
    assert (one.earlier, one.way.made_good) == (-20_000, 20_000)
    assert one.shared == (EARNED - 20_000) - 10_346


def test_what_the_meeting_leaves_is_there_in_the_next_year(cast: Cast) -> None:
    factories.kept_book(cast, year=2024)
    one = factories.booked(cast, year=2024, as_of=date(2024, 12, 31), kept=50_000)
    assert one.shared == EARNED - 12_346 - 50_000
    factories.kept_book(cast)
    following = factories.drawn(cast)
    assert (following.earlier, following.shared) == (50_000, EARNED - 12_346 + 50_000)


def test_no_more_is_left_than_there_is(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        factories.drawn(cast, kept=EARNED)
    assert set(refused.value.fields) == {"kept"}
    one = factories.drawn(cast, kept=EARNED - 12_346)
    assert one.shared == 0
    assert not factories.portions(one)


def test_a_year_is_shared_out_once_and_the_earlier_one_first(cast: Cast) -> None:
    factories.kept_book(cast, year=2024)
    factories.kept_book(cast)
    one = factories.drawn(cast, year=2024, as_of=date(2024, 12, 31))
    for year in (2024, 2025):
        with pytest.raises(Invalid):
            factories.drawn(cast, year=year)
    actions.withdraw_plan(actor=cast.actor("secretary"), distribution=one, words="重来")
    with pytest.raises(Invalid, match="2024"):
        factories.drawn(cast, year=2025)
    factories.drawn(cast, year=2024)


def test_no_year_with_a_surplus_is_skipped_so_that_its_reserve_is_taken(cast: Cast) -> None:
    factories.kept_book(cast, year=2024)
    factories.kept_book(cast)
    with pytest.raises(Invalid, match="2024") as refused:
        factories.drawn(cast)
    assert set(refused.value.fields) == {"year"}
    factories.booked(cast, year=2024, as_of=date(2024, 12, 31))
    following = factories.drawn(cast)
    assert (following.earlier, following.way.reserve) == (0, 12_346)


def test_a_year_whose_income_losses_have_eaten_up_is_passed_over(cast: Cast) -> None:
    factories.founded(cast)
    with clock.at(clock.now().replace(year=2027)):
        for year, earned in ((2024, -20_000), (2025, 5_000), (2026, EARNED)):
            factories.kept_book(cast, earned, year=year)
        with pytest.raises(Invalid):
            factories.drawn(cast)
        one = factories.drawn(cast, year=2026)
        assert (one.earlier, one.way.made_good) == (-15_000, 15_000)


def test_less_than_nothing_is_not_left(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        factories.drawn(cast, kept=-1)
    assert set(refused.value.fields) == {"kept"}


def test_income_that_is_typed_late_counts_with_the_next_year(cast: Cast) -> None:
    one = factories.booked(cast)
    book = Book.objects.get(place=HOME)
    came_in(cast, 7_700, book, day=date(2025, 12, 30))
    ledger.close_year(actor=cast.actor("bookkeeper"), book=book, year=YEAR)
    one.refresh_from_db()
    assert one.earned == EARNED
    with later(days=400):
        came_in(cast, 1_000, book, day=date(2026, 8, 1))
        ledger.close_year(actor=cast.actor("bookkeeper"), book=book, year=2026)
        following = factories.drawn(cast, year=2026)
        assert (following.earned, following.earlier) == (1_000, 7_700)


# --- open, then decided --------------------------------------------------------------------------


def test_a_report_that_names_somebody_is_open_to_nobody(cast: Cast) -> None:
    named = "罗测一欠租"
    with pytest.raises(Invalid) as refused:
        factories.drawn(cast, report=named)
    assert set(refused.value.fields) == {"report"}
    one = factories.drawn(cast)
    with pytest.raises(Invalid) as refused:
        actions.publish_plan(actor=cast.actor("secretary"), distribution=one, report=named,
                             meets_on=date(2026, 5, 23))  # fmt: skip
    assert set(refused.value.fields) == {"report"}


def test_a_meeting_before_ten_days_have_passed_is_refused(cast: Cast) -> None:
    one, secretary = factories.drawn(cast), cast.actor("secretary")
    with pytest.raises(Invalid, match="2026-05-23"):
        actions.publish_plan(
            actor=secretary, distribution=one, meets_on=date(2026, 5, 22), report="好"
        )
    one = actions.publish_plan(
        actor=secretary, distribution=one, meets_on=date(2026, 5, 23), report="好"
    )
    with pytest.raises(Invalid):
        actions.move_meeting(actor=secretary, distribution=one, meets_on=date(2026, 5, 20))
    with pytest.raises(Invalid) as refused:  # a meeting that was held before it was open
        actions.carry_plan(actor=secretary, distribution=one, motion=factories.voted(cast))
    assert set(refused.value.fields) == {"motion"}


def test_only_a_motion_of_the_members_there_that_carried_counts(cast: Cast) -> None:
    one, secretary = factories.published(cast), cast.actor("secretary")
    wrong = [
        factories.voted(cast, votes=(39, 6, 5)),
        factories.voted(cast, hamlet=NEIGHBOUR),
        factories.voted(cast, body="villagers_meeting", basis="households", due=60),
        factories.voted(cast, kind="charter"),
    ]
    for motion in wrong:
        with pytest.raises(Invalid) as refused:
            actions.carry_plan(actor=secretary, distribution=one, motion=motion)
        assert set(refused.value.fields) == {"motion"}, motion.assembly.body
    actions.carry_plan(actor=secretary, distribution=one, motion=factories.voted(cast))


def test_a_share_of_a_household_without_a_member_takes_three_quarters(cast: Cast) -> None:
    factories.founded(cast, strange=1)
    one, secretary = factories.published(cast), cast.actor("secretary")
    assert one.strangers == 1
    for motion in (factories.voted(cast), factories.voted(cast, "non_member_share", (44, 3, 3))):
        with pytest.raises(Invalid):
            actions.carry_plan(actor=secretary, distribution=one, motion=motion)
    enough = factories.voted(cast, "non_member_share", (45, 3, 2))
    one = actions.carry_plan(actor=secretary, distribution=one, motion=enough)
    assert one.state == State.CARRIED


def test_who_was_a_member_that_day_is_no_stranger_for_having_moved_since(cast: Cast) -> None:
    collective = factories.founded(cast)
    first, second, *_rest = cast.households()
    mover = collective.memberships.get(household=first)
    move_membership(actor=cast.actor("secretary"), membership=mover, household=second, day=today())
    assert factories.drawn(cast).strangers == 0


def test_who_moved_in_with_her_shares_before_that_day_is_no_stranger(cast: Cast) -> None:
    collective = factories.founded(cast, strange=1)
    last = cast.households()[3]
    mover = collective.memberships.order_by("pk")[0]
    change = collective.changes.filter(household=mover.household).get()
    collective.changes.filter(pk=change.pk).update(membership=mover)
    mover.refresh_from_db()
    move_membership(actor=cast.actor("secretary"), membership=mover, household=last, day=LAST)
    assert factories.drawn(cast).strangers == 0


def test_a_hamlet_with_a_collective_of_its_own_decides_for_no_other(
    cast: Cast, enter: Enter
) -> None:
    one = factories.published(cast)
    village = cast.hamlet(VILLAGE)
    Distribution.objects.filter(pk=one.pk).update(place=village)
    one.refresh_from_db()
    motion = factories.voted(cast)
    with pytest.raises(Invalid) as refused:
        actions.carry_plan(actor=cast.actor("village_staff"), distribution=one, motion=motion)
    assert set(refused.value.fields) == {"motion"}
    assert own_motions(village) == []
    assert own_motions(cast.home) == [motion]


def test_that_others_were_due_than_the_roll_says_is_shown(cast: Cast, enter: Enter) -> None:
    one = factories.carried(cast)
    page = enter("secretary").get(f"/distributions/{one.pk}/")
    assert "60" in page.context["due_told"]
    assert page.context["due_told"] in page.content.decode()


def test_one_decision_carries_one_distribution(cast: Cast) -> None:
    factories.kept_book(cast, year=2024)
    first = factories.booked(cast, year=2024, as_of=date(2024, 12, 31))
    factories.kept_book(cast)
    one = factories.published(cast)
    motion = Motion.objects.get(pk=first.motion_id)
    with pytest.raises(Invalid):
        actions.carry_plan(actor=cast.actor("secretary"), distribution=one, motion=motion)


def test_what_was_carried_only_another_decision_takes_back(cast: Cast) -> None:
    one, secretary = factories.carried(cast), cast.actor("secretary")
    with pytest.raises(Conflict):
        actions.withdraw_plan(actor=secretary, distribution=one, words="不分了")
    assert one.motion is not None
    with pytest.raises(Invalid):
        actions.revoke_plan(actor=secretary, distribution=one, motion=one.motion)
    other = factories.voted(cast, title="撤销分配")
    one = actions.revoke_plan(actor=secretary, distribution=one, motion=other)
    assert one.state == State.WITHDRAWN
    factories.drawn(cast)


# --- booked and paid -----------------------------------------------------------------------------


def balances(codes: str = "322 311 211 102") -> list[int]:
    book = Book.objects.get(place=HOME)
    return [balance_of(book, code, today()) for code in codes.split()]


def test_every_household_recomputes_and_the_books_say_the_same(cast: Cast) -> None:
    one = factories.booked(cast)
    assert balances() == [0, 12_346, one.shared, EARNED]
    total = 0
    for portion in factories.portions(one):
        income, off, pot, _shares, due = five_lines(portion)
        assert income.fen is not None
        assert off.fen is not None
        assert pot.fen is not None
        assert income.fen + off.fen == pot.fen == one.shared
        assert due.fen == pot.fen * portion.quantity // one.whole + portion.odd
        total += due.fen
    assert total == balances("211")[0] == one.shared


def test_the_published_rows_are_enough_to_compute_it_again(cast: Cast) -> None:
    one = factories.booked(cast)
    answer = Client().get(f"/distributions/{one.pk}/open.csv")
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))[1:]
    numbers, shares, sums = zip(*rows, strict=True)
    assert [*map(int, numbers)] == [1, 2, 3, 4]
    weights = [round(float(one) * 100) for one in shares]
    paid = [fen_of(one) for one in sums]
    assert apportion(sum(paid), weights) == paid
    assert not any(household.head_name in text for household in cast.households())


def test_paid_line_by_line_and_what_is_not_paid_stays_owed(cast: Cast) -> None:
    one = factories.booked(cast)
    first, second, third, last = factories.portions(one)
    factories.paid(cast, first)
    one = factories.paid_all(cast, one, [second, third])
    assert one.state == State.BOOKED
    factories.kept_owed(cast, last)
    one.refresh_from_db()
    assert one.state == State.DONE
    assert balances("211") == [last.sum]
    with later(days=900):
        last = factories.paid(cast, last)
        assert (last.is_paid, last.reason, balances("211")) == (True, "", [0])


def test_cash_is_signed_for(cast: Cast) -> None:
    one = factories.booked(cast)
    first = factories.portions(one)[0]
    with pytest.raises(Invalid) as refused:
        factories.paid(cast, first, "cash", signed_by="")
    assert set(refused.value.fields) == {"signed_by"}
    with pytest.raises(Invalid):  # there is no cash
        factories.paid(cast, first, "cash")
    assert factories.signed(cast, first).signed_by == "罗测一"


def test_nothing_is_paid_twice_nor_before_it_is_booked(cast: Cast) -> None:
    one = factories.carried(cast)
    with pytest.raises(Conflict):
        factories.paid(cast, factories.portions(one)[0])
    one = actions.book_plan(actor=cast.actor("bookkeeper"), distribution=one, day=today())
    first = factories.paid(cast, factories.portions(one)[0])
    with pytest.raises(Conflict):
        factories.paid(cast, first)
    with pytest.raises(Conflict):
        factories.paid_all(cast, one)
    assert balances("211") == [one.shared - first.sum]


def test_a_payment_that_was_wrong_is_reversed_and_owed_again(cast: Cast) -> None:
    one = factories.paid_all(cast, factories.booked(cast))
    assert one.state == State.DONE
    first = paying_actions.take_payment_back(
        actor=cast.actor("bookkeeper"), portion=factories.portions(one)[0], words="卡号错了",
        day=today(),
    )  # fmt: skip
    one.refresh_from_db()
    assert (one.state, first.is_paid, balances("211")) == (State.BOOKED, False, [first.sum])
    assert factories.paid(cast, first).is_paid


def test_a_booking_that_was_wrong_is_reversed_unless_something_was_paid(cast: Cast) -> None:
    one, bookkeeper = factories.booked(cast), cast.actor("bookkeeper")
    first = factories.paid(cast, factories.portions(one)[0])
    with pytest.raises(Conflict):
        actions.unbook_plan(actor=bookkeeper, distribution=one, words="记错", day=today())
    paying_actions.take_payment_back(actor=bookkeeper, portion=first, words="卡号错了", day=today())
    one = actions.unbook_plan(actor=bookkeeper, distribution=one, words="记错", day=today())
    assert one.state == State.CARRIED
    assert balances("322 311 211") == [EARNED, 0, 0]
    actions.book_plan(actor=bookkeeper, distribution=one, day=today())


def test_what_the_books_no_longer_hold_is_not_booked(cast: Cast) -> None:
    one, bookkeeper = factories.carried(cast), cast.actor("bookkeeper")
    book = Book.objects.get(place=HOME)
    ledger.post_entry(
        actor=bookkeeper, book=book, day=today(), text="转增资本",
        legs=legs(chart.DISTRIBUTION, chart.CAPITAL, 60_000),
    )  # fmt: skip
    with pytest.raises(Conflict, match="322"):
        actions.book_plan(actor=bookkeeper, distribution=one, day=today())


def test_what_is_not_the_plan_s_income_any_more_is_not_booked(cast: Cast) -> None:
    """Though account 322 holds enough: an earlier year left less, this one earned more."""
    one, bookkeeper = factories.carried(cast), cast.actor("bookkeeper")
    came_in(cast, 7_700, Book.objects.get(place=HOME), day=date(2025, 12, 30))
    ledger.close_year(actor=bookkeeper, book=Book.objects.get(place=HOME), year=YEAR)
    with pytest.raises(Conflict, match="322"):
        actions.book_plan(actor=bookkeeper, distribution=one, day=today())


def test_a_payment_to_the_approvers_own_household_is_allowed_and_shown(cast: Cast) -> None:
    from genxu.places.distributions.queries import own_of_approvers

    household = cast.households()[1]
    household.head_name = cast.secretary.name
    household.save()
    one = factories.paid_all(cast, factories.booked(cast))
    assert [portion.household for portion in own_of_approvers(one)] == [household]


def test_the_plan_stays_as_of_its_day_whatever_is_entered_later(cast: Cast) -> None:
    one = factories.drawn(cast)
    before = [(portion.household_id, portion.sum) for portion in factories.portions(one)]
    factories.hold_more(cast, cast.households()[3], 500, LAST - timedelta(days=3))
    factories.hold_more(cast, cast.households()[3], 500, NOW.date())
    assert [(portion.household_id, portion.sum) for portion in factories.portions(one)] == before
    assert Distribution.objects.get(pk=one.pk).whole == sum(SHARES)
