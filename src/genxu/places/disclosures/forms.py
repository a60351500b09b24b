"""Forms of open accounts."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core.forms import ActionForm, words_field
from genxu.core.steps import StepForm
from genxu.places.ledger.models import Book, BookKind
from genxu.regions.lists import ListForm, choice_box, words_box

from . import queries
from .actions import ASKED_LIMIT
from .models import Disclosure
from .workflow import IN_WORK


class BooksForm(ListForm):
    """Which books, by how they were shown."""

    looks_in = ("name", "place__name")
    field_order = ("words", "place", "group", "kind")
    words = words_box(_("Name of the book"))
    group = choice_box(
        _("How it stands"),
        [("late", _("Late")), ("due", _("Over and not shown yet")),
         ("in_work", _("Being worked on"))],
    )  # fmt: skip
    kind = choice_box(_("Whose money"), BookKind.choices)

    def by_group(self, rows: QuerySet[Any], group: str) -> QuerySet[Any]:
        if group == "in_work":
            return rows.filter(last_state__in=IN_WORK)
        return queries.told_before(rows, past_due=group == "late")


class SignForm(StepForm[Disclosure]):
    """She says that she is no relative; a remark if she has one."""

    no_relative = forms.BooleanField(
        label=_("I am no relative of the board, of the secretary or of the bookkeeper."),
        required=False,
        help_text=_("If you are, another supervisor signs. Nothing of it is kept."),
    )
    words = words_field(_("A remark, if you have one. Everybody reads it."), required=False)


class WhyForm(StepForm[Disclosure]):
    """What a newer one changes."""

    words = words_field(_("What was wrong? Everybody reads it."))


class PaceForm(StepForm[Book]):
    """How often a book is shown."""

    monthly = forms.TypedChoiceField(
        label=_("How often?"), widget=forms.RadioSelect, coerce=lambda value: value == "yes",
        choices=[("yes", _("each month")), ("no", _("each quarter"))],
    )  # fmt: skip


class AskForm(ActionForm):
    """One question on a line."""

    words = words_field(_("What would you like to know?"), limit=ASKED_LIMIT)
