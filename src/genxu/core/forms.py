"""Forms whose refusals read as a person would say them."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar, cast
from uuid import uuid4

from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db.models import Model, QuerySet
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from .actions import Action
from .errors import Conflict, Invalid, SavedAlready
from .promises import StrOrPromise
from .unsent import NotSentYet

P = ParamSpec("P")
R = TypeVar("R", bound=Model)
KEY = re.compile(r"[0-9]{1,18}")
ONE_MORE = "one_more"
"""What the button sends that asks for one more row where no script adds it: the formset's name."""
BLANK = "---------"
"""What Django offers where nothing is chosen yet."""
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


class PlainForm(forms.Form):
    """A form with our own sentences for the usual mistakes."""

    conflicting = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _speak(field)

    def full_clean(self) -> None:
        """Fields that were added later speak as the others do."""
        for field in self.fields.values():
            _speak(field)
        super().full_clean()

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows it."""
        if not self.errors:
            return 200
        return Conflict.status if self.conflicting else Invalid.status

    def offer(self, name: str, offered: Iterable[Any]) -> None:
        """Let a field be chosen from these: rows as a queryset, or (value, label)s. Where nothing
        has a label of its own among them, that is a choice like any other: the field is no less
        filled in by it."""
        field = cast("Any", self.fields[name])
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = cast("QuerySet[Any]", offered)
        else:
            field.choices = choices = list(offered)
            field.plain = any(value == "" for value, _label in choices)

    @contextmanager
    def taking_refusals(self) -> Iterator[None]:
        """What is refused in it stands at the fields: look at ``errors`` afterwards."""
        try:
            yield
        except Invalid as error:
            self.refuse(error)
        except Conflict as error:
            self.conflict(error)

    def conflict(self, error: Conflict) -> None:
        """Say what came in between."""
        self.conflicting = True
        self.add_error(None, str(error.message))

    def refuse(self, error: Invalid) -> None:
        """Put the sentences of a refusal at their fields."""
        for name, text in error.fields.items():
            self.add_error(name if name in self.fields else None, str(text))


class ShownVersion(forms.IntegerField):
    """The version that the page had shown; none, or what is no number, is that of no row: then
    the person looks at what is there and sends again."""

    NONE = -1

    def clean(self, value: Any) -> int:
        try:
            found = super().clean(value)
        except forms.ValidationError:
            found = None
        return self.NONE if found is None else int(found)


class ActionForm(PlainForm):
    """A form whose sending is one action: it bears an id of its own, so that it happens once, and
    the version of the row that the person had before her eyes, so that she is told if somebody
    was quicker. ``row`` is what the action changes, if it changes one.

    Several rows may be written beside it: a formset ``name`` whose refusals the action names
    ``name-N-field``, N counting the rows that were written.
    """

    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = ShownVersion(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, row: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        self.sets: dict[str, Any] = {}
        self.initial.setdefault("client_id", uuid4())
        version = getattr(row, "version", None)
        if version is None:
            del self.fields["version"]
        else:
            self.initial.setdefault("version", version)

    def with_rows(self, rows: Any) -> Self:
        """Beside it the rows of a formset, known by its prefix."""
        self.sets[rows.prefix] = rows
        return self

    def _unjudge(self) -> None:
        """Shown again as it was sent, before anybody says what is wrong with it."""
        for rows in self.sets.values():
            rows._errors, rows._non_form_errors = [], ErrorList()
        for one in (self, *(row for rows in self.sets.values() for row in rows.forms)):
            one._errors = ErrorDict()

    def written(self, name: str) -> list[Any]:
        """The rows of a formset that somebody filled in."""
        return [one for one in self.sets[name] if one.has_changed()]

    @property
    def wants_more(self) -> bool:
        """Whether it was sent for one more row only: nobody has said yet that it is finished."""
        return self.is_bound and ONE_MORE in self.data

    def is_valid(self) -> bool:
        """Whether all can be taken; each part says what is wrong with it."""
        if self.wants_more:
            self._unjudge()
            return False
        return all([super().is_valid(), *(one.is_valid() for one in self.sets.values())])

    @property
    def status(self) -> int:
        if self.is_bound and any(not one.is_valid() for one in self.sets.values()):
            return Invalid.status
        return super().status

    def values(self) -> dict[str, Any]:
        """What the action takes: all that was filled in."""
        data = self.cleaned_data
        return {name: data[name] for name in data if name not in ("client_id", "version")}

    def take(self, action: Action[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R | None:
        """Run the action once with what was sent; None if it was refused: the form says why."""
        sent = self.cleaned_data
        try:
            return action.once(sent["client_id"], sent.get("version"), *args, **kwargs)
        except NotSentYet:
            pass  # the page says so
        except Invalid as error:
            self.refuse(error)
        except Conflict as error:
            self.conflict(error)
            if not isinstance(error, SavedAlready):
                self._rest_on_what_is_there()
        return None

    def refuse(self, error: Invalid) -> None:
        for name, text in error.fields.items():
            part, _dash, rest = name.partition("-")
            number, _dash, field = rest.partition("-")
            rows = self.written(part) if part in self.sets and number.isdecimal() else []
            if len(rows) > int(number or 0) and field in rows[int(number)].fields:
                rows[int(number)].add_error(field, str(text))
            else:
                self.add_error(name if name in self.fields else None, str(text))

    def _rest_on_what_is_there(self) -> None:
        """Keep what was typed; sent again it is another submission, on the row as it is now."""
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix("client_id")] = str(uuid4())
        if "version" in self.fields:
            self.row.refresh_from_db()
            data[self.add_prefix("version")] = str(self.row.version)
        self.data = data


def _speak(field: forms.Field) -> None:
    """Give a field our sentences, once."""
    if field.error_messages.keys() >= SENTENCES.keys():
        return
    field.error_messages |= SENTENCES
    if isinstance(field, forms.ModelChoiceField) and field.empty_label == BLANK:
        field.empty_label = _("Please choose one")
    field.widget.attrs.pop("maxlength", None)  # it would cut a long text without a word
    if isinstance(field, forms.IntegerField):
        _bound(field)
        field.error_messages["invalid"] = _("Please give a whole number.")
    elif isinstance(field, forms.DateField):
        field.error_messages["invalid"] = _("Please give a date, such as 2026-05-24.")


def _bound(field: forms.IntegerField) -> None:
    """A number that no column holds is refused at its field, also where the form sets no limit."""
    if field.max_value is None:
        field.validators = [*field.validators, MaxValueValidator(LARGEST)]
    if field.min_value is None:
        field.validators = [*field.validators, MinValueValidator(-LARGEST)]


def _with_one_more_row(sent: QueryDict) -> QueryDict:
    data = sent.copy()
    total = f"{data[ONE_MORE]}-TOTAL_FORMS"
    rows = str(data.get(total, ""))
    if rows.isdecimal() and len(rows) < 4:
        data[total] = str(int(rows) + 1)
    return data


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, or nothing while the page is only looked at. Where
    one more row was asked for (``parts/one_more.html``), it is there."""
    if request.method != "POST":
        return None
    return _with_one_more_row(request.POST) if ONE_MORE in request.POST else request.POST


