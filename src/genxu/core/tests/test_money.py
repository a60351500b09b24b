"""Sums as they are typed, shown, written in capitals and shared out: exact, to the fen."""

import pytest
from django.forms import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from genxu.core.money import MOST, YuanField, apportion, fen_of, in_capitals, yuan, yuan_cell
from genxu.core.sheets.values import Unreadable

TYPED = {
    "1234.5": 123450, "1,234.50": 123450, "１２３４．５": 123450, "1.2万": 1_200_000, "￥12": 1200,
    "12元": 1200, "0.01": 1, "12.3万元": 12_300_000, "８０元整": 8000, " 7 ": 700, "12.": 1200,
}  # fmt: skip
REFUSED = ["0.005", "1e9", "1000000000", "-5", "", "abc", "1,23.4", "12.345", "0", "１e3",
           "1万2", "--1", "0.0000001万"]  # fmt: skip


@pytest.mark.parametrize("said", TYPED)
def test_a_sum_is_read_however_it_is_typed(said: str) -> None:
    assert fen_of(said) == TYPED[said] == YuanField().clean(said)


@pytest.mark.parametrize("said", REFUSED)
def test_what_is_no_sum_is_refused_with_a_sentence(said: str) -> None:
    with pytest.raises(Unreadable, match=r"\S"):
        fen_of(said)
    with pytest.raises(ValidationError):
        YuanField().clean(said)


def test_a_sum_that_may_be_left_empty_is_none() -> None:
    assert YuanField(required=False).clean("") is None
    assert yuan_cell()("") is None


def test_a_cell_of_a_spreadsheet_holds_a_number_or_a_text() -> None:
    read = yuan_cell()
    assert [read(cell) for cell in (12.3, 1234, 0.1 + 0.2, "1.2万")] == [
        1230,
        123400,
        30,
        1_200_000,
    ]


@given(st.integers(0, MOST))
def test_what_is_shown_is_read_as_the_same_sum(fen: int) -> None:
    assert fen_of(yuan(fen), least=0) == fen


CAPITALS = {
    0: "零元整", 1: "壹分", 10: "壹角整", 105: "壹元零伍分", 1_000_250: "壹万零贰元伍角整",
    123_000_00: "壹拾贰万叁仟元整", 10_000_000_01: "壹仟万元零壹分",
    2_000_305_000: "贰仟万叁仟零伍拾元整", 1_0101_00: "壹万零壹佰零壹元整",
    10_0000_0100_00: "壹拾亿零壹佰元整",
}  # fmt: skip


@pytest.mark.parametrize("fen", CAPITALS)
def test_a_sum_in_capitals_as_on_a_receipt(fen: int) -> None:
    assert in_capitals(fen) == CAPITALS[fen]


@given(st.integers(0, MOST), st.integers(0, MOST))
def test_two_sums_are_never_the_same_in_capitals(one: int, other: int) -> None:
    assert (in_capitals(one) == in_capitals(other)) == (one == other)


@given(st.integers(0, MOST), st.lists(st.integers(0, 10_000), min_size=1, max_size=60))
def test_what_is_shared_out_adds_up_to_the_fen(total: int, weights: list[int]) -> None:
    if sum(weights) == 0:
        with pytest.raises(ValueError, match="fen"):
            apportion(total, weights)
        return
    shares = apportion(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share * sum(weights) - total * weight) < sum(weights)
    for (n, one), (m, other) in zip(enumerate(shares), enumerate(shares[1:], 1), strict=False):
        if weights[n] == weights[m]:
            assert one - other in (0, 1)  # of equal ones the first has the fen more
