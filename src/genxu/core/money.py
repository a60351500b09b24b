"""Money: whole fen (分), exact, never a float. 1 yuan (元) is 100 fen.

What a person types is read here, in forms and in cells of spreadsheets alike; what is shown of it
is written here. A sum is shared out to the fen by ``apportion``.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _

from .promises import StrOrPromise
from .sheets.values import Cell, Reader, Unreadable, figures

FEN = 100
MOST = 100_000_000 * FEN - 1
"""No sum of a village reaches a hundred million yuan: one that does was mistyped."""
_SUM = re.compile(
    r"(-?)(\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.(\d*))?(万|亿)?元?(?:整|正)?\Z", re.ASCII
)
_TIMES = {None: 1, "万": 10_000, "亿": 100_000_000}
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def fen_of(said: Any, least: int = 1, most: int = MOST) -> int:
    """The fen of a sum as it was typed: 1234.5, 1,234.50, １２３, 1.2万, ￥12. ``Unreadable`` says
    what is wrong with it: it is no sum, it has parts of a fen, it lies outside ``least`` and
    ``most``."""
    typed = figures(said).replace(" ", "").lstrip("¥￥")
    found = _SUM.match(typed)
    if found is None:
        raise Unreadable(_("Please give a sum in yuan, such as 1234.50."))
    sign, whole, parts, times = found.groups()
    exact = Decimal(f"{sign}{whole.replace(',', '')}.{parts or 0}") * _TIMES[times] * FEN
    if exact != exact.to_integral_value():
        raise Unreadable(_("Nothing is smaller than a fen: at most two digits after the point."))
    fen = int(exact)
    if fen < least:
        message = _("It must be at least %(limit_value)s.")
        raise Unreadable(message % {"limit_value": yuan(least)})
    if fen > most:
        raise Unreadable(_("It can be at most %(limit_value)s.") % {"limit_value": yuan(most)})
    return fen


def yuan(fen: int) -> str:
    """A sum as it stands on a page, in yuan: 1,234.50."""
    whole, rest = divmod(abs(fen), FEN)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02}"


def exact_yuan(fen: int) -> Decimal:
    """The same as a number, for cells of spreadsheets."""
    return Decimal(fen) / FEN


def in_capitals(fen: int) -> str:
    """A sum in the capitals of cheques and receipts (大写): 壹仟零贰元伍角整. None below zero."""
    if fen < 0:
        raise ValueError(f"{fen} fen")
    whole, rest = divmod(fen, FEN)
    jiao, last = divmod(rest, 10)
    said = f"{_whole_in_capitals(whole)}元" if whole or not rest else ""
    if not rest:
        return f"{said}整"
    if jiao:
        said += f"{_CAPITALS[jiao]}角"
    elif whole:
        said += "零"
    return said + (f"{_CAPITALS[last]}分" if last else "整")


def _whole_in_capitals(number: int) -> str:
    if number == 0:
        return _CAPITALS[0]
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    said, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group:
            gap = gap or bool(said and group < 1000)
            said += (
                (_CAPITALS[0] if gap and said else "") + _group_in_capitals(group) + _GROUPS[place]
            )
        gap = group == 0 or (gap and not group)
    return said


def _group_in_capitals(group: int) -> str:
    said, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            said += (_CAPITALS[0] if gap and said else "") + _CAPITALS[digit] + _UNITS[place]
        gap = digit == 0
    return said


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Share ``total`` fen out by weights, to the fen: each gets the whole fen of its part, and
    those that remain go to the largest remainders; of equal ones to the first (the order given is
    the rule of the tie). ``ValueError`` if there is nothing to go by."""
    whole = sum(weights)
    if total < 0 or whole <= 0 or min(weights) < 0:
        raise ValueError(f"{total} fen by {whole}")
    parts = [divmod(total * weight, whole) for weight in weights]
    left = total - sum(fen for fen, _rest in parts)
    shares = [fen for fen, _rest in parts]
    by_remainder = sorted(range(len(parts)), key=lambda n: -parts[n][1])
    for n in islice(by_remainder, left):
        shares[n] += 1
    return shares


class FenField(models.BigIntegerField):  # type: ignore[type-arg]
    """A column that holds whole fen."""


class YuanField(forms.CharField):
    """A sum, typed in yuan as one writes it; its value is whole fen, None if it is left empty."""

    def __init__(self, *, least: int = 1, most: int = MOST, **more: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(**{"max_length": 40, "widget": widget, **more})
        self.least, self.most = least, most

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return fen_of(typed, self.least, self.most)
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from None

    def prepare_value(self, value: Any) -> Any:
        return yuan(value) if isinstance(value, int) else value


def yuan_field(label: StrOrPromise, **more: Any) -> YuanField:
    return YuanField(label=label, **more)


def yuan_cell(least: int = 1, most: int = MOST) -> Reader:
    """A sum in yuan in a cell of a spreadsheet; None if it is empty."""

    def read(cell: Cell) -> int | None:
        if isinstance(cell, float):
            cell = f"{cell:.6f}".rstrip("0").rstrip(".")
        return None if figures(cell).strip() == "" else fen_of(cell, least, most)

    return read
