"""The question whose a number is, in every form that may lead to an account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genxu.core.errors import Invalid
from genxu.core.forms import ActionForm

from .numbers import NumberIs


class WhoseNumberForm(ActionForm):
    """``number_is`` is there only once it was asked: at the end, what was typed stands above it."""

    number_is = forms.ChoiceField(
        label=_("Whose number is it?"),
        choices=NumberIs.choices,
        required=False,
        widget=forms.HiddenInput,
        help_text=_("If it is somebody else's now, the account that had it keeps its office and "
                    "cannot sign in until it is given another number."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.data.get(self.add_prefix("number_is")):
            self._ask_whose()

    def refuse(self, error: Invalid) -> None:
        if "number_is" in error.fields:
            self._ask_whose()
        super().refuse(error)

    def _ask_whose(self) -> None:
        field = self.fields.pop("number_is")
        assert isinstance(field, forms.ChoiceField)
        field.widget = forms.RadioSelect(choices=NumberIs.choices)
        self.fields["number_is"] = field
