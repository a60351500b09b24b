"""Three awkward workbooks as townships have them (``tests/sheets``), read to the last cell."""

from datetime import date

from genxu.imports.models import Import
from genxu.organisation.branches.models import Organisation
from genxu.people.models import Household
from tests.cast import HOME, NEIGHBOUR, NEXT_HAMLET, TOWNSHIP, VILLAGE, Cast

from .factories import sample, taken_in, told


def new_households() -> list[tuple[object, ...]]:
    rows = Household.objects.exclude(head_name__contains="测").order_by("hamlet", "number")
    return list(rows.values_list("hamlet", "number", "head_name", "phone", "head_count"))


def test_full_width_digits_titles_formulas_and_errors(cast: Cast) -> None:
    """Number 1 would be another household and is told, as are the dead reference and the shortened
    number."""
    sheet = taken_in(
        cast.actor("village_staff"), VILLAGE, sample("households-full-width.xlsx"), name="a.xlsx"
    )
    assert (sheet.sheet, sheet.header_row) == ("Sheet2", 2)
    assert sheet.counts == {
        "rows": 7, "new": 2, "changed": 0, "same": 0, "wrong": 4, "empty": 1, "striking": 0,
    }  # fmt: skip
    assert new_households() == [
        (HOME, 11, "罗新二", "13800000202", 3),
        (HOME, 12, "罗新三", "13800000203", 5),
    ]
    assert [(row, column) for row, column, _text in told(sheet, warning=False)] == [
        (4, "户主姓名"), (8, "联系电话"), (9, "联系电话"), (10, "人数"),
    ]  # fmt: skip
    assert "#REF!" in told(sheet, warning=False)[2][2]


def test_a_csv_in_gb18030(cast: Cast) -> None:
    sheet = taken_in(
        cast.actor("township_staff"), TOWNSHIP, sample("households-gb18030.csv"), name="a.csv"
    )
    assert sheet.state == Import.State.DONE
    assert new_households() == [
        (HOME, 5, "罗𠮷春", "13800000101", 4),
        (HOME, 6, "罗兰", "13800000102", 3),
    ]
    assert Household.objects.get(hamlet=NEIGHBOUR, head_name="港测新").phone == ""
    assert told(sheet)[0][:2] == (7, "乡镇")


def test_an_old_workbook_with_merged_titles_and_serial_days(cast: Cast) -> None:
    content = sample("organisations-merged-titles.xls")
    sheet = taken_in(
        cast.actor("township_staff"), TOWNSHIP, content, kind="organisations", name="a.xls"
    )
    assert sheet.header_row == 3
    assert (sheet.counts["new"], sheet.counts["wrong"], sheet.counts["empty"]) == (3, 1, 1)
    found = Organisation.objects.order_by("hamlet").values_list("hamlet", "name", "founded_on")
    assert [(hamlet, day) for hamlet, _name, day in found] == [
        (HOME, date(2021, 7, 1)), (NEIGHBOUR, date(2021, 7, 1)), (NEXT_HAMLET, date(2021, 7, 1)),
    ]  # fmt: skip
    assert found[0][1] == "罗家洲党支部"
