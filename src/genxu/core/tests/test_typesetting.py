"""Papers are set with our own fonts; a character that no font has is named, never boxed."""

import io
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from genxu.core import typesetting
from genxu.core.typesetting import Document, NoFonts, Output, missing_glyphs, run_apart, typeset

TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set page(width: 100mm, height: 50mm)
#set text(font: ("Noto Serif SC", "Noto Serif CJK SC"), size: 20pt)
#for word in data.words [#page(word)]
"""
NOWHERE = "\U000323ad"
"""A character of the latest blocks, which neither font has."""
RARE = "\U00020bb7"
"""𠮷, a character of names: Debian's font has it, ours has not."""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "words.typ"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


@pytest.fixture
def without_debian_s(settings: Any, tmp_path: Path) -> None:
    settings.MORE_FONTS = tmp_path / "nothing"


def words(*some: str, name: str = "") -> Document:
    return Document({"words": some}, name, some)


def fonts_of(pdf: PdfReader) -> set[str]:
    found = set()
    for page in pdf.pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font["/DescendantFonts"][0]
            assert any(key.startswith("/FontFile") for key in inner["/FontDescriptor"])
            found.add(str(inner["/BaseFont"]))
    return found


# --- glyphs --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["罗测春", "买买提·艾则孜", "Ana Li-Wang", "罗 测　春", "〇一二", ""]
)
def test_usual_names_can_be_printed(text: str) -> None:
    assert missing_glyphs([text]) == {}


def test_a_character_that_no_font_has_is_named_with_its_text() -> None:
    text = f"罗{NOWHERE}{NOWHERE}"
    assert missing_glyphs(["罗测春", text]) == {text: NOWHERE}


@pytest.mark.usefixtures("without_debian_s")
def test_without_debian_s_font_rare_names_are_missing() -> None:
    assert missing_glyphs([f"{RARE}野", "罗测春"]) == {f"{RARE}野": RARE}


@settings(deadline=None)
@given(st.text(max_size=20))
def test_what_is_named_is_in_the_text_and_once(text: str) -> None:
    for found in missing_glyphs([text]).values():
        assert set(found) <= set(text)
        assert len(set(found)) == len(found)


def test_without_our_fonts_it_says_how_to_get_them(settings: Any, tmp_path: Path) -> None:
    settings.FONTS = tmp_path
    with pytest.raises(NoFonts, match="make front"):
        missing_glyphs(["罗"])


# --- setting -------------------------------------------------------------------------------------


def test_a_pdf_has_its_text_and_its_fonts_in_it(template: Path) -> None:
    pdf = PdfReader(io.BytesIO(typeset(template, words("罗测春", "陈测田"), made_at=0)))
    assert [page.extract_text().strip() for page in pdf.pages] == ["罗测春", "陈测田"]
    assert {name.split("+")[-1].split("-")[0] for name in fonts_of(pdf)} == {"NotoSerifSC"}


def test_the_same_paper_is_the_same_file(template: Path) -> None:
    assert typeset(template, words("罗"), made_at=0) == typeset(template, words("罗"), made_at=0)


def test_debian_s_font_is_taken_for_a_rare_character_only(template: Path) -> None:
    if missing_glyphs([RARE]):
        pytest.skip("fonts-noto-cjk is not installed here")
    pdf = PdfReader(io.BytesIO(typeset(template, words(f"{RARE}田"), made_at=0)))
    assert pdf.pages[0].extract_text().strip() == f"{RARE}田"
    assert len(fonts_of(pdf)) == 2
    here = typesetting.fonts()
    assert here.folders(["罗测春"]) == [str(here.ours)]


def test_a_picture_is_a_png(template: Path) -> None:
    assert typeset(template, words("罗"), made_at=0, kind="png").startswith(b"\x89PNG")


def test_many_files_come_out_of_one_process(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []
    run = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: started.append(1) or run(*a, **k))
    pile, pack = tmp_path / "pile.pdf", tmp_path / "single.zip"
    run_apart([
        Output(template, pile, [words("罗", "陈", "周")], 0, tagged=False),
        Output(template, pack, [words("罗", name="1 罗.pdf"), words("陈", name="2 陈.pdf")], 0),
    ])  # fmt: skip
    assert len(started) == 1
    assert len(PdfReader(pile).pages) == 3
    with zipfile.ZipFile(pack) as opened:
        assert opened.namelist() == ["1 罗.pdf", "2 陈.pdf"]
        second = PdfReader(io.BytesIO(opened.read("2 陈.pdf")))
        assert second.pages[0].extract_text().strip() == "陈"


def test_a_template_that_breaks_is_an_error(tmp_path: Path, capfd: Any) -> None:
    path = tmp_path / "broken.typ"
    path.write_text("#panic()", encoding="utf-8")
    with pytest.raises(subprocess.CalledProcessError):
        typeset(path, words("罗"), made_at=0)
