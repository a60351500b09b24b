"""Figures of a year, of things that lie at villages, and means that are never told of few."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db.models import BigIntegerField, CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast as InDatabase
from hypothesis import given
from hypothesis import strategies as st

from genxu.core import clock
from genxu.core.figures import Figure, figures, shown, summed
from genxu.core.navigation import Tile
from genxu.insight import tiles
from genxu.insight.counting import bring_up_to_date, count_all, count_on, is_told_of
from genxu.insight.models import MonthlyChange, Standing
from genxu.insight.queries import rows_below, standing_of
from genxu.insight.templatetags.insight import figure_cells, figure_tiles
from genxu.people.actions import grant_role, revoke_role
from genxu.people.models import Grant, Household
from genxu.people.roles import Role
from genxu.regions.models import Region
from tests.cast import FAR, HOME, NOW, OPERATOR, TOWNSHIP, VILLAGE, Cast, later

EACH = 7_000_000_000_000
"""More than a whole number of 32 bits holds: the fen of a prefecture."""
MONEY, AMOUNTS, PERSONS, MEAN, ASKED = "t.money", "t.amounts", "t.persons", "t.mean", "t.asked"
ENTERED = NOW.date()


def _grants() -> QuerySet[Any]:
    """They lie at places of every level; here each is worth ``EACH`` on the day of the cast."""
    rows: QuerySet[Any] = Grant.objects.filter(place__level__in=("village", "hamlet")).annotate(
        hamlet=InDatabase("place_id", CharField()),
        day=Value(ENTERED, output_field=DateField()),
        change=Value(EACH, output_field=BigIntegerField()),
    )
    return rows


def _households(change: Any) -> QuerySet[Any]:
    day = Value(ENTERED, output_field=DateField())
    rows: QuerySet[Any] = Household.objects.annotate(day=day, change=change)
    return rows


@pytest.fixture(autouse=True)
def declared(monkeypatch: Any) -> None:
    each = Value(EACH, output_field=BigIntegerField())
    amount = InDatabase("number", BigIntegerField()) * each
    for one in (
        Figure(MONEY, "Money", _grants, per=100, yearly=True),
        Figure(AMOUNTS, "", partial(_households, amount), hidden=True),
        Figure(PERSONS, "", partial(_households, F("head_count")), hidden=True),
        Figure(ASKED, "Asked", partial(_households, Value(1))),
        Figure(MEAN, "Mean", mean_of=(AMOUNTS, PERSONS), fewest=(ASKED, 3), per=100),
    ):
        monkeypatch.setitem(figures(), one.key, one)


def grants_at(*codes: str) -> int:
    return EACH // 100 * Grant.objects.filter(place__in=codes).count()


def mean_of(*codes: str) -> int:
    rows = Household.objects.filter(hamlet__in=codes)
    return sum(one.number * EACH for one in rows) // (100 * sum(one.head_count for one in rows))


def test_what_lies_at_a_village_is_counted_once_there_and_above(cast: Cast) -> None:
    count_all()
    at_village = grants_at(VILLAGE)
    below = grants_at(*Region.objects.filter(parent=VILLAGE).values_list("code", flat=True))
    assert at_village
    assert below
    village = Region.objects.get(code=VILLAGE)
    assert standing_of(village)[MONEY] == at_village + below
    assert count_on(VILLAGE, clock.today(), [MONEY]) == {MONEY: at_village + below}
    assert sum(row.values[MONEY] for row in rows_below(village)) == below
    for code in (HOME, VILLAGE, TOWNSHIP, "4212"):
        ready = standing_of(Region.objects.get(code=code))[MONEY]
        assert count_on(code, clock.today(), [MONEY]) == {MONEY: ready}, code


def test_a_village_is_brought_up_to_date_beside_its_hamlets(cast: Cast) -> None:
    """What comes and goes at the village, at a hamlet, at both: the same as counted anew."""
    count_all()
    roles = {VILLAGE: Role.VILLAGE_STAFF, HOME: Role.SECRETARY, FAR: Role.SECRETARY}
    for places in ([VILLAGE], [HOME], [VILLAGE, HOME, FAR]):
        for change in (grant_role, revoke_role):
            for code in places:
                change(actor=OPERATOR, account=cast.without_role, role=roles[code],
                       place=cast.hamlet(code))  # fmt: skip
            bring_up_to_date()
            kept = ready()
            count_all()
            assert kept == ready(), (places, change)


def ready() -> set[tuple[Any, ...]]:
    standing = Standing.objects.exclude(value=0).values_list("place", "key", "value")
    months = MonthlyChange.objects.exclude(change=0)
    return {*standing, *months.values_list("place", "key", "month", "change")}


def test_on_each_day_it_is_the_sum_since_the_first_of_january(cast: Cast) -> None:
    whole = grants_at(HOME)
    assert whole
    for day, value in {
        date(ENTERED.year, 1, 1): 0,
        date(ENTERED.year, ENTERED.month, ENTERED.day - 1): 0,
        ENTERED: whole,
        date(ENTERED.year, 12, 31): whole,
        date(ENTERED.year + 1, 1, 1): 0,
    }.items():
        assert count_on(HOME, day, [MONEY]) == {MONEY: value}, day


def test_a_year_that_turns_begins_at_nothing_though_nobody_acts(cast: Cast) -> None:
    count_all()
    village = Region.objects.get(code=VILLAGE)
    assert standing_of(village)[MONEY] > 0
    with later(days=(date(ENTERED.year, 12, 31) - ENTERED).days):
        bring_up_to_date()
        assert standing_of(village)[MONEY] > 0
    with later(days=(date(ENTERED.year + 1, 1, 1) - ENTERED).days):
        bring_up_to_date()
        assert {standing_of(Region.objects.get(code=c))[MONEY] for c in (HOME, VILLAGE)} == {0}
        assert not Standing.objects.filter(key=MONEY).exclude(value=0).exists()
        month = MonthlyChange.objects.get(place=HOME, key=MONEY)
        assert month.change == grants_at(HOME) * 100  # what came in that month stays


def test_a_mean_is_told_with_its_number_at_every_level(cast: Cast) -> None:
    count_all()
    hamlets = Household.objects.values_list("hamlet", flat=True).distinct()
    for code in (HOME, VILLAGE, TOWNSHIP, "4212"):
        under = [one for one in hamlets if one.startswith(code)]
        counted = count_on(code, clock.today(), [MEAN, ASKED])
        assert counted[ASKED] >= 3
        assert counted[MEAN] == mean_of(*under), code
        assert standing_of(Region.objects.get(code=code))[MEAN] == counted[MEAN]


def test_of_fewer_nothing_is_told_and_that_is_no_zero(cast: Cast, monkeypatch: Any) -> None:
    count_all()
    asked = count_on(HOME, clock.today(), [ASKED])[ASKED]
    monkeypatch.setitem(
        figures(), MEAN, Figure(MEAN, "Mean", mean_of=(AMOUNTS, PERSONS), fewest=(ASKED, asked + 1))
    )
    assert MEAN not in count_on(HOME, clock.today())
    assert MEAN not in standing_of(cast.home)
    rows = {row.place.code: row.values for row in rows_below(Region.objects.get(code=VILLAGE))}
    assert MEAN not in rows[HOME]
    assert rows[HOME][ASKED] == asked


def test_the_sums_of_a_mean_are_told_nowhere(cast: Cast) -> None:
    count_all()
    for code in (HOME, "4212"):
        assert not {AMOUNTS, PERSONS} & set(count_on(code, clock.today()))
        assert not {AMOUNTS, PERSONS} & set(standing_of(Region.objects.get(code=code)))
        assert not is_told_of(AMOUNTS, code)
    assert count_on(HOME, clock.today(), [AMOUNTS]) == {}


def test_a_tile_says_of_how_many_and_is_left_out_where_too_few(
    cast: Cast, monkeypatch: Any
) -> None:
    monkeypatch.setattr(tiles, "tiles_on", lambda page: [Tile(MEAN, {page: 1})])
    count_all()
    shown_here = standing_of(cast.home)
    (tile,) = tiles.figures_on("roots", cast.actor("secretary"), cast.home, shown_here)
    assert f"Asked {shown_here[ASKED]}" in figure_tiles([tile])
    assert f"{mean_of(HOME):,}" in figure_tiles([tile])
    few = {ASKED: 2}
    assert tiles.figures_on("roots", cast.actor("secretary"), cast.home, few) == []
    rows = rows_below(Region.objects.get(code=VILLAGE))
    rows[0].values.pop(MEAN, None)
    cells = tiles.table_of(rows[:1], "roots")["rows"][0]["cells"]
    assert ">–</td>" in figure_cells(cells)


@given(st.integers(0, 10**18), st.integers(0, 10**6), st.integers(0, 40), st.sampled_from([1, 100]))
def test_no_sums_whatever_tell_a_mean_of_few(amount: int, among: int, asked: int, per: int) -> None:
    figure = Figure(MEAN, "Mean", mean_of=(AMOUNTS, PERSONS), fewest=(ASKED, 10), per=per)
    told = figure.shown({AMOUNTS: amount, PERSONS: among, ASKED: asked})
    assert (told is None) == (asked < 10 or among == 0)
    if told is not None:
        assert told * among * per <= amount < (told + 1) * among * per


def test_what_stands_may_be_measured(cast: Cast, monkeypatch: Any) -> None:
    rows = _households(F("head_count"))
    measured = Figure(MONEY, "Heads", standing=lambda _day: rows, measured=True)
    monkeypatch.setitem(figures(), MONEY, measured)
    count_all()
    heads = sum(one.head_count for one in Household.objects.filter(hamlet=HOME))
    assert count_on(HOME, clock.today(), [MONEY]) == {MONEY: heads}
    assert standing_of(cast.home)[MONEY] == heads


def test_a_mean_asks_for_its_parts_only() -> None:
    assert summed([MEAN]) == {AMOUNTS, PERSONS, ASKED}
    assert shown({}, [MEAN]) == {}
