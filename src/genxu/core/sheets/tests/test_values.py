"""Any way of writing a phone number, a day or a number gives the same value, or a sentence."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genxu.core.sheets import values
from genxu.core.sheets.values import Unreadable

WIDE = {ord(str(n)): chr(0xFF10 + n) for n in range(10)}
BLANKS = ["", " ", "\u3000", "\u00a0", "\t", "\u2003", "\u200b", "\ufeff", " \u3000 "]
blanks = st.sampled_from(BLANKS)
phones = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
days = st.dates(date(1949, 10, 1), date(2099, 12, 31))


def write_phone(phone: str, way: int) -> Any:
    return [
        phone, float(phone), int(phone), f"{phone}.0", phone.translate(WIDE),
        f"{phone[:3]} {phone[3:7]} {phone[7:]}", f"{phone[:3]}-{phone[3:7]}-{phone[7:]}",
        f"+86{phone}", f"+86 {phone}", f"0086{phone}", f"86{phone}", f"（+86）{phone}",
        f"{phone[:3]}\u3000{phone[3:]}", f"{phone[:3]}－{phone[3:]}",
    ][way]  # fmt: skip


@given(phones, st.integers(0, 13), blanks, blanks)
def test_a_phone_however_written(phone: str, way: int, before: str, behind: str) -> None:
    written = write_phone(phone, way)
    cell = f"{before}{written}{behind}" if isinstance(written, str) else written
    assert values.mobile(cell) == phone


@pytest.mark.parametrize("cell", ["", " ", "\u3000", "无", "—", "-", "/", "暂无"])
def test_no_phone(cell: str) -> None:
    assert values.mobile(cell) == ""


@pytest.mark.parametrize(
    "cell",
    ["138", "1380000000", "138000000000", "23800000000", "13800000000/13900000000", "1.38E+10",
     "0715-4321234", "abc", True, date(2023, 5, 1), 3.5],
)  # fmt: skip
def test_no_mobile_number_is_a_sentence(cell: Any) -> None:
    with pytest.raises(Unreadable) as told:
        values.mobile(cell)
    assert str(told.value)


def write_day(day: date, way: int) -> Any:
    y, m, d = day.year, day.month, day.day
    return [
        day, datetime(y, m, d), datetime(y, m, d, 8, 30), f"{y}.{m}.{d}", f"{y}-{m:02}-{d:02}",
        f"{y}/{m}/{d}", f"{y}年{m}月{d}日", f"{y}年{m:02}月{d:02}日", f"{y}{m:02}{d:02}",
        float(f"{y}{m:02}{d:02}"), f"{y}．{m}．{d}", f"{y}－{m}－{d}", f"{y} 年 {m} 月 {d} 日",
        f"{y}年{m}月{d}", f"{y}-{m:02}-{d:02} 00:00:00", f"{y}-{m:02}-{d:02}T00:00:00",
        float((day - date(1899, 12, 30)).days), str((day - date(1899, 12, 30)).days),
        f"{y}.{m}.{d}".translate(WIDE),
    ][way]  # fmt: skip


@given(days, st.integers(0, 18), blanks, blanks)
def test_a_day_however_written(day: date, way: int, before: str, behind: str) -> None:
    written = write_day(day, way)
    cell = f"{before}{written}{behind}" if isinstance(written, str) else written
    assert values.day(cell) == day


@pytest.mark.parametrize(
    "cell",
    ["2023年5月", "2023.05", 2023.5, 2023.0, "2023-13-01", "2023.2.30", "去年", "23.5.1", True],
)
def test_half_a_day_is_a_sentence_never_a_guess(cell: Any) -> None:
    with pytest.raises(Unreadable):
        values.day(cell)


def test_the_serial_number_of_excel() -> None:
    assert values.day(45047.0) == date(2023, 5, 1)


@given(st.integers(1, 99), st.integers(0, 8), blanks)
def test_a_number_however_written(n: int, way: int, blank: str) -> None:
    cell = [n, float(n), str(n), f"{n}.0", str(n).translate(WIDE), f"{n}人", f"{n}口人", f"{n} 户",
            f"{n}.00"][way]  # fmt: skip
    if isinstance(cell, str):
        cell = blank + cell + blank
    assert values.number(1, 99)(cell) == n


@pytest.mark.parametrize("cell", [3.5, "三", "几个", "0", 100, "-1", True, "1e3", "9" * 30])
def test_no_number_is_a_sentence(cell: Any) -> None:
    with pytest.raises(Unreadable):
        values.number(1, 99)(cell)


@pytest.mark.parametrize(
    "cell", ["罗春", "罗　春", " 罗 春 ", "罗\u00a0\u00a0春", "罗\u200b春", "罗\t春"]
)
def test_blanks_that_stretch_a_name_are_left_out(cell: str) -> None:
    assert values.name()(cell) == "罗春"


def test_a_foreign_name_keeps_its_blank() -> None:
    assert values.name()("John  Li") == "John Li"
    assert values.name()("阿依古丽·买买提") == "阿依古丽·买买提"


@given(st.text(max_size=60))
def test_no_text_breaks_a_reader_or_brings_a_hidden_sign(cell: str) -> None:
    for read in (
        values.mobile,
        values.day,
        values.number(1, 9),
        values.words(40),
        values.name(),
        values.choice({"a": ("甲", "乙")}),
        values.several({"a": ("甲",)}),
    ):
        try:
            found = read(cell)
        except Unreadable:
            continue
        assert "\x00" not in str(found)


@given(
    st.one_of(
        st.floats(), st.integers(), st.booleans(), st.datetimes(), st.times(), st.timedeltas()
    )
)
def test_no_cell_breaks_a_reader(cell: Any) -> None:
    for read in (values.mobile, values.day, values.number(1, 9), values.words(40)):
        try:
            read(cell)
        except Unreadable:
            continue


def test_choices_by_any_of_their_words() -> None:
    read = values.choice({"full": ("正式党员", "正式"), "": ("无",)})
    assert [read(cell) for cell in ("正式党员", " 正 式 ", "", "无")] == ["full", "full", "", ""]
    with pytest.raises(Unreadable, match="正式党员"):
        read("积极分子")


def test_several_in_the_order_of_the_table() -> None:
    read = values.several({"a": ("甲组", "甲"), "b": ("乙组",)})
    assert read("乙组、甲") == read("甲，乙组") == read("甲组/乙组;甲") == ("a", "b")
    assert read("") == ()


def test_a_duration_or_a_time_is_only_text() -> None:
    assert values.text(timedelta(hours=1))
