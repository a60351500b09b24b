"""The auditor's page: searching the journal. Verifying it is a job (``genxu.jobs``)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from . import rules
from .access import Actor, under
from .declared import declared
from .lists import DaysForm, ListPage
from .models import JournalEntry, Seal
from .names_of_journal import Names, act_of, entries_with
from .sheets.writing import Out

Entries = QuerySet[JournalEntry]


class JournalForm(DaysForm):
    """What an auditor searches the journal by."""

    day_of = "at"
    field_order = ("words", "place", "since", "until")
    apart = ("words", "action", "who", "what")
    words = forms.CharField(
        label=_("What was done, where, by which office"), required=False, max_length=30
    )
    place = forms.RegexField(
        r"^[0-9]+\Z", label=_("Place code"), required=False, max_length=15,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )  # fmt: skip
    action = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    who = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    what = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean_place(self) -> str:
        """The code of a place, or one that it had: what was entered under that stays there."""
        code = _short(self.cleaned_data["place"])
        if code and not any(is_place(code) for is_place in declared("former", "is_place")):
            raise forms.ValidationError(_("There is no place with this code."))
        return code

    def by_place(self, rows: Entries, code: str) -> Entries:
        """What was entered there, under the codes that it had before too."""
        here = Q(under(code, "place"))
        for codes_before in declared("former", "codes_before"):
            here |= Q(place__in=codes_before([code]))
        return rows.filter(here)

    def by_words(self, rows: Entries, words: str) -> Entries:
        return rows.filter(entries_with(words))

    def by_action(self, rows: Entries, name: str) -> Entries:
        return rows.filter(action__startswith=name)

    def by_who(self, rows: Entries, who: str) -> Entries:
        return rows.filter(actor=who if ":" in who else f"account:{who}")

    def by_what(self, rows: Entries, number: str) -> Entries:
        return rows.filter(subject_id=number)


def _short(code: str) -> str:
    """A place code without the zeros that only fill it up to its twelve digits."""
    if len(code) != 12:
        return code
    return next(code[:n] for n in (2, 4, 6, 9, 12) if not code[n:].strip("0"))


class JournalList(ListPage[JournalForm, JournalEntry]):
    """The journal of the places in the auditor's charge, the newest first."""

    permission = rules.read_journal
    form = JournalForm
    template = "core/journal.html"
    title = _("Journal")
    address = "journal"
    size = 50

    def rows(self, actor: Actor) -> Entries:
        return JournalEntry.objects.visible_to(actor).order_by("-pk")

    def put_on(self, rows: Sequence[JournalEntry], form: JournalForm) -> None:
        names = Names()
        names.learn(rows)
        for entry in rows:
            entry.who, entry.where = names.who(entry), names.where(entry)  # type: ignore[attr-defined]

    def columns_for(self, form: JournalForm) -> "Sequence[Out[JournalEntry]]":
        names = Names()
        return [
            Out(_("Row"), "pk", 10),
            Out(_("At"), "at", 18),
            Out(_("Who"), names.who, 28),
            Out(_("Action"), lambda entry: str(act_of(entry.action)), 28),
            Out(_("Place"), names.where, 16),
            Out(_("Place code"), "place", 16),
            Out(_("Record"), lambda entry: f"{entry.subject_type} {entry.subject_id}", 28),
            Out(_("Detail"), lambda entry: _told(entry.detail), 40),
        ]

    def context(self, form: JournalForm, fragment: bool) -> dict[str, Any]:
        return {"last_seal": Seal.objects.order_by("-pk").first()}


def _told(detail: dict[str, Any]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in detail.items())


journal = JournalList()
