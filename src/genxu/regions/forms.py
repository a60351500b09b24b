"""The field by which a list is narrowed down to a place."""

from typing import Any

from django import forms

from .codes import code_in


class PlaceField(forms.CharField):
    """A place code in the address of a list; what is none is left out."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: Any) -> str:
        return code_in(super().to_python(value) or "")
