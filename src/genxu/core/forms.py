"""Forms whose refusals read as a person would say them."""

from typing import Any, cast
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from .errors import Conflict, Invalid

SENTENCES = {
    "required": _("This is still missing."),
    "max_length": _("That is too long: at most %(limit_value)d characters, now %(show_value)d."),
    "min_value": _("It must be at least %(limit_value)s."),
    "max_value": _("It can be at most %(limit_value)s."),
    "invalid_choice": _("Please choose one of those offered."),
    "null_characters_not_allowed": _("There is an unreadable character in it."),
}


class PlainForm(forms.Form):
    """A form with our own sentences for the usual mistakes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages |= SENTENCES
            field.widget.attrs.pop("maxlength", None)  # it would cut a long text without a word
            if isinstance(field, forms.IntegerField):
                field.error_messages["invalid"] = _("Please give a whole number.")
            elif isinstance(field, forms.DateField):
                field.error_messages["invalid"] = _("Please give a date, such as 2026-05-24.")


def add_errors(form: forms.Form, error: Invalid) -> None:
    """Put the sentences of a refusal at their fields."""
    for name, text in error.fields.items():
        form.add_error(name if name in form.fields else None, str(text))


def add_conflict(form: forms.Form, error: Conflict, version: int) -> None:
    """Say what came in between and keep what was typed; a second sending rests on ``version``."""
    form.add_error(None, str(error.message))
    data = cast("QueryDict", form.data).copy()
    data[form.add_prefix("version")] = str(version)
    data[form.add_prefix("client_id")] = str(uuid4())
    form.data = data
