"""How a list of hours is narrowed down."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core.lists import DaysForm
from genxu.core.sounding import sought
from genxu.regions.lists import ListForm, words_box
from genxu.regions.queries import called

from .workflow import Proof


class HoursForm(ListForm, DaysForm):
    """By who it was, how it stands, and when."""

    day_of = "day"
    words = words_box(_("Name of a volunteer or a hamlet"), 40)
    state = forms.ChoiceField(
        label=_("How it stands"), required=False, choices=[("", _("All")), *Proof.choices]
    )
    field_order = ("words", "place", "state", "since", "until")

    def by_words(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        return rows.filter(Q(sought("volunteer__name", words)) | called(words, "hamlet__name"))

    def by_state(self, rows: QuerySet[Any], state: str) -> QuerySet[Any]:
        return rows.filter(state=state)
