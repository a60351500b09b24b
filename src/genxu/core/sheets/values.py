"""What stands in a cell, however it was typed: one value from every way of writing it.

A cell is what calamine gives: a text, a float, a bool, a date, a duration, or "" for nothing.
A reader gives the value, or raises ``Unreadable`` with the sentence for the person.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from genxu.core.names import clean_name

Cell = Any
Reader = Callable[[Cell], Any]

BLANK = " "
_BLANKS = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u180e\u2028\u2029\u202f\u205f\u3000"
    + "".join(map(chr, range(0x2000, 0x200B)))
)
_NOTHING = "\u200b\u200c\u200d\u2060\ufeff\u00ad\x7f" + "".join(map(chr, range(9)))
_NOTHING += "".join(map(chr, range(0x0E, 0x1C)))
_FULL_WIDTH = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
_PLAIN: dict[int, str | int | None] = {
    **{ord(blank): BLANK for blank in _BLANKS},
    **{ord(mark): None for mark in _NOTHING},
    **{wide: wide - 0xFEE0 for wide in _FULL_WIDTH},
}
_SIGNS = {
    ord("．"): ".", ord("。"): ".", ord("－"): "-", ord("—"): "-", ord("–"): "-", ord("‐"): "-",
    ord("‑"): "-", ord("−"): "-", ord("／"): "/", ord("＋"): "+", ord("，"): ",", ord("："): ":",
    ord("（"): "(", ord("）"): ")", ord("＃"): "#",
}  # fmt: skip
_ROUNDED = re.compile(r"\d(\.\d+)?e\+\d+", re.IGNORECASE)
_MOBILE = re.compile(r"1[3-9]\d{9}\Z", re.ASCII)
_NUMBER = re.compile(r"(-?\d+)(?:\.0+)?(?:人|口人|口|户|名|个|岁)?\Z", re.ASCII)
_DAY = re.compile(r"(\d{4})[.\-/年](\d{1,2})[.\-/月](\d{1,2})日?(?:[ T]0?0:00(?::00)?(?:\.0+)?)?\Z",
                  re.ASCII)  # fmt: skip
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0)?\Z", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.0+)?\Z", re.ASCII)
_MONTH = re.compile(r"\d{4}(?:[.\-/年]\d{1,2}月?|年)?\Z", re.ASCII)
_SAID_NONE = frozenset(("无", "没有", "暂无", "/", "-", "--", "不详"))
_PARTS = re.compile(r"[、,，;；/|\n ]+")
SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of Excel's serial numbers (the calendar of 1900, which counts a day that never was)."""


class Unreadable(ValueError):
    """A cell that cannot be read; ``str()`` is the sentence for the person."""


def text(cell: Cell) -> str:
    """The cell as one line: full-width digits and letters narrow, all blanks alike, no ``.0``."""
    kind = type(cell)
    if kind is str:
        plain = str(cell.translate(_PLAIN))
        return " ".join(plain.split()) if BLANK in plain else plain
    if kind is float:
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if kind is bool:
        return "TRUE" if cell else "FALSE"
    if kind is datetime:
        return str(cell.date()) if cell.time() == datetime.min.time() else f"{cell:%Y-%m-%d %H:%M}"
    return "" if cell is None else str(cell)


def figures(cell: Cell) -> str:
    """The cell as text for what is made of figures: full-width signs are narrow too."""
    return text(cell).translate(_SIGNS)


def words(longest: int) -> Reader:
    """Free words of at most so many characters."""

    def read(cell: Cell) -> str:
        found = text(cell)
        if len(found) > longest:
            raise Unreadable(_too_long(found, longest))
        return found

    return read


def name(longest: int = 40) -> Reader:
    """A name, in the one form of names (罗　春 is 罗春)."""

    def read(cell: Cell) -> str:
        found = clean_name(text(cell))
        if len(found) > longest:
            raise Unreadable(_too_long(found, longest))
        return found

    return read


def _too_long(found: str, longest: int) -> str:
    message = _("That is too long: at most %(limit_value)d characters, now %(show_value)d.")
    return message % {"limit_value": longest, "show_value": len(found)}


