"""Lists: a form that narrows rows down, a page of them, all of them as a spreadsheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, Model, QuerySet
from django.forms import ChoiceField
from django.forms.utils import flatatt
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .access import Actor, Permission
from .calendar import morning
from .errors import Invalid
from .forms import PlainForm, day_field
from .pages import ROWS, ActorRequest, is_fragment, page, query_without_page, slice_of
from .promises import StrOrPromise
from .sheets.writing import Out, sheet_response

M = TypeVar("M", bound=Model)
F = TypeVar("F", bound="NarrowingForm")
LISTS: "dict[str, ListPage[Any, Any]]" = {}
"""What each list is called, by the name of its address."""


@dataclass(frozen=True)
class Choice:
    """One choice as a list draws it, by hand: a widget of the library renders a template for each
    option. Without ``options`` it is typed in."""

    name: str
    label: Any
    value: Any
    options: Any
    attrs: str = ""
    error: str = ""


class NarrowingForm(PlainForm):
    """How a list is narrowed down. A value that means nothing is told at its field, and nothing is
    shown until it is put right: neither everything nor an empty list that says nothing.

    A method ``by_<field>(rows, value)`` gives the rows of a value; without one they are those whose
    field of that name has it.
    """

    apart: Sequence[str] = ()
    """The fields that stand elsewhere than among the choices."""

    def __init__(self, data: Any, *, actor: Actor) -> None:
        super().__init__(data)
        self.actor = actor

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """What was chosen of each field: its ``initial`` where the address does not speak of it,
        and empty where nothing was, or nothing that makes sense."""
        self.is_valid()
        given = {
            name: self.cleaned_data.get(name) if name in self.data else field.initial
            for name, field in self.fields.items()
        }
        return {name: value or "" for name, value in given.items()}

    def narrowed(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """The rows that fit all that was chosen; none if a part of it means nothing."""
        if self.errors:
            return rows.none()
        for name, value in self.chosen.items():
            if value:
                by = getattr(self, f"by_{name}", None)
                rows = by(rows, value) if by else rows.filter(**{name: value})
        return rows

    def require_sense(self) -> None:
        """``Invalid`` if a part of what was chosen means nothing: no spreadsheet is made of it."""
        if self.errors:
            raise Invalid({name: " ".join(map(str, said)) for name, said in self.errors.items()})

    @property
    def told(self) -> list[str]:
        """What means nothing, each with the name of its field."""
        return [
            f"{self.fields[name].label or _('Place')}: {sentence}"
            for name, said in self.errors.items()
            for sentence in said
        ]

    @cached_property
    def choices(self) -> list[Choice]:
        """The fields that are drawn as choices."""
        return [self._choice(name) for name in self.fields if name not in self.apart]

    def _choice(self, name: str) -> Choice:
        field, value = self.fields[name], self.chosen[name]
        error = " ".join(map(str, self.errors.get(name, ())))
        if isinstance(field, ChoiceField):
            return Choice(name, field.label, value, field.choices, error=error)
        attrs = {**field.widget.attrs, "type": field.widget.input_type}
        return Choice(name, field.label, self.data.get(name, ""), None, flatatt(attrs), error)


class DaysForm(NarrowingForm):
    """A list that is narrowed down to days: ``day_of`` is the field that they are days of."""

    day_of: str
    since = day_field(_("Since"), required=False)
    until = day_field(_("Until"), required=False)

    def clean_until(self) -> "date | None":
        since, until = self.cleaned_data.get("since"), self.cleaned_data["until"]
        if since and until and until < since:
            raise ValidationError(_("That is before the first day."))
        return cast("date | None", until)

    def by_since(self, rows: "QuerySet[Any]", day: date) -> "QuerySet[Any]":
        return rows.filter(**{f"{self.day_of}__gte": self._begin(rows, day)})

    def by_until(self, rows: "QuerySet[Any]", day: date) -> "QuerySet[Any]":
        return rows.filter(**{f"{self.day_of}__lt": self._begin(rows, day, 1)})

    def _begin(self, rows: "QuerySet[Any]", day: date, after: int = 0) -> date:
        """Where a day begins in the field: the day, or its first moment; or that of a later one."""
        moment = morning(day, after)
        field = rows.model._meta.get_field(self.day_of)
        return moment if isinstance(field, DateTimeField) else moment.date()


class ListPage(Generic[F, M]):
    """A list: ``page`` is its view, whole or only the rows for htmx, ``sheet`` its spreadsheet.

    ``address`` names the first, ``title`` is what both are called. There is a sheet if there are
    ``columns``; one that names residents is logged in the journal as ``noted_as``, at the place
    that ``noted_at`` gives.
    Templates extend ``list.html``; ``renews_head`` says whether its head goes with the rows alone.
    """

    permission: Permission
    form: type[F]
    template: str
    title: StrOrPromise
    address: str
    size = ROWS
    renews_head = True
    sheet_permission: Permission | None = None
    sheet_address = ""
    columns: "Sequence[Out[Any]]" = ()
    noted_as = ""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.columns or cls.columns_for is not ListPage.columns_for:
            cls.sheet_address = f"export_{cls.address}"

    def __init__(self) -> None:
        LISTS[self.address] = self
        self.page = page(self.permission)(self._page)
        self.sheet = page(self.sheet_permission or self.permission)(self._sheet)

    def urls(self, prefix: str) -> list[URLPattern]:
        """Its address, and below it that of its spreadsheet."""
        found = [path(prefix, self.page, name=self.address)]
        if self.sheet_address:
            found.append(path(f"{prefix}export/", self.sheet, name=self.sheet_address))
        return found

    def rows(self, actor: Actor) -> "QuerySet[M]":
        """All that the actor may see, from ``visible_to(actor)`` on, in its order."""
        raise NotImplementedError

    def asked(self, request: ActorRequest) -> F:
        """The form as the address fills it in."""
        return self.form(request.GET, actor=request.actor)

    def found(self, form: F) -> "QuerySet[Any]":
        """The rows of the page."""
        return form.narrowed(self.rows(form.actor))

    def count_of(self, form: F) -> int | None:
        """How many rows there are, where that is known without counting them."""
        return None

    def put_on(self, rows: Sequence[Any], form: F) -> None:
        """Put on the rows of one page what is shown of them beside their own fields."""

    def context(self, form: F, fragment: bool) -> dict[str, Any]:
        """What the template is told beside the rows."""
        return {}

    def columns_for(self, form: F) -> "Sequence[Out[Any]]":
        return self.columns

    def sheet_title(self, form: F) -> str:
        return str(self.title)

    def sheet_rows(self, form: F) -> "QuerySet[Any]":
        return self.found(form)

    def noted_at(self, form: F) -> Model | None:
        return None

    def _page(self, request: ActorRequest) -> HttpResponse:
        form, fragment = self.asked(request), is_fragment(request)
        rows = slice_of(request, self.found(form), self.size, self.count_of(form))
        self.put_on(list(rows.object_list), form)
        query = query_without_page(request)
        context = {
            "layout": "fragment.html" if fragment else "base.html",
            "fragment": fragment,
            "shows_head": self.renews_head or not fragment,
            "title": self.title,
            "form": form,
            "chosen": form.chosen,
            "page": rows,
            "query": query,
            "narrowed": bool(query),
            "address": self.address,
            "sheet_address": self.sheet_address,
            **self.context(form, fragment),
        }
        return render(request, self.template, context, status=form.status)

    def _sheet(self, request: ActorRequest) -> HttpResponseBase:
        form = self.asked(request)
        form.require_sense()
        return sheet_response(
            request,
            self.sheet_title(form),
            self.columns_for(form),
            self.sheet_rows(form),
            noted_as=self.noted_as,
            place=self.noted_at(form) if self.noted_as else None,
        )
