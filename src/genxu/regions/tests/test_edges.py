"""A place holds what its code begins, also where the numbering ends: no neighbour, nothing less."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from genxu.core.access import after, under
from genxu.regions.codes import LENGTHS, level_of
from genxu.regions.models import Region
from tests.cast import Cast

lengths = st.sampled_from(list(LENGTHS.values()))
digits = st.sampled_from("0999123456789")
"""Nines and noughts more often: there numbers carry over."""
codes = lengths.flatmap(lambda n: st.text(digits, min_size=n, max_size=n))


def cut(code: str, length: int) -> str:
    return code[:length]


@st.composite
def lands(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A code, and others: some below it, some beside it, some above."""
    code = draw(codes)
    near = st.builds(
        lambda end, n: cut(code[:-1] + end, n),
        st.text(digits, min_size=15, max_size=15), lengths,
    )  # fmt: skip
    beside = st.builds(
        lambda step, n: cut(str(max(int(code) + step, 1)).zfill(len(code)) + "0" * 15, n),
        st.sampled_from([-1, 1]), lengths,
    )  # fmt: skip
    found = draw(st.lists(st.one_of(near, beside, codes), min_size=1, max_size=12, unique=True))
    return code, found


@given(lands())
@example(("421221104299", ["421221104299001", "421221104300", "4212211043", "421221104299"]))
@example(("421221104999", ["421221105", "421221104999001", "421221105201"]))
@example(("421221104202999", ["421221104203", "421221104203001"]))
@example(("4299", ["43", "4299", "429901"]))
@example(("99", ["99", "9901", "98"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_under_is_to_begin_with_the_code(cast: Cast, land: tuple[str, list[str]]) -> None:
    code, others = land
    others = [one for one in others if len(one) in LENGTHS.values()]
    Region.objects.filter(name="边").delete()
    Region.objects.bulk_create(
        [Region(code=one, name="边", level=level_of(one)) for one in others], ignore_conflicts=True
    )
    rows = Region.objects.filter(name="边")
    everything = set(rows.values_list("code", flat=True))
    found = set(rows.filter(under(code, "code")).values_list("code", flat=True))
    assert found == {one for one in everything if one.startswith(code)}


@given(codes, codes)
def test_what_comes_behind_begins_with_no_code_of_the_place(code: str, other: str) -> None:
    end = after(code)
    inside = code <= other and (not end or other < end)
    assert inside == other.startswith(code)
