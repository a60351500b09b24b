"""The certificate and the plate: what stands on them, and that the plate's code can be read."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from genxu.organisation.centre_households import documents
from genxu.organisation.centre_households.documents import Paper, What, chinese_day
from tests.e2e.qr import decode

SITE = "https://genxu.example.org"
PAPER = Paper(
    name="罗测春",
    hamlet="罗家洲",
    village="港东村",
    township="新街镇",
    county="嘉鱼县",
    number="42122110420260007",
    card="7K3M92QXAB",
    duties=("policy", "disputes"),
    by_self=True,
    appointed_on=date(2026, 5, 13),
    term_ends_on=date(2029, 5, 13),
)
CENTIMETRE = 72 / 2.54


def text_of(what: What, **changes: Any) -> str:
    pdf = PdfReader(io.BytesIO(documents.one(what, replace(PAPER, **changes), SITE)))
    assert len(pdf.pages) == 1
    return "".join(pdf.pages[0].extract_text().split())


def test_the_certificate_tells_all_that_belongs_on_it() -> None:
    text = text_of(What.CERTIFICATE)
    for part in (
        "聘书", "罗测春同志", "本人自荐、群众推荐、支部选聘", "嘉鱼县新街镇港东村罗家洲", "中心户",
        "聘期自2026年5月13日至2029年5月13日", "嘉鱼县新街镇", "二〇二六年五月十三日",
        "42122110420260007",
    ):  # fmt: skip
        assert part in text, part


@pytest.mark.parametrize("name", ["../../罗测兰", "..\\罗测兰", "罗/测兰"])
def test_a_name_makes_no_folder_where_the_zip_is_unpacked(name: str) -> None:
    named = replace(PAPER, name=name).file_name
    assert named.endswith("测兰.pdf")
    assert not set(named) & set("/\\")


def test_names_are_text_and_no_commands_of_the_typesetter() -> None:
    name = '罗#panic("x")\\"$*_@<a>'
    assert name.replace(" ", "") in text_of(What.CERTIFICATE, name=name).replace(" ", "")


def test_who_did_not_stand_by_itself_is_not_said_to_have() -> None:
    assert "自荐" not in text_of(What.CERTIFICATE, by_self=False)


def test_without_an_end_or_duties_nothing_is_made_up() -> None:
    text = text_of(What.CERTIFICATE, term_ends_on=None, duties=())
    assert "聘期" not in text
    assert "职责" not in text


def test_the_plate_tells_who_and_where() -> None:
    text = text_of(What.PLATE)
    for part in ("中心户", "罗测春", "罗家洲", "嘉鱼县新街镇港东村", "42122110420260007"):
        assert part in text, part
    assert "2029" not in text


@pytest.mark.parametrize(("what", "width", "height"), [(What.CERTIFICATE, 29.7, 21.0),
                                                       (What.PLATE, 30.0, 20.0)])  # fmt: skip
def test_the_papers_have_their_size(what: What, width: float, height: float) -> None:
    box = PdfReader(io.BytesIO(documents.one(what, PAPER, SITE))).pages[0].mediabox
    assert float(box.width) == pytest.approx(width * CENTIMETRE, abs=0.5)
    assert float(box.height) == pytest.approx(height * CENTIMETRE, abs=0.5)


@pytest.mark.parametrize(("what", "box"), [(What.PLATE, (205, 98, 269, 158)),
                                           (What.CERTIFICATE, (34, 160, 63, 190))])  # fmt: skip
def test_its_code_leads_to_the_public_card(what: What, box: tuple[int, int, int, int]) -> None:
    """Read from a picture of the paper; ``box`` is where the code lies, in millimetres."""
    dots = 200
    paper = Image.open(io.BytesIO(documents.one(what, PAPER, SITE, "png", dots)))
    code = paper.crop(tuple(int(edge * dots / 25.4) for edge in box))
    out = io.BytesIO()
    code.save(out, "PNG")
    assert decode(out.getvalue()) == f"{SITE}/c/7K3M92QXAB/"


@pytest.mark.parametrize("name", ["欧阳测春", "阿卜杜热合曼·买买提依明江", "罗" * 40])
@pytest.mark.parametrize("what", What)
def test_long_names_stay_on_one_page(what: What, name: str) -> None:
    assert name in text_of(what, name=name, hamlet="名字特别特别长的一个自然村湾", duties=ALL)


ALL = ("policy", "disputes", "cleanliness", "facilities", "errands", "customs")


def test_a_name_with_typst_s_own_signs_is_only_a_name() -> None:
    assert "#panic()*罗*$x$" in text_of(What.CERTIFICATE, name="#panic()*罗*$x$")


def test_the_moment_in_the_file_is_the_appointment_s() -> None:
    pdf = PdfReader(io.BytesIO(documents.one(What.CERTIFICATE, PAPER, SITE)))
    assert pdf.metadata is not None
    assert pdf.metadata.creation_date is not None
    assert pdf.metadata.creation_date.date() == date(2026, 5, 13)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 5, 13), "二〇二六年五月十三日"),
        (date(2030, 10, 20), "二〇三〇年十月二十日"),
        (date(2021, 12, 31), "二〇二一年十二月三十一日"),
        (date(2023, 1, 10), "二〇二三年一月十日"),
    ],
)
def test_days_are_written_as_on_official_papers(day: date, words: str) -> None:
    assert chinese_day(day) == words


def test_lacking_names_each_paper_by_its_place() -> None:
    rare = replace(PAPER, name="罗\U000323ad", hamlet="\U000323ad家")
    assert documents.lacking([PAPER, rare]) == {1: "\U000323ad"}
