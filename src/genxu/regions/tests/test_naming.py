"""Places as spreadsheets name them: found however written, refused with the reason, few queries."""

from typing import Any

import pytest

from genxu.core import clock
from genxu.core.access import system
from genxu.regions.actions import add_hamlet
from genxu.regions.models import FormerCode, Region
from genxu.regions.naming import Places, Unplaced
from tests.cast import CITY, FAR, HOME, NEIGHBOUR, NEXT_HAMLET, NEXT_VILLAGE, TOWNSHIP, Cast


def places(code: str) -> Places:
    return Places(Region.objects.get(code=code))


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(
    "said",
    [
        {"code": HOME}, {"code": f" {HOME}.0"}, {"code": HOME[:12], "hamlet": "罗家洲"},
        {"hamlet": "罗家洲"}, {"hamlet": "罗家洲湾"}, {"village": "港东", "hamlet": "罗家洲"},
        {"village": "港东村", "hamlet": "罗家洲"}, {"village": "港东村委会", "hamlet": "罗家洲"},
        {"village": "港东村村委会", "hamlet": "罗家洲"},
        {"village": "港东村民委员会", "hamlet": "罗家洲湾"},
        {"village": "港东村村民委员会", "hamlet": "罗 家 洲"},
        {"township": "新街镇", "village": "港东", "hamlet": "罗家洲"},
        {"township": "新街", "village": "港东", "hamlet": "罗家洲"},
        {"township": "新街镇人民政府", "hamlet": "罗家洲"},
        {"county": "嘉鱼", "township": "新街", "village": "港东", "hamlet": "罗家洲"},
        {"hamlet": "港东村罗家洲"}, {"hamlet": "新街镇港东村委会罗家洲湾"},
        {"hamlet": "嘉鱼县/新街镇/港东村/罗家洲"},
        {"hamlet": "湖北省咸宁市嘉鱼县新街镇港东村罗家洲"},
        {"village": "新街镇港东村", "hamlet": "罗家洲"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", [TOWNSHIP, CITY])
def test_one_hamlet_however_written(said: dict[str, str], place: str) -> None:
    assert places(place).hamlet(**said) == HOME


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(
    ("said", "column"),
    [
        ({"code": FAR}, "code"), ({"code": "421221105201001"}, "code"), ({"code": "99"}, "code"),
        ({"code": "x"}, "code"), ({"code": HOME[:12]}, "code"),
        ({"code": HOME[:12] + "999"}, "code"), ({"code": HOME, "hamlet": "港边湾"}, "hamlet"),
        ({"code": HOME, "village": "晒甲山村"}, "village"),
        ({"township": "渡普镇", "hamlet": "罗家洲"}, "township"),
        ({"county": "崇阳县", "hamlet": "罗家洲"}, "county"),
        ({"village": "港西村", "hamlet": "罗家洲"}, "village"),
        ({"village": "港东社区", "hamlet": "罗家洲"}, "village"),
        ({"village": "港东村", "hamlet": "山脚下"}, "hamlet"),
        ({"hamlet": "卢家大屋"}, "hamlet"), ({"hamlet": "崇阳县铜钟乡大岭村卢家大屋"}, "hamlet"),
        ({"village": "港东村"}, "hamlet"), ({}, "hamlet"),
    ],
)  # fmt: skip
def test_what_is_not_found_is_told_at_its_column(said: dict[str, str], column: str) -> None:
    with pytest.raises(Unplaced) as told:
        places(TOWNSHIP).hamlet(**said)
    assert told.value.column == column
    assert str(told.value)


def test_another_townships_code_is_named(cast: Cast) -> None:
    with pytest.raises(Unplaced, match=r"铜钟乡.*新街镇"):
        places(TOWNSHIP).hamlet(code=FAR)


def test_two_of_one_name_are_told_apart(cast: Cast) -> None:
    village = Region.objects.get(code=NEXT_VILLAGE)
    other = add_hamlet(actor=system("test"), village=village, name="罗家洲")
    found = places(TOWNSHIP)
    with pytest.raises(Unplaced, match=r"港东村罗家洲.*晒甲山村罗家洲"):
        found.hamlet(hamlet="罗家洲")
    assert found.hamlet(village="晒甲山", hamlet="罗家洲") == other.code
    assert found.hamlet(hamlet="港东村罗家洲") == HOME


def test_a_misspelt_name_is_guessed_at_never_taken(cast: Cast) -> None:
    with pytest.raises(Unplaced, match="港边湾"):
        places(TOWNSHIP).hamlet(village="港东村", hamlet="港边弯")


def test_a_former_code_is_followed(cast: Cast) -> None:
    FormerCode.objects.create(
        code="421221104299001", region_id=NEXT_HAMLET, changed_on=clock.today()
    )
    assert places(TOWNSHIP).hamlet(code="421221104299001") == NEXT_HAMLET


def test_a_file_of_one_hamlet_need_not_name_it(cast: Cast) -> None:
    assert places(HOME).hamlet() == HOME
    assert places(HOME).hamlet(village="港东村", hamlet="罗家洲") == HOME
    with pytest.raises(Unplaced):
        places(HOME).hamlet(hamlet="港边湾")


def test_any_number_of_rows_costs_a_few_queries(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(5):
        found = places(TOWNSHIP)
        for n in range(300):
            assert found.hamlet(village="港东村", hamlet="港边湾") == NEIGHBOUR
            with pytest.raises(Unplaced):
                found.hamlet(code=f"4212231062{n:05d}")
