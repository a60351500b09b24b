"""Numbers with at most two digits behind the point, kept as whole hundredths: shares and mu."""

import re
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from genxu.core.promises import StrOrPromise
from genxu.core.sheets.values import Cell, Reader, Unreadable, figures

from .shares import shown

_NUMBER = re.compile(r"(\d{1,9})(?:\.(\d+))?(万)?(?:股|份|亩)?\Z", re.ASCII)


def hundredths_of(said: Any) -> int:
    """So many hundredths: 2.5, ２.５, 1,000, 1.2万, 3亩. ``Unreadable`` says what is wrong."""
    typed = unicodedata.normalize("NFKC", figures(said)).replace(" ", "").replace(",", "")
    found = _NUMBER.match(typed)
    if found is None:
        raise Unreadable(_("Please give a number, such as 2.5."))
    whole, parts, ten_thousand = found.groups()
    exact = Decimal(f"{whole}.{parts or 0}") * 100 * (10_000 if ten_thousand else 1)
    if exact != exact.to_integral_value():
        raise Unreadable(_("At most two digits after the point."))
    return int(exact)


def hundredths(least: int = 1) -> Reader:
    """The same from a cell; None if it is empty."""

    def read(cell: Cell) -> int | None:
        if not figures(cell).strip():
            return None
        found = hundredths_of(cell)
        if found < least:
            raise Unreadable(_("A share of nothing is none."))
        return found

    return read


class HundredthsField(forms.CharField):
    """The same in a form."""

    def __init__(self, label: StrOrPromise, **more: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal"})
        super().__init__(label=label, max_length=16, widget=widget, **more)

    def prepare_value(self, value: Any) -> Any:
        return shown(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return hundredths_of(typed)
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error
