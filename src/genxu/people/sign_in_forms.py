"""What is typed to sign in by a code."""

import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

from genxu.core.forms import PlainForm

from .adapter import PhoneField


class AskForm(PlainForm):
    """The number that a code shall go to."""

    phone = PhoneField()


class CodeForm(PlainForm):
    """The code as it stands in the message; spaces and full-width digits are forgiven."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean_code(self) -> str:
        return "".join(unicodedata.normalize("NFKC", self.cleaned_data["code"]).split())
