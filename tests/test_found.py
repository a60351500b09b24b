"""Search finds what people look for: by a part of the name, without the word for the kind of place,
in pinyin, by who raised it, by what was said, by village and by day; and lists that are cut say so.
"""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from genxu.core import clock
from genxu.core.models import JournalEntry
from genxu.core.sounding import sounding
from genxu.organisation.councils.tests.factories import form as form_council
from genxu.regions.actions import import_regions

from .cast import HOME, NEIGHBOUR, OPERATOR, VILLAGE, Cast, Enter, rows_of
from .doing import hold_talk, page_text, raise_matter, taken_up

JINTANG = {
    "421221109": "金塘镇",
    "421221109201": "金塘村村委会",
    "421221109201001": "金塘湾",
    "421221109202": "塘角村村委会",
}


@pytest.fixture
def jintang(cast: Cast) -> Cast:
    import_regions(actor=OPERATOR, rows=rows_of(JINTANG), count=len(JINTANG))
    return cast


def found(client: Client, address: str, **query: str) -> str:
    answer = client.get(reverse(address), query)
    assert answer.status_code == 200, page_text(answer)
    return page_text(answer)


@pytest.mark.parametrize("words", ["金塘", "jt", "jintang", "JinTang", "jintangz", "金塘镇"])
def test_a_place_is_found_without_the_word_for_its_kind_and_by_its_sound(
    jintang: Cast, client: Client, words: str
) -> None:
    page = found(client, "places", words=words)
    assert "金塘镇" in page
    assert "塘角村" not in page


@pytest.mark.parametrize(
    ("words", "name"),
    [("金塘村委会", "金塘村"), ("金塘自然村", "金塘湾"), ("罗家洲湾", "罗家洲"), ("ljz", "罗家洲"),
     ("sjsc", "晒甲山村"), ("chongyang", "崇阳县")],
)  # fmt: skip
def test_whatever_office_or_kind_is_typed(
    jintang: Cast, client: Client, words: str, name: str
) -> None:
    assert name in found(client, "places", words=words)


def test_a_list_of_places_that_is_cut_says_so(jintang: Cast, client: Client) -> None:
    many = {f"421221109202{n:03}": f"塘角湾{n}" for n in range(1, 23)}
    import_regions(actor=OPERATOR, rows=rows_of(many), count=len(many))
    assert "不止这些，这里只列 20 条" in found(client, "places", words="塘角")
    assert "不止" not in found(client, "places", words="金塘")


@pytest.mark.parametrize(
    ("typed", "name", "is_it"),
    [("zxf", "周小芳", True), ("zhouxiaofang", "周小芳", True), ("zhouxf", "周小芳", False),
     ("zhouxiaof", "周小芳", True), ("zcf", "曾长发", True), ("lvbu", "吕布", True),
     ("mmtal", "买买提·艾力", True), ("jc", "𠮷春", True), ("xian", "县", True),
     ("xian", "西安", True), ("zxf", "周大芳", False), ("z", "周", False), ("张", "张", False)],
)  # fmt: skip
def test_pinyin_sounds_as_people_type_it(typed: str, name: str, is_it: bool) -> None:
    pattern = sounding(typed)
    assert bool(pattern and re.search(pattern, name)) is is_it


def test_people_are_found_in_pinyin_wherever_they_are_searched(cast: Cast, enter: Enter) -> None:
    form_council(cast)
    client = enter("township_staff")
    for typed in ("lcy", "luoceyi"):
        assert "罗测一" in found(client, "households", words=typed, place=HOME)
    assert "罗家洲" in found(client, "councils", words="luojiazhou")
    assert "罗家洲" in found(client, "councils", words="lcc"), "罗测春 sits there"
    assert "罗家洲" not in found(client, "councils", words="zzzz")


def test_a_list_is_narrowed_down_to_a_place_by_its_name(cast: Cast, enter: Enter) -> None:
    hold_talk(cast, taken_up(), topic="修路灯")
    client = enter("county_staff")
    for typed in ("罗家洲", "ljz", "港东", "港东村", "gangdong"):
        assert "修路灯" in found(client, "talks", place=typed)
    assert "修路灯" not in found(client, "talks", place="港边湾")


def test_a_name_that_means_several_places_or_none_says_so(jintang: Cast, enter: Enter) -> None:
    client = enter("county_staff")
    for typed, said in (("gang", "港边湾"), ("卢家大屋", "没有叫这个名字的")):
        answer = client.get(reverse("talks"), {"place": typed})
        assert answer.status_code == 422
        assert said in page_text(answer)