def revealed(field: forms.Field, when: str) -> forms.Field:
    """The field, shown only when another one has a value: ``name=value`` (frontend/reveal.ts)."""
    field.reveal_when = when  # type: ignore[attr-defined]
    field.plain = True  # type: ignore[attr-defined]
    return field


class WordsField(forms.CharField):
    """A few sentences, their limit shown while one types."""

    widget = forms.Textarea

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"rows": 3}

    def limit_to(self, limit: int) -> Self:
        self.max_length = limit
        self.validators.append(MaxLengthValidator(limit))
        self.widget.attrs |= {"data-behaviour": "count", "data-limit": limit}
        return self


def words_field(
    label: StrOrPromise,
    limit: int | None = None,
    *,
    required: bool = True,
    help_text: StrOrPromise = "",
) -> WordsField:
    """A field for a few sentences; without a limit the form has to set it, as a step's does."""
    field = WordsField(label=label, required=required, help_text=help_text)
    return field if limit is None else field.limit_to(limit)


def day_field(label: StrOrPromise, **more: Any) -> forms.DateField:
    """A day, picked in the calendar of the browser."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def number_field(label: StrOrPromise, least: int, most: int, **more: Any) -> forms.IntegerField:
    """A whole number, typed on the keys for numbers."""
    widget = forms.NumberInput({"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=least, max_value=most, widget=widget, **more)
