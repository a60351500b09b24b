"""Codes put together are the codes that the library makes, module for module."""

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from genxu.core.qr import MASK, Addresses

LETTERS = st.text("23456789ABCDEFGHJKMNPQRSTUVWXYZ", min_size=10, max_size=10)
ADDRESSES = Addresses("https://genxu.example.org/c/", 10, "/")


def made_by_the_library(text: str) -> list[list[int]]:
    code = segno.make(text, mask=MASK, boost_error=False, error="m", mode="byte", micro=False)
    return [[dark & 1 for dark in row] for row in code.matrix]


@settings(deadline=None)
@given(LETTERS)
def test_they_are_those_of_the_library(middle: str) -> None:
    side, modules = ADDRESSES.modules(middle)
    bits = f"{modules:0{side * side}b}"
    rows = [[int(bit) for bit in bits[n * side : (n + 1) * side]] for n in range(side)]
    assert rows == made_by_the_library(f"https://genxu.example.org/c/{middle}/")


@settings(deadline=None, max_examples=20)
@given(prefix=st.text("abcdefg./:", min_size=1, max_size=80), middle=LETTERS)
def test_also_under_another_address(prefix: str, middle: str) -> None:
    side, modules = Addresses(prefix, 10).modules(middle)
    rows = made_by_the_library(prefix + middle)
    assert side == len(rows)
    assert modules == int("".join(str(bit) for row in rows for bit in row), 2)


@settings(deadline=None)
@given(LETTERS)
def test_the_outline_draws_each_dark_module_once(middle: str) -> None:
    side, outline = ADDRESSES.outline(middle)
    drawn = set()
    for run in outline.split("M")[1:]:
        corner, width = run.split("h")[0], int(run.split("h")[1].split("v")[0])
        x, y = (int(number) for number in corner.split())
        drawn |= {(x + n, y) for n in range(width)}
    rows = made_by_the_library(f"https://genxu.example.org/c/{middle}/")
    assert drawn == {(x, y) for y in range(side) for x in range(side) if rows[y][x]}


@pytest.mark.parametrize("middle", ["", "A" * 9, "A" * 11, "字" * 10])
def test_what_does_not_fit_is_refused(middle: str) -> None:
    with pytest.raises(ValueError, match="ASCII"):
        ADDRESSES.outline(middle)
