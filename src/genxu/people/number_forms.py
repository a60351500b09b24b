"""The question whose a number is, in every form that may lead to an account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genxu.core.errors import Invalid
from genxu.core.forms import KEY, ActionForm

from .numbers import Asked, NumberIs, answer_on


class WhoseNumberForm(ActionForm):
    """``number_is`` is seen only once it was asked: at the end, what was typed stands above it. Its
    answer names the account of which it was asked, so that it is none about another number."""

    number_is = forms.CharField(
        label=_("Whose number is it?"),
        required=False,
        widget=forms.HiddenInput,
        help_text=_("If it is somebody else's now, the account that had it keeps its office and "
                    "cannot sign in until it is given another number."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _is, _dash, account = str(self["number_is"].value() or "").partition("-")
        if KEY.fullmatch(account):
            self._ask_of(int(account))

    def refuse(self, error: Invalid) -> None:
        if isinstance(error, Asked):
            self._ask_of(error.account)
        super().refuse(error)

    def _ask_of(self, account: int) -> None:
        field = self.fields.pop("number_is")
        answers = [(answer_on(account, number_is), number_is.label) for number_is in NumberIs]
        field.widget, field.required = forms.RadioSelect(choices=answers), True
        self.fields["number_is"] = field
