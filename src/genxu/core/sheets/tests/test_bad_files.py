"""Each file that is no spreadsheet, or a wicked one, is refused in its own clear sentence."""

import contextlib
import io
import struct
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.utils import translation
from PIL import Image

from genxu.core.errors import Invalid
from genxu.core.sheets import reading, sniffing
from genxu.core.sheets.reading import look


def workbook(**sheets: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for n, row in enumerate(rows):
                page.write_row(n, 0, row)
    return out.getvalue()


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def compound(stream: str) -> bytes:
    """The head of an OLE file whose directory names a stream."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
    return head + stream.encode("utf-16-le") + b"\x00" * 200


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (9, 9), "red").save(out, "PNG")
    return out.getvalue()


def two_far_cells() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write(0, 0, "户主")
        page.write(1_048_575, 16_383, "x")
    return out.getvalue()


def lying_about_its_size() -> bytes:
    """A part that unpacks to 2 GB, with a directory that says 1,000 bytes."""
    rows = b"<row r='1'><c r='A1' t='inlineStr'><is><t>x</t></is></c></row>" * 3_000_000
    whole = workbook(甲=[["户主"]])
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(whole)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            content = source.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                content = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
            target.writestr(info.filename, content)
    content = bytearray(out.getvalue())
    at = content.rfind(b"xl/worksheets/sheet1.xml") - 46
    content[at + 24 : at + 28] = struct.pack("<I", 1000)
    return bytes(content)


BOMB = packed(**{"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"\x00" * 150_000_000})
SENTENCES = {
    "空的": b"",
    "图片": picture(),
    "PDF": b"%PDF-1.7 ...",
    "Word": packed(**{"word/document.xml": b"<w/>"}),
    "幻灯片": packed(**{"ppt/presentation.xml": b"<p/>"}),
    "压缩包": packed(**{"a.txt": b"x"}),
    "密码": compound("EncryptedPackage"),
    "Word 文档": compound("WordDocument"),
    "网页": "<html><table><tr><td>户主</td></tr></table>".encode(),
    "网页，": "\ufeff <!DOCTYPE html><body>".encode(),
    "大得离谱": BOMB,
    "缺了一截": workbook(甲=[["户主"]])[:1500],
    "不是能读的表格": b"\x00\x01\x02\x03" * 50,
    "什么也没有": workbook(甲=[]),
    "吃不消": two_far_cells(),
}


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


@pytest.mark.parametrize("sentence", SENTENCES)
def test_each_bad_file_has_its_own_sentence(tmp_path: Path, sentence: str) -> None:
    file = tmp_path / "住户.xlsx"
    file.write_bytes(SENTENCES[sentence])
    with pytest.raises(Invalid, match=sentence.rstrip("，")) as told:
        look(file)
    assert set(told.value.fields) == {"file"}


def test_letters_that_make_no_sense(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"\xff\x81\xff\xff," * 10)
    with pytest.raises(Invalid, match="认不出来"):
        look(file)


def test_a_damaged_workbook(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(packed(**{"xl/workbook.xml": b"<<<not xml"}))
    with pytest.raises(Invalid, match="打不开"):
        look(file)


def test_a_file_too_large_to_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sniffing, "LARGEST", 10)
    file = tmp_path / "a.xlsx"
    file.write_bytes(workbook(甲=[["户主"]]))
    with pytest.raises(Invalid, match="拆开"):
        look(file)


def test_a_directory_that_lies_costs_this_process_nothing(tmp_path: Path) -> None:
    """It is opened in a process of its own, whose memory is bounded."""
    import resource

    file = tmp_path / "a.xlsx"
    file.write_bytes(lying_about_its_size())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with contextlib.suppress(Invalid):
        look(file)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


def test_300_000_rows_are_not_taken_for_a_bomb(tmp_path: Path) -> None:
    """The directory of a real register of that size passes; nothing is unpacked for it."""
    row = b'<c r="A1" t="inlineStr"><is><t>%d</t></is></c>'
    rows = b"".join(b"<row>" + row % (n * 7919 % 1_000_003) * 8 + b"</row>" for n in range(60_000))
    file = tmp_path / "a.xlsx"
    file.write_bytes(packed(**{"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": rows}))
    assert sniffing.sniff(file) == sniffing.Nature.WORKBOOK


def test_macros_are_named_and_not_run(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsm"
    content = io.BytesIO(workbook(甲=[["户主"], ["罗"]]))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b'Shell "rm -rf /"')
    file.write_bytes(content.getvalue())
    assert look(file).macros


def test_formulas_give_what_was_saved_with_them(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        page = book.add_worksheet("甲")
        page.write_row(0, 0, ["户主", "人数"])
        page.write_formula(1, 0, '="罗"&"一"', None, "罗一")
        page.write_formula(1, 1, "=2+2", None, 4)
        page.write_formula(2, 0, "=#REF!", None, "#REF!")
        page.write_formula(2, 1, "=1/0", None, "#DIV/0!")
    found = look(file)
    assert found.sheets[0].top[1] == ["罗一", "4"]
    assert found.sheets[0].errors == [[3, 0, "#REF!"], [3, 1, "#DIV/0!"]]
    with reading.rows(file, "甲") as lines:
        assert list(lines)[1] == ["罗一", 4.0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_text_in_any_letters_and_with_any_separator(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(f"户主{separator}人数\r\n罗𠮷{separator}4\r\n".encode(encoding))
    with reading.rows(file, "") as lines:
        assert list(lines) == [["户主", "人数"], ["罗𠮷", "4"]]
    assert look(file).sheets[0].rows == 2


def test_the_trial_runs_alone() -> None:
    """It loads neither Django nor the settings: it is quick, and has nothing to give away."""
    code = "import genxu.core.sheets.trying, sys; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
