"""Forms whose refusals read as a person would say them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol, cast
from uuid import uuid4

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from .errors import Conflict, Invalid

KEY = re.compile(r"[0-9]{1,18}")
LARGEST = 2**31 - 1
"""The largest number that a column of ours holds for a form."""
SENTENCES = {
    "required": _("This is still missing."),
    "max_length": _("That is too long: at most %(limit_value)d characters, now %(show_value)d."),
    "min_value": _("It must be at least %(limit_value)s."),
    "max_value": _("It can be at most %(limit_value)s."),
    "invalid_choice": _("Please choose one of those offered."),
    "null_characters_not_allowed": _("There is an unreadable character in it."),
}


if TYPE_CHECKING:
    _ManyRows = forms.ModelMultipleChoiceField[Any]
else:
    _ManyRows = forms.ModelMultipleChoiceField


class ManyRowsField(_ManyRows):
    """A choice of several rows; what can be the key of none is no choice."""

    def _check_values(self, value: Any) -> Any:
        for key in value:
            if not KEY.fullmatch(str(key)):
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], "invalid_choice", {"value": key}
                )
        return super()._check_values(value)  # type: ignore[misc]


class Versioned(Protocol):
    """A row that counts its changes."""

    @property
    def version(self) -> int: ...

    def refresh_from_db(self) -> None: ...


class PlainForm(forms.Form):
    """A form with our own sentences for the usual mistakes."""

    conflicting = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages |= SENTENCES
            field.widget.attrs.pop("maxlength", None)  # it would cut a long text without a word
            if isinstance(field, forms.IntegerField):
                _bound(field)
                field.error_messages["invalid"] = _("Please give a whole number.")
            elif isinstance(field, forms.DateField):
                field.error_messages["invalid"] = _("Please give a date, such as 2026-05-24.")

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows it."""
        if not self.errors:
            return 200
        return Conflict.status if self.conflicting else Invalid.status

    @contextmanager
    def taking_refusals(self, row: Versioned | None = None) -> Iterator[None]:
        """What an action run in it refuses stands at the fields: look at ``errors`` afterwards.

        ``row`` is what the action changes: after a conflict it is read again, and a second sending
        rests on what it is now.
        """
        try:
            yield
        except Invalid as error:
            add_errors(self, error)
        except Conflict as error:
            self._add_conflict(error, row)

    def _add_conflict(self, error: Conflict, row: Versioned | None) -> None:
        """Say what came in between and keep what was typed."""
        self.conflicting = True
        self.add_error(None, str(error.message))
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix("client_id")] = str(uuid4())
        if row is not None:
            row.refresh_from_db()
            data[self.add_prefix("version")] = str(row.version)
        self.data = data


def _bound(field: forms.IntegerField) -> None:
    """A number that no column holds is refused at its field, also where the form sets no limit."""
    if field.max_value is None:
        field.validators = [*field.validators, MaxValueValidator(LARGEST)]
    if field.min_value is None:
        field.validators = [*field.validators, MinValueValidator(-LARGEST)]


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, or nothing while the page is only looked at."""
    return request.POST if request.method == "POST" else None


def add_errors(form: forms.Form, error: Invalid) -> None:
    """Put the sentences of a refusal at their fields."""
    for name, text in error.fields.items():
        form.add_error(name if name in form.fields else None, str(text))