def mobile(cell: Cell) -> str:
    """A mobile number, or none: 138-0000-0000, +86 138…, 13800000000.0 are all read."""
    if type(cell) is float and cell.is_integer():
        digits = str(int(cell))
    else:
        digits = cell if type(cell) is str else text(cell)
    if _MOBILE.match(digits) or not digits:
        return digits
    return _mobile_of(figures(cell))


def _mobile_of(found: str) -> str:
    if not found or found in _SAID_NONE:
        return ""
    if _ROUNDED.fullmatch(found):
        raise Unreadable(
            _("“%(cell)s” was shortened by Excel. Format the column as text and type it again.")
            % {"cell": found}
        )
    digits = re.sub(r"[\s\-()]", "", found.removesuffix(".0"))
    digits = re.sub(r"^(\+86|0086|86(?=1\d{10}$))", "", digits)
    if _MOBILE.match(digits):
        return digits
    if len(re.findall(r"1[3-9]\d{9}", digits)) > 1:
        raise Unreadable(_("There are several numbers. Keep one."))
    raise Unreadable(_("A mobile number has 11 digits and begins with 1."))


def number(fewest: int, most: int) -> Reader:
    """A whole number between two bounds; 4, ４, 4.0 and 4人 are the same. None if empty."""

    def read(cell: Cell) -> int | None:
        if type(cell) is float and cell.is_integer():
            found = int(cell)
        elif cell == "":
            return None
        else:
            said = figures(cell).replace(BLANK, "")
            if not said:
                return None
            match = _NUMBER.match(said)
            if match is None or len(said) > 12:
                raise Unreadable(_("Please give a whole number."))
            found = int(match[1])
        if found < fewest:
            raise Unreadable(_("It must be at least %(limit_value)s.") % {"limit_value": fewest})
        if found > most:
            raise Unreadable(_("It can be at most %(limit_value)s.") % {"limit_value": most})
        return found

    return read


def numbers(fewest: int, most: int) -> Reader:
    """Whole numbers between two bounds, set apart by 、 or the like."""
    one = number(fewest, most)

    def read(cell: Cell) -> tuple[int, ...]:
        if isinstance(cell, int | float):
            return (one(cell),)
        return tuple(one(part) for part in _PARTS.split(text(cell)) if part)

    return read


def day(cell: Cell) -> date | None:
    """A day: a date cell, 2023.5.1, 2023年5月1日, 2023/5/1, 20230501, or a serial number."""
    kind = type(cell)
    if kind is date:
        return cell  # type: ignore[no-any-return]
    if kind is datetime:
        return cell.date()  # type: ignore[no-any-return]
    said = figures(cell).replace(BLANK, "") if kind is not str else figures(cell).strip()
    said = re.sub(r"\s*([.\-/年月日])\s*", r"\1", said)
    if not said or said in _SAID_NONE:
        return None
    if _SERIAL.match(said):
        return SERIAL_ZERO + timedelta(days=int(float(said)))
    match = _DAY.match(said) or _EIGHT.match(said)
    if match is None:
        if _MONTH.match(said):
            raise Unreadable(_("The day is missing: write it as 2023-05-24."))
        raise Unreadable(_("Please give a date, such as 2026-05-24."))
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        raise Unreadable(_("There is no such day: %(cell)s.") % {"cell": said}) from None


def choice(words_of: Mapping[str, Sequence[str]]) -> Reader:
    """One of a few values, each with the words that mean it; "" if empty.

    The first word of each is the one that the template offers.
    """
    known = {_key(word): str(value) for value, words in words_of.items() for word in words}
    offered = "、".join(words[0] for words in words_of.values())

    def read(cell: Cell) -> str:
        said = _key(text(cell))
        if not said:
            return ""
        if said not in known:
            raise Unreadable(_("It is one of: %(words)s.") % {"words": offered})
        return known[said]

    return read


def several(words_of: Mapping[str, Sequence[str]]) -> Reader:
    """Any of a few values, set apart by 、 or the like, in the order of the table."""
    one = choice(words_of)
    order = [str(value) for value in words_of]

    def read(cell: Cell) -> tuple[str, ...]:
        found = {one(part) for part in _PARTS.split(text(cell)) if part}
        return tuple(value for value in order if value in found)

    return read


def _key(said: str) -> str:
    return said.replace(BLANK, "").lower()