def test_matters_are_found_by_who_raised_them_for_those_who_may_know(
    cast: Cast, enter: Enter
) -> None:
    one = cast.households()[0]
    matter = raise_matter(cast, "triaged", "personal", household=True)
    number = f"/matters/{matter.pk}/"
    for typed in (one.head_name, "lcy", "luoceyi"):
        assert number in _html(enter("secretary"), "matters", words=typed), typed
        for part in ("village_staff", "centre_household", "city_staff", "far_secretary"):
            assert number not in _html(enter(part), "matters", words=typed), part


def test_who_raised_a_common_matter_is_not_found_out_from_above(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "triaged", "common", household=True)
    assert f"/matters/{matter.pk}/" not in _html(enter("city_staff"), "matters", words="罗测一")
    assert f"/matters/{matter.pk}/" in _html(enter("secretary"), "matters", words="罗测一")


def test_talks_are_found_by_what_was_said_where_the_minutes_are_read(
    cast: Cast, enter: Enter
) -> None:
    hold_talk(cast, taken_up(text="后山的水渠堵了"), topic="春耕")
    assert "春耕" in found(enter("secretary"), "talks", words="水渠")
    assert "春耕" in found(enter("village_staff"), "talks", words="chungeng")
    for part in ("village_staff", "neighbour_secretary", "city_staff"):
        assert "春耕" not in found(enter(part), "talks", words="水渠"), part


@pytest.mark.parametrize("address", ["talks", "matters"])
def test_talks_and_matters_are_narrowed_down_to_days(
    cast: Cast, enter: Enter, address: str
) -> None:
    today = clock.today()
    hold_talk(cast, taken_up(text="路灯要修"), topic="路灯要修")
    client = enter("secretary")
    for query, is_there in (
        ({"since": today}, True), ({"until": today}, True),
        ({"since": today, "until": today}, True),
        ({"since": today + timedelta(days=1)}, False),
        ({"until": today - timedelta(days=8)}, False),
    ):  # fmt: skip
        given = {name: day.isoformat() for name, day in query.items()}
        page = found(client, address, **given)
        assert ("路灯要修" in page) is is_there, query
    for wrong in ({"since": "soon"}, {"since": "2026-05-02", "until": "2026-05-01"}):
        assert client.get(reverse(address), wrong).status_code == 422
    far = {"since": "0001-01-01", "until": "9999-12-31"}
    assert client.get(reverse(address), far).status_code == 200


@pytest.mark.parametrize("address", ["talks", "matters"])
def test_they_are_narrowed_down_to_a_village_among_those_below(
    cast: Cast, enter: Enter, address: str
) -> None:
    page = _html(enter("township_staff"), address)
    assert f'<option value="{VILLAGE}">' in page
    assert f'<option value="{HOME}">' in _html(enter("township_staff"), address, place=VILLAGE)


def test_talks_go_out_as_a_spreadsheet_as_the_list_is_narrowed_down(
    cast: Cast, enter: Enter
) -> None:
    hold_talk(cast, taken_up(), topic="修路灯", head_count=14)
    hold_talk(cast, hamlet=NEIGHBOUR, topic="清水渠")
    client = enter("village_staff")
    rows = sheet_of(client.get(reverse("export_talks"), {"place": HOME}))
    assert len(rows) == 2
    assert {"修路灯", 14, "罗家洲"} <= set(rows[1])
    assert len(sheet_of(client.get(reverse("export_talks")))) == 3
    assert _noted("talks.see_talks") == [HOME, VILLAGE]


def test_matters_go_out_with_the_words_that_the_reader_may_read(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "triaged", "personal", household=True)
    (row,) = sheet_of(enter("secretary").get(reverse("export_matters")))[1:]
    assert matter.title in row
    (above,) = sheet_of(enter("city_staff").get(reverse("export_matters")))[1:]
    assert matter.title not in above
    assert not any("罗测一" in str(one) for one in (*row, *above))
    assert len(_noted("matters.see_matters")) == 2


def sheet_of(response: Any) -> list[list[Any]]:
    content = io.BytesIO(b"".join(response.streaming_content))
    return CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()


def _noted(action: str) -> list[str]:
    rows = JournalEntry.objects.filter(action=action, reading=True)
    return list(rows.order_by("pk").values_list("place", flat=True))


def _html(client: Client, address: str, **query: Any) -> str:
    answer = client.get(reverse(address), query)
    assert answer.status_code == 200
    return answer.content.decode()
