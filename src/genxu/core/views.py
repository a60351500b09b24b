"""The auditor's page: searching the journal. Verifying it is a job (``genxu.jobs``)."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from . import rules
from .access import Actor, under
from .declared import declared
from .lists import DaysForm, ListPage
from .models import JournalEntry, Seal

Entries = QuerySet[JournalEntry]


class JournalForm(DaysForm):
    """What an auditor searches the journal by."""

    day_of = "at"
    field_order = ("place", "action", "who", "what", "since", "until")

    place = forms.RegexField(
        r"^[0-9]+\Z", label=_("Place code"), required=False, max_length=15,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )  # fmt: skip
    action = forms.CharField(
        label=_("Action"), required=False, max_length=64,
        widget=forms.TextInput({"placeholder": "matters."}),
    )  # fmt: skip
    who = forms.CharField(label=_("Account number"), required=False, max_length=64)
    what = forms.CharField(label=_("Record number"), required=False, max_length=40)

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

    def context(self, form: JournalForm, fragment: bool) -> dict[str, Any]:
        return {"last_seal": Seal.objects.order_by("-pk").first()}


journal = JournalList()
