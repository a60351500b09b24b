"""A township's own workbook: looked at, checked, marked, and taken in row by row."""

import io
import zipfile
from typing import Any

import pytest
import xlsxwriter
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from .doing import LUO
from .visitor import Visitor

TOWNSHIP = LUO[:9]
PATIENCE = 60_000
"""Milliseconds for a job in the background of a busy machine."""


def workbook(head: str, phone: str) -> bytes:
    """As townships write it: a title over merged cells, digits of full width, and two mistakes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("住户")
        sheet.merge_range("A1:E1", "新街镇港东村住户登记表")
        rows = [
            ("行政村", "自然湾", "户主姓名", "联系电话", "人口数"),
            ("港东村委会", "罗家洲", head, phone, "４"),
            ("港东村", "罗家洲", "罗测误", "12345", 3),
            ("港东村", "大屋梁", "罗测远", "", 2),
        ]
        for n, row in enumerate(rows, 1):
            sheet.write_row(n, 0, row)
    return out.getvalue()


def bring(one: Visitor, content: bytes) -> None:
    one.go("/imports/")
    one.press(one.page.locator('a[href^="/imports/new/"]').first)
    one.at("/imports/new/")
    form = one.page.locator("form:has(input[type=file])")
    one.choose(form, "kind", "households")
    form.locator("input[type=file]").set_input_files(
        {"name": "港东村住户.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    )
    one.press(form.locator(".btn-act"))
    one.at(r"/imports/\d+/")


@pytest.mark.crossing
def test_a_workbook_with_mistakes_is_taken_in_without_them(invite: Any, width: str) -> None:
    one = invite(width, "township_staff", TOWNSHIP)
    head, phone = ("罗测表", "１３６００００００２１") if one.phone else ("罗测册", "13600000022.0")
    bring(one, workbook(head, phone))
    check = one.page.locator('form[action$="/match/"] .btn-act')
    expect(check).to_be_visible(timeout=PATIENCE)
    one.press(check)
    sums = one.page.locator(".import-sum")
    expect(sums).to_be_visible(timeout=PATIENCE)
    wrong = one.page.locator(".import-problems tr.is-wrong")
    expect(wrong).to_have_count(2)
    expect(wrong.first.locator("th")).to_contain_text("4")

    marked = one.page.locator('a[href$="/marked/"]').get_attribute("href") or ""
    body = one.context.request.get(marked).body()
    cells = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
    told = {" ".join(map(str, row)) for row in cells}
    assert any("罗测误" in row for row in told)

    one.press(one.page.locator('form[action$="/take-in/"] .btn-act'))
    expect(one.page.locator(".notice-good")).to_be_visible(timeout=PATIENCE)
    assert one.house.records.rows(
        "SELECT hamlet_id, phone, head_count FROM people_household WHERE head_name = ?", head
    ) == [(LUO, "13600000021" if one.phone else "13600000022", 4)]
    for left_out in ("罗测误", "罗测远"):
        assert one.house.records.one(
            "SELECT count(*) FROM people_household WHERE head_name = ?", left_out
        ) == (0)


def test_a_letter_named_like_a_workbook_is_refused_in_a_sentence(invite: Any, width: str) -> None:
    one = invite(width, "township_staff", TOWNSHIP)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as letter:
        letter.writestr("[Content_Types].xml", "<Types/>")
        letter.writestr("word/document.xml", "<w:document/>")
    one.go("/imports/new/")
    form = one.page.locator("form:has(input[type=file])")
    one.choose(form, "kind", "households")
    form.locator("input[type=file]").set_input_files(
        {"name": "坏的.xlsx", "mimeType": "application/octet-stream", "buffer": out.getvalue()}
    )
    one.press(form.locator(".btn-act"))
    expect(one.page.locator(".field-error").first).to_be_visible()
