"""The pages of a spreadsheet, from the upload to the end, as the township's clerk walks them."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from python_calamine import CalamineWorkbook

from genxu.core import clock
from genxu.core.models import JournalEntry
from genxu.core.sheets.kinds import sheet_kinds
from genxu.imports.keeping import forget_old
from genxu.imports.matching import columns_of, match_of
from genxu.imports.models import Import
from genxu.jobs.models import Job
from genxu.jobs.running import run
from genxu.people.models import Household
from tests.cast import FAR, HOME, TOWNSHIP, Cast, Enter, later

from .factories import HEADERS, brought, checked, text_file, workbook

ROWS = (("新街镇", "港东村", "罗家洲", "罗新一", 13800000001, 4),
        ("新街镇", "港东村", "罗家洲", "", 13800000002, 3))  # fmt: skip


def upload(browser: Client, content: bytes, name: str = "住户.xlsx", **about: Any) -> Any:
    file = SimpleUploadedFile(name, content)
    sent = {"kind": "households", "place": TOWNSHIP, "file": file, "client_id": str(uuid4())}
    return browser.post(reverse("bring_sheet"), {**sent, **about})


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


def let_the_worker_run() -> None:
    for job in Job.objects.filter(state=Job.State.WAITING).order_by("pk"):
        run(job.pk)


def rows_of(response: Any) -> list[list[Any]]:
    content = BytesIO(b"".join(response.streaming_content))
    return CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()


def test_the_whole_way(enter: Enter) -> None:
    browser = enter("township_staff")
    page = upload(browser, workbook(HEADERS, *ROWS))
    sheet = Import.objects.get()
    assert page.url == f"/imports/{sheet.pk}/"
    assert "13800000001" in browser.get(page.url).content.decode()
    sent = {f"column-{n}": key for n, key in match_of(sheet).columns.items()}
    assert browser.post(f"{page.url}match/", {"sheet": "住户", "row": 1, **sent}).status_code == 302
    waiting = browser.get(page.url)
    assert waiting.templates[0].name == "imports/progress.html"
    assert "HX-Refresh" not in browser.get(page.url, headers={"HX-Request": "true"}).headers
    let_the_worker_run()
    assert browser.get(page.url, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    found = browser.get(page.url)
    assert found.context["sheet"].wanted == 1
    assert [one.row for one in found.context["page"]] == [3]
    assert browser.post(f"{page.url}take-in/").status_code == 302
    let_the_worker_run()
    done = browser.get(page.url)
    assert done.context["sheet"].state == Import.State.DONE
    assert Household.objects.filter(head_name="罗新一", hamlet=HOME).count() == 1
    marked = rows_of(browser.get(f"{page.url}marked/"))
    assert marked[0][-1] == "要改的地方"
    assert marked[1][-1] == ""
    assert "户主姓名" in marked[2][-1]
    assert len(marked) == 3


@pytest.mark.parametrize("named", [{}, {"kind": "households", "place": TOWNSHIP}])
def test_what_the_way_here_named_is_chosen_already(enter: Enter, named: dict[str, str]) -> None:
    page = enter("township_staff").get(reverse("bring_sheet"), named)
    assert page.context["form"]["kind"].value() == named.get("kind", "")


def test_a_place_below_ones_own_can_be_named(enter: Enter) -> None:
    browser = enter("township_staff")
    page = browser.get(reverse("bring_sheet"), {"kind": "households", "place": HOME})
    assert list(page.context["form"].places) == [HOME, TOWNSHIP]
    upload(browser, workbook(("户主", "人数"), ("罗新一", 2)), place=HOME)
    assert Import.objects.get().place_id == HOME
    for strange in (FAR, "x", "42"):
        page = browser.get(reverse("bring_sheet"), {"place": strange})
        assert list(page.context["form"].places) == [TOWNSHIP]


def test_a_bad_file_is_told_at_its_field_and_not_kept(enter: Enter) -> None:
    page = upload(enter("township_staff"), b"%PDF-1.7", name="a.xlsx")
    assert page.status_code == 422
    assert "PDF" in page.context["form"].errors["file"][0]
    assert page.context["form"]["kind"].value() == "households"
    assert not Import.objects.exists()


def test_a_kind_or_place_that_is_not_hers_is_refused(enter: Enter, cast: Cast) -> None:
    browser = enter("secretary")
    assert upload(browser, workbook(HEADERS, *ROWS), place=TOWNSHIP).status_code == 422
    assert upload(browser, workbook(HEADERS, *ROWS), place=HOME, kind="x").status_code == 422
    assert not Import.objects.exists()


def test_the_same_form_sent_twice_brings_one_file(enter: Enter) -> None:
    browser, key = enter("township_staff"), str(uuid4())
    content = workbook(HEADERS, *ROWS)
    first = upload(browser, content, client_id=key)
    assert upload(browser, content, client_id=key).url == first.url
    assert Import.objects.count() == 1


def test_a_missing_column_is_said_and_nothing_chosen_is_lost(enter: Enter) -> None:
    browser = enter("township_staff")
    page = upload(browser, workbook(("湾", "谁", "几口"), ("罗家洲", "罗新一", 2)))
    asked = {"sheet": "住户", "row": 1, "column-0": "at_hamlet", "column-2": "head_count"}
    answer = browser.post(f"{page.url}match/", asked)
    assert answer.status_code == 422
    assert "户主姓名" in answer.context["error"]
    assert [one.key for one in answer.context["headers"]] == ["at_hamlet", "", "head_count"]


def test_another_sheet_and_another_row_of_the_headers(enter: Enter) -> None:
    browser = enter("township_staff")
    page = upload(browser, workbook(("湾", "户主", "人数"), ("罗家洲", "罗新一", 2), name="甲"))
    seen = browser.get(page.url, {"again": 1, "sheet": "甲", "row": 2})
    assert [one.header for one in seen.context["headers"]] == ["罗家洲", "罗新一", "2"]
    assert browser.get(page.url, {"again": 1, "row": 99}).context["match"].header_row == 0


def test_problems_by_column_and_sort(enter: Enter, cast: Cast) -> None:
    rows = [("", "", "罗家洲", "", "1", "x"), ("", "", "罗家洲", "罗测一", 13800000009, 9)]
    sheet = checked(cast.actor("township_staff"), TOWNSHIP, workbook(HEADERS, *rows))
    browser, url = enter("township_staff"), f"/imports/{sheet.pk}/"
    assert len(browser.get(url).context["page"]) == 4
    assert len(browser.get(url, {"column": "人数"}).context["page"]) == 1
    assert len(browser.get(url, {"sort": "striking"}).context["page"]) == 1
    assert len(browser.get(url, {"column": "没有"}).context["page"]) == 0


def test_pages_cost_the_same_for_any_number_of_problems(
    enter: Enter, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    rows = [("", "", "罗家洲", "", "", 1)] * 120
    sheet = checked(cast.actor("township_staff"), TOWNSHIP, workbook(HEADERS, *rows))
    browser = enter("township_staff")
    with django_assert_max_num_queries(12):
        assert len(browser.get(f"/imports/{sheet.pk}/").context["page"]) == 50
    with django_assert_max_num_queries(8):
        browser.get("/imports/")


def test_readings_are_logged(enter: Enter, cast: Cast) -> None:
    sheet = brought(cast.actor("secretary"), HOME, workbook(("户主", "人数"), ("罗新一", 2)))
    enter("secretary").get(f"/imports/{sheet.pk}/")
    assert JournalEntry.objects.filter(action="imports.see_imports").count() == 1


def test_it_can_be_stopped_and_left(enter: Enter) -> None:
    browser = enter("township_staff")
    url = upload(browser, workbook(HEADERS, *ROWS)).url
    sent = {f"column-{n}": key for n, key in match_of(Import.objects.get()).columns.items()}
    browser.post(f"{url}match/", {"sheet": "住户", "row": 1, **sent})
    assert browser.post(f"{url}leave/").url == "/imports/"
    assert Job.objects.get().state == Job.State.CANCELLED
    let_the_worker_run()
    assert Import.objects.get().state == Import.State.LEFT
    assert browser.get(url).status_code == 200
    assert browser.post(f"{url}take-in/").status_code == 409


def test_after_thirty_days_only_the_counts_are_kept(enter: Enter, cast: Cast) -> None:
    actor = cast.actor("township_staff")
    left = checked(actor, TOWNSHIP, workbook(HEADERS, *ROWS))
    assert forget_old() == 0
    with later(days=31):
        assert forget_old() == 1
        assert forget_old() == 0
    left.refresh_from_db()
    assert (left.state, left.look, bool(left.file), bool(left.marked)) == ("left", {}, False, False)
    assert left.counts["wrong"] == 1
    assert not left.problems.exists()
    assert enter("township_staff").get(f"/imports/{left.pk}/").status_code == 200
    assert enter("township_staff").get(f"/imports/{left.pk}/marked/").status_code == 404


@pytest.mark.parametrize("kind", ["households", "organisations", "members", "centre_households",
                                  "councils"])  # fmt: skip
def test_the_template_is_read_back_column_by_column(enter: Enter, cast: Cast, kind: str) -> None:
    """What we hand out we can read; its example row fits its own columns."""
    response = enter("township_staff").get(reverse("import_template", args=[kind]))
    content = b"".join(response.streaming_content)
    sheet = checked(cast.actor("township_staff"), TOWNSHIP, content, kind=kind)
    about = sheet_kinds()[kind]
    assert set(sheet.columns.values()) == {column.key for column in columns_of(about)}
    assert sheet.counts["rows"] == 1
    if kind != "members":  # there is no branch yet that could take one in
        wrong = {one.column for one in sheet.problems.all()}
        assert not wrong & {"乡镇", "村", "湾", "湾编码"}


def test_what_goes_out_comes_in_again_and_changes_nothing(enter: Enter, cast: Cast) -> None:
    from genxu.core.sheets.writing import write_sheet
    from genxu.people.sheets import HOUSEHOLDS

    out = BytesIO()
    assert HOUSEHOLDS.rows is not None
    assert HOUSEHOLDS.out is not None
    n = write_sheet(out, "住户", HOUSEHOLDS.out(TOWNSHIP), HOUSEHOLDS.rows(TOWNSHIP).iterator(100))
    sheet = checked(cast.actor("township_staff"), TOWNSHIP, out.getvalue())
    assert sheet.counts["same"] == sheet.counts["rows"] == n == 6


def test_a_long_text_file_of_many_batches_adds_up(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from genxu.imports import checking

    monkeypatch.setattr(checking, "BATCH", 7)
    rows = [
        ("", "", ("罗家洲", "港边湾", "没有湾")[n % 3], f"某{n}", "", n % 4) for n in range(100)
    ]
    sheet = checked(cast.actor("township_staff"), TOWNSHIP,
                    text_file(HEADERS, *rows), name="a.csv")  # fmt: skip
    counts = sheet.counts
    assert counts["rows"] == 100
    assert counts["new"] + counts["wrong"] == 100
    assert counts["wrong"] == sum(n % 3 == 2 or n % 4 == 0 for n in range(100))


def test_today_is_the_clock_of_the_program(cast: Cast) -> None:
    sheet = brought(cast.actor("secretary"), HOME, workbook(("户主", "人数"), ("罗新一", 2)))
    assert sheet.asked_at == clock.now()
