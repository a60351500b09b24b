"""Place codes: the length is the level, the prefix is the ancestry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genxu.regions.codes import (
    LENGTHS,
    Level,
    ancestors_of,
    child_towards,
    level_of,
    parent_of,
    short,
)
from genxu.regions.models import Region

digits = "0123456789"


def code_of(length: int) -> st.SearchStrategy[str]:
    """A code whose parts are not all zeros, as real ones are."""
    widths = {2: [2], 4: [2, 2], 6: [2, 2, 2], 9: [2, 2, 2, 3], 12: [2, 2, 2, 3, 3],
              15: [2, 2, 2, 3, 3, 3]}[length]  # fmt: skip
    return st.tuples(
        *(st.integers(1, 10**w - 1).map(lambda n, w=w: str(n).zfill(w)) for w in widths)
    ).map("".join)


codes = st.sampled_from(list(LENGTHS.values())).flatmap(code_of)


@given(codes)
def test_the_length_is_the_level(code: str) -> None:
    assert LENGTHS[level_of(code)] == len(code)


@given(codes)
def test_short_forgives_the_zeros_that_fill_it_up(code: str) -> None:
    assert short(code) == code
    assert short(f" {code.ljust(12, '0')} ") == code


@given(codes)
def test_the_ancestry_is_the_prefix(code: str) -> None:
    above = ancestors_of(code)
    assert above == sorted(above, key=len)
    assert all(code.startswith(one) and len(one) < len(code) for one in above)
    assert parent_of(code) == (above[-1] if above else None)
    for one in above:
        child = child_towards(one, code)
        assert parent_of(child) == one
        assert code.startswith(child)


@given(st.text(max_size=20))
def test_short_takes_a_place_code_or_refuses(text: str) -> None:
    try:
        code = short(text)
    except ValueError:
        return
    level_of(code)
    assert set(code) <= set(digits)


@pytest.mark.parametrize(
    "text", ["", "0", "000000000000", "abc", "42122a", "４２１２", "-42", "4.2", "4" * 16, "1" * 13]
)
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a place code"):
        short(text)


@pytest.mark.parametrize(
    ("long", "code", "level"),
    [
        ("420000000000", "42", Level.PROVINCE),
        ("421200000000", "4212", Level.PREFECTURE),
        ("421221000000", "421221", Level.COUNTY),
        ("421221104000", "421221104", Level.TOWNSHIP),
        ("421221104202", "421221104202", Level.VILLAGE),
        ("421221104202001", "421221104202001", Level.HAMLET),
    ],
)
def test_the_real_ones(long: str, code: str, level: Level) -> None:
    assert short(long) == code
    assert level_of(code) == level


@pytest.mark.parametrize("length", [0, 1, 3, 5, 7, 8, 10, 11, 13, 14, 16])
def test_no_level_has_another_length(length: int) -> None:
    with pytest.raises(ValueError, match="not a place code"):
        level_of("4" * length)


@pytest.mark.parametrize(
    ("name", "said"),
    [("金塘村村委会", "金塘村"), ("港东村民委员会", "港东村"), ("温泉社区居委会", "温泉社区"),
     ("桂花居民委员会", "桂花社区"), ("罗家洲", "罗家洲"), ("新街镇", "新街镇")],
)  # fmt: skip
def test_a_place_is_called_as_people_say_it(name: str, said: str) -> None:
    assert Region(code="4", name=name).short_name == said
