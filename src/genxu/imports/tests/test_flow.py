"""From the file to the register: checked dry, then taken in, once."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from genxu.core.errors import Conflict, Denied, Invalid
from genxu.core.models import JournalEntry
from genxu.imports import actions, keeping
from genxu.imports.models import Import, KnownHeader, Problem
from genxu.imports.taking import take_in
from genxu.people.models import Household
from tests.cast import FAR, HOME, NEXT_TOWNSHIP, TOWNSHIP, VILLAGE, Cast

from .factories import (
    HEADERS,
    Silent,
    brought,
    checked,
    recheck,
    taken_in,
    text_file,
    told,
    workbook,
)

ROWS = (
    ("新街镇", "港东村", "罗家洲", "罗新一", 13800000001, 4),
    ("新街镇", "港东村村委会", "罗家洲湾", "罗新二", "138 0000 0002", "３"),
    ("新街", "港东村民委员会", "港边湾", "港　新", "13800000003.0", "2人"),
)


def add_up(sheet: Import) -> bool:
    counts = sheet.counts
    parts = ("new", "changed", "same", "wrong", "empty")
    return bool(counts["rows"] == sum(counts[part] for part in parts))


def test_what_is_right_is_taken_in(cast: Cast) -> None:
    before = Household.objects.count()
    sheet = taken_in(cast.actor("township_staff"), TOWNSHIP, workbook(HEADERS, *ROWS))
    assert sheet.state == Import.State.DONE
    assert (sheet.counts["new"], sheet.taken, sheet.late) == (3, 3, 0)
    assert Household.objects.count() == before + 3
    found = Household.objects.filter(head_name__contains="新").order_by("hamlet", "number")
    assert list(found.values_list("hamlet", "head_name", "phone", "head_count")) == [
        (HOME, "罗新一", "13800000001", 4),
        (HOME, "罗新二", "13800000002", 3),
        (VILLAGE + "002", "港新", "13800000003", 2),
    ]


def test_the_same_file_twice_changes_nothing(cast: Cast) -> None:
    actor, content = cast.actor("township_staff"), workbook(HEADERS, *ROWS)
    taken_in(actor, TOWNSHIP, content)
    before = list(Household.objects.order_by("pk").values())
    sheet = taken_in(actor, TOWNSHIP, content)
    assert sheet.counts["same"] == 3
    assert sheet.wanted == 0
    assert list(Household.objects.order_by("pk").values()) == before
    with pytest.raises(Conflict):
        actions.take_in_sheet(actor=actor, sheet=sheet)


def test_the_dry_run_writes_no_register(cast: Cast) -> None:
    before = list(Household.objects.order_by("pk").values())
    checked(cast.actor("township_staff"), TOWNSHIP, workbook(HEADERS, *ROWS))
    assert list(Household.objects.order_by("pk").values()) == before


def test_every_row_is_accounted_for_and_every_problem_told(cast: Cast) -> None:
    content = workbook(
        HEADERS,
        *ROWS,
        ("", "", "", "", "", ""),
        ("新街镇", "港东村", "罗家洲", "", 13800000009, 4),
        ("新街镇", "港东村", "罗家洲", "罗新三", 138, "几个"),
        ("渡普镇", "烟墩村", "某湾", "外人", "", 1),
        ("新街镇", "港东村", "罗家洲", "罗测一", "", 1),
        ROWS[0],
        (*ROWS[1][:5], 9),
        name="2023年",
    )
    sheet = checked(cast.actor("township_staff"), TOWNSHIP, content)
    assert sheet.counts == {
        "rows": 10, "new": 3, "changed": 0, "same": 2, "wrong": 4, "empty": 1, "striking": 1,
    }  # fmt: skip
    assert add_up(sheet)
    assert [(row, column) for row, column, _text in told(sheet, warning=False)] == [
        (6, "户主姓名"), (7, "联系电话"), (7, "人数"), (8, "乡镇"), (11, "户主姓名"),
    ]  # fmt: skip
    assert [(row, column) for row, column, _text in told(sheet, warning=True)] == [(10, "户主姓名")]
    assert sheet.marked


def test_wrong_rows_stay_out(cast: Cast) -> None:
    content = workbook(HEADERS, ROWS[0], ("新街镇", "港东村", "罗家洲", "", "", 3))
    sheet = taken_in(cast.actor("township_staff"), TOWNSHIP, content)
    assert (sheet.taken, sheet.counts["wrong"]) == (1, 1)
    assert not Household.objects.filter(head_name="").exists()


def test_a_code_of_another_township_is_refused_row_by_row(cast: Cast) -> None:
    content = workbook(
        ("湾编码", "户主", "人口"), (HOME, "罗新一", 1), (FAR, "卢新一", 1),
        (NEXT_TOWNSHIP + "201001", "渡新一", 1), ("123", "某", 1),
    )  # fmt: skip
    sheet = taken_in(cast.actor("township_staff"), TOWNSHIP, content)
    assert (sheet.counts["new"], sheet.counts["wrong"]) == (1, 3)
    assert [row for row, column, _text in told(sheet)] == [3, 4, 5]
    assert {column for _row, column, _text in told(sheet)} == {"湾编码"}
    assert not Household.objects.filter(head_name__in=["卢新一", "渡新一"]).exists()


def test_what_became_wrong_since_the_check_is_left_out_and_told(cast: Cast) -> None:
    from genxu.people.household_actions import move_away

    actor = cast.actor("township_staff")
    rows = (("门牌序号", *HEADERS), (1, "", "", "罗家洲", "罗测一", "", 7), ("", *ROWS[0]))
    sheet = checked(actor, TOWNSHIP, workbook(*rows))
    assert (sheet.counts["changed"], sheet.counts["new"]) == (1, 1)
    first = cast.households()[0]
    move_away(actor=actor, household=first, **_leaving(move_away))
    sheet = actions.take_in_sheet(actor=actor, sheet=sheet, in_background=False)
    sheet = take_in(sheet, actor, Silent())
    assert (sheet.taken, sheet.late) == (1, 1)
    first.refresh_from_db()
    assert first.head_count == 1
    assert [row for row, _column, _text in told(sheet)] == [2]


def _leaving(act: Any) -> dict[str, Any]:
    import inspect

    from genxu.core import clock

    taken = inspect.signature(act.body).parameters
    return {name: clock.today() for name in ("left_on", "on", "day") if name in taken}


def test_a_fall_between_two_batches_doubles_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from genxu.imports import checking, taking

    monkeypatch.setattr(checking, "BATCH", 1)
    actor = cast.actor("township_staff")
    rows = [("", "港东", ("罗家洲", "港边湾")[n % 2], f"某{n}号", "", 2) for n in range(6)]
    sheet = checked(actor, TOWNSHIP, workbook(HEADERS, *rows))
    sheet = actions.take_in_sheet(actor=actor, sheet=sheet, in_background=False)
    act, falls = taking._act, [3]

    def falling(*args: Any) -> None:
        act(*args)
        falls[0] -= 1
        if falls[0] == 0:
            raise RuntimeError("the light went out")

    monkeypatch.setattr(taking, "_act", falling)
    with pytest.raises(RuntimeError):
        take_in(sheet, actor, Silent())
    sheet.refresh_from_db()
    assert (sheet.batch, sheet.taken) == (2, 2)
    assert Household.objects.filter(head_name__startswith="某").count() == 2
    sheet = take_in(sheet, actor, Silent())
    assert (sheet.state, sheet.taken) == (Import.State.DONE, 6)
    assert Household.objects.filter(head_name__startswith="某").count() == 6


def test_a_role_that_is_taken_away_ends_at_the_next_batch(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from genxu.imports import checking, taking

    monkeypatch.setattr(checking, "BATCH", 1)
    actor = cast.actor("township_staff")
    rows = [("", "港东", ("罗家洲", "港边湾")[n % 2], f"某{n}号", "", 2) for n in range(4)]
    sheet = checked(actor, TOWNSHIP, workbook(HEADERS, *rows))
    sheet = actions.take_in_sheet(actor=actor, sheet=sheet, in_background=False)
    act = taking._act

    def taken_away(*args: Any) -> None:
        act(*args)
        cast.township_staff.grants.all().delete()

    monkeypatch.setattr(taking, "_act", taken_away)
    with pytest.raises(Denied):
        take_in(sheet, actor, Silent())
    assert Household.objects.filter(head_name__startswith="某").count() == 1


def test_a_file_that_no_import_knows_is_swept_up_in_its_time(cast: Cast) -> None:
    """Sent twice in one moment, or killed before the end: the names in it do not stay for ever."""
    sheet = checked(cast.actor("township_staff"), TOWNSHIP, workbook(HEADERS, *ROWS))
    lost = default_storage.save("imports/2026/05/lost.xlsx", ContentFile(b"names"))
    keeping.forget_old()
    assert default_storage.exists(lost)
    keeping.sweep(timezone.now() + timedelta(days=1))
    assert not default_storage.exists(lost)
    assert default_storage.exists(str(sheet.file.name))


def test_two_runs_of_one_import_do_not_take_a_batch_twice(cast: Cast) -> None:
    actor = cast.actor("township_staff")
    sheet = checked(actor, TOWNSHIP, workbook(HEADERS, *ROWS))
    sheet = actions.take_in_sheet(actor=actor, sheet=sheet, in_background=False)
    other = Import.objects.get(pk=sheet.pk)
    take_in(sheet, actor, Silent())
    with pytest.raises((Conflict, ValueError, FileNotFoundError)):
        take_in(other, actor, Silent())
    assert Household.objects.filter(head_name="罗新一").count() == 1


def test_a_header_matched_by_hand_is_known_next_time(cast: Cast) -> None:
    actor = cast.actor("township_staff")
    content = workbook(("湾", "当家的", "人数"), ("罗家洲", "罗新一", 2))
    sheet = brought(actor, TOWNSHIP, content)
    with pytest.raises(Invalid):
        recheck(actor, sheet)
    sheet.columns["1"] = "head_name"
    sheet.save()
    recheck(actor, sheet)
    assert KnownHeader.objects.get().header == "当家的"
    again = brought(actor, TOWNSHIP, content)
    assert again.columns == {"0": "at_hamlet", "1": "head_name", "2": "head_count"}
    elsewhere = brought(cast.actor("next_township_staff"), NEXT_TOWNSHIP, content)
    assert "1" not in elsewhere.columns
    inside = brought(cast.actor("village_staff"), VILLAGE, content)
    assert inside.columns["1"] == "head_name"


def test_nobody_brings_a_file_for_a_place_not_in_their_charge(cast: Cast) -> None:
    for part in ("next_township_staff", "county_staff", "auditor", "centre_household"):
        with pytest.raises(Denied):
            brought(cast.actor(part), TOWNSHIP, workbook(HEADERS, *ROWS))
    with pytest.raises(Denied):
        brought(cast.actor("village_staff"), TOWNSHIP, workbook(HEADERS, *ROWS))


def test_only_who_brought_it_goes_on_with_it(cast: Cast) -> None:
    sheet = checked(cast.actor("township_staff"), TOWNSHIP, workbook(HEADERS, *ROWS))
    for act in (actions.take_in_sheet, actions.leave_sheet):
        with pytest.raises(Denied):
            act(actor=cast.actor("secretary"), sheet=sheet)


def test_a_file_is_seen_while_its_place_is_in_ones_charge(cast: Cast) -> None:
    """It quotes residents: whoever keeps another place now reads it no more."""
    sheet = checked(cast.actor("township_staff"), TOWNSHIP, workbook(HEADERS, *ROWS))
    assert list(Import.objects.visible_to(cast.actor("township_staff"))) == [sheet]
    cast.township_staff.grants.update(place=FAR)
    assert not Import.objects.visible_to(cast.actor("township_staff")).exists()


def test_a_hamlet_needs_no_column_for_the_place(cast: Cast) -> None:
    sheet = taken_in(cast.actor("secretary"), HOME, workbook(("户主", "人数"), ("罗新一", 2)))
    assert Household.objects.get(head_name="罗新一").hamlet_id == HOME
    assert sheet.counts["new"] == 1


@pytest.mark.parametrize("end", ["done", "left"])
def test_what_the_file_held_is_deleted_in_the_end(
    cast: Cast, end: str, django_capture_on_commit_callbacks: Any
) -> None:
    from django.core.files.storage import default_storage

    actor = cast.actor("township_staff")
    sheet = checked(actor, TOWNSHIP, workbook(HEADERS, *ROWS))
    names = [str(sheet.file.name), str(sheet.staged.name)]
    assert all(default_storage.exists(name) for name in names)
    with django_capture_on_commit_callbacks(execute=True):
        if end == "done":
            sheet = actions.take_in_sheet(actor=actor, sheet=sheet, in_background=False)
            sheet = take_in(sheet, actor, Silent())
        else:
            sheet = actions.leave_sheet(actor=actor, sheet=sheet)
    assert (sheet.look, bool(sheet.file), bool(sheet.staged)) == ({}, False, False)
    assert not any(default_storage.exists(name) for name in names)


def test_the_journal_names_the_hamlets_and_no_resident(cast: Cast) -> None:
    taken_in(cast.actor("township_staff"), TOWNSHIP, workbook(HEADERS, *ROWS))
    entry = JournalEntry.objects.get(action="people.register_households", detail__count=3)
    assert entry.detail["hamlets"] == [HOME, VILLAGE + "002"]
    for one in JournalEntry.objects.filter(action__startswith="imports."):
        assert "新" not in str(one.detail)


def test_problems_go_when_the_check_is_done_again(cast: Cast) -> None:
    actor = cast.actor("township_staff")
    sheet = checked(actor, TOWNSHIP, workbook(HEADERS, ("", "", "罗家洲", "", "", 1)))
    first = Problem.objects.count()
    assert first == 1
    recheck(actor, sheet)
    assert Problem.objects.count() == first


def test_a_csv_in_gb18030(cast: Cast) -> None:
    content = text_file(HEADERS, *ROWS, encoding="gb18030")
    sheet = taken_in(cast.actor("township_staff"), TOWNSHIP, content, name="住户.csv")
    assert sheet.taken == 3
