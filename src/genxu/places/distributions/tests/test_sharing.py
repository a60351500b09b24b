"""The arithmetic by itself: it adds up to the fen, whatever is put in."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from genxu.core.money import MOST
from genxu.places.distributions.sharing import Steps, share_out

FEN = st.integers(0, MOST)
SIGNED = st.integers(-MOST, MOST)
HELD = st.dictionaries(st.integers(1, 10_000), st.integers(1, 10**7), min_size=1, max_size=40)


@given(SIGNED, SIGNED, st.integers(0, 1000))
def test_no_fen_is_made_or_lost_on_the_way(earned: int, earlier: int, rate: int) -> None:
    way = Steps(earned, earlier, rate)
    if way.left > 0:
        assert way.made_good + way.reserve + way.left == earned + way.carried
        assert way.made_good == way.losses


@given(SIGNED, SIGNED, st.integers(0, 1000))
def test_a_year_of_loss_gives_nothing(earned: int, earlier: int, rate: int) -> None:
    way = Steps(earned, earlier, rate)
    assert way.left >= 0
    if earned <= 0 or earned <= -earlier:
        assert (way.left, way.reserve) == (0, 0)


@given(FEN, HELD)
def test_the_parts_add_up_to_the_fen(total: int, held: dict[int, int]) -> None:
    parts = share_out(total, held)
    assert sum(one.sum for one in parts) == total
    whole = sum(held.values())
    for one in parts:
        exact = total * held[one.key]
        assert one.sum - one.odd == exact // whole
        assert not one.odd or exact % whole


@given(FEN, HELD)
def test_who_holds_more_gets_no_less_and_equal_shares_differ_by_a_fen_at_most(
    total: int, held: dict[int, int]
) -> None:
    parts = sorted(share_out(total, held), key=lambda one: one.quantity)
    for less, more in pairwise(parts):
        assert less.sum <= more.sum or less.quantity == more.quantity
        if less.quantity == more.quantity:
            assert abs(less.sum - more.sum) <= 1


@given(FEN, HELD, st.randoms())
def test_the_order_of_typing_changes_nothing(
    total: int, held: dict[int, int], chance: object
) -> None:
    rows = list(held.items())
    chance.shuffle(rows)  # type: ignore[attr-defined]
    assert share_out(total, dict(rows)) == share_out(total, held)


def test_the_way_of_the_law() -> None:
    """Losses first, then the reserve at the charter's rate, half a fen up, then the members."""
    way = Steps(earned=100_005, earlier=-20_000, rate=100, kept=5)
    assert (way.made_good, way.reserve, way.left, way.shared) == (20_000, 8_001, 72_004, 71_999)


def test_of_what_was_left_before_no_reserve_is_taken_again() -> None:
    way = Steps(earned=100_000, earlier=30_000, rate=100)
    assert (way.reserve, way.shared) == (10_000, 120_000)


def test_the_odd_fen_go_to_the_largest_remainders_and_then_to_the_first() -> None:
    parts = share_out(100, {1: 1, 2: 1, 3: 1})
    assert [(one.sum, one.odd) for one in parts] == [(34, True), (33, False), (33, False)]
