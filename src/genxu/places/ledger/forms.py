"""The forms of the books: in words for whoever keeps a few slips, in debit and credit besides."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.days import wrong_day
from genxu.core.errors import Invalid
from genxu.core.forms import ActionForm, PlainForm, day_field
from genxu.core.lists import DaysForm
from genxu.core.money import YuanField
from genxu.core.photo_fields import PhotosField
from genxu.core.steps import StepForm
from genxu.organisation.assemblies.models import Motion
from genxu.regions.lists import ListForm, choice_box, words_box

from . import chart
from .bank_actions import BankRow
from .deciding import motions_for
from .models import (
    NAME_LIMIT,
    PAPER_LIMIT,
    REASON_LIMIT,
    TEXT_LIMIT,
    BankLine,
    Book,
    BookKind,
    Entry,
)
from .posting import Leg
from .sheets_in import bank_rows

IN, OUT = "in", "out"
SOURCES = ("501", "503", "504", "502", "112", "211", "113", "241", "301")
USES = ("513", "514", "511", "515", "401", "153", "151", "121", "211", "213", "212", "112", "113")
"""What money mostly comes from and goes to; everything else is an entry in debit and credit."""
SHEETS = {"accept": ".xlsx,.xls,.xlsm,.csv,.et,.ods"}


def _labels(codes: Iterable[str]) -> list[tuple[str, str]]:
    return [(code, chart.accounts()[code].label) for code in codes]


def account_field(label: Any, **more: Any) -> forms.ChoiceField:
    """Any account of the chart."""
    field = forms.ChoiceField(label=label, **more)
    field.choices = lambda: [("", "—"), *_labels(chart.accounts())]  # in the language spoken
    return field


class OpenForm(ActionForm):
    kind = forms.ChoiceField(
        label=_("Whose money is it?"), choices=BookKind.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("What the book is called"), max_length=NAME_LIMIT)
    opened_on = day_field(
        _("Its first day"), help_text=_("The first of a month. What stood before comes in after.")
    )


class _WithSlip(StepForm[Book]):
    """What bears an entry out: who got or gave it, what decided it, the paper."""

    who = forms.CharField(
        label=_("Who got it, or gave it"), max_length=NAME_LIMIT, required=False
    )  # fmt: skip
    is_person = forms.BooleanField(
        label=_("That is a person"), required=False, initial=True,
        help_text=_("The name stands in the book, and on no public page. Take the tick off for a "
                    "company, a shop or an office."),
    )  # fmt: skip
    motion = forms.ModelChoiceField(
        label=_("Which decision is it by?"), queryset=Motion.objects.none(), required=False,
        empty_label=_("None was needed"),
    )  # fmt: skip
    paper = forms.CharField(label=_("Number of the slip"), max_length=PAPER_LIMIT, required=False)
    photos = PhotosField(label=_("A picture of it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = motions_for(self.row.place)
        self.offer("motion", Motion.objects.filter(pk__in=[one.pk for one in found]))


class MoneyForm(_WithSlip):
    """Money that came in or went out: the book knows debit and credit by itself."""

    way = forms.ChoiceField(
        label=_("What happened?"), choices=[(IN, _("Money came in")), (OUT, _("Money went out"))],
        widget=forms.RadioSelect, initial=IN,
    )  # fmt: skip
    amount = YuanField(label=_("How much (yuan)"))
    text = forms.CharField(
        label=_("In one sentence"), max_length=TEXT_LIMIT,
        help_text=_("As you would say it to a villager: paid for mending the basketball court."),
    )  # fmt: skip
    day = day_field(_("When"), initial=clock.today)
    account = forms.ChoiceField(label=_("What it was for"))
    money = forms.ChoiceField(label=_("Where the money is"), initial=chart.BANK)
    field_order = ("way", "amount", "text", "day", "account", "money", "who", "is_person")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            (str(_("Came in for")), _labels(SOURCES)),
            (str(_("Went out for")), _labels(USES)),
        ]
        self.offer("account", offered)
        self.offer("money", _labels(chart.MONEY))

    def values(self) -> dict[str, Any]:
        data = super().values()
        came, fen = data.pop("way") == IN, data.pop("amount")
        money, other = data.pop("money"), data.pop("account")
        debit, credit = (money, other) if came else (other, money)
        return {**data, "legs": [Leg(debit, debit=fen), Leg(credit, credit=fen)]}


class LegForm(PlainForm):
    account = account_field(_("Ledger account"))
    debit = YuanField(label=_("Debit"), required=False)
    credit = YuanField(label=_("Credit"), required=False)

    def leg(self) -> Leg:
        data = self.cleaned_data
        return Leg(data["account"], data["debit"] or 0, data["credit"] or 0)

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        sides = [self.cleaned_data.get(name) for name in ("debit", "credit")]
        if self.has_changed() and not self.errors and (sides[0] is None) == (sides[1] is None):
            self.add_error("debit", _("A line is either debit or credit, and more than nothing."))
        return data


def leg_set(data: Any, extra: int = 2) -> "BaseFormSet[LegForm]":
    made = formset_factory(LegForm, extra=extra, max_num=60, absolute_max=80)
    return made(data, prefix="legs")


class EntryForm(_WithSlip):
    """An entry in debit and credit."""

    text = forms.CharField(label=_("In one sentence"), max_length=TEXT_LIMIT)
    day = day_field(_("When"), initial=clock.today)
    field_order = ("text", "day", "who", "is_person")

    def values(self) -> dict[str, Any]:
        return {**super().values(), "legs": [row.leg() for row in self.written("legs")]}


class OpeningForm(StepForm[Book]):
    """What stood when the book began, typed or from a spreadsheet, to be looked at before it is
    kept."""

    file = forms.FileField(
        label=_("Fill it in from a spreadsheet"), required=False, widget=forms.FileInput(SHEETS),
        help_text=_("With columns 科目编号, 借方余额 and 贷方余额. It is shown before it is kept."),
    )  # fmt: skip

    def values(self) -> dict[str, Any]:
        return {"legs": [row.leg() for row in self.written("legs")]}


class BankForm(StepForm[Book]):
    """``values`` reads the file: what is wrong with it stands at its field."""

    file = forms.FileField(
        label=_("The bank's list"), widget=forms.FileInput(SHEETS),
        help_text=_("As the bank gives it: with the day, what came in and what went out."),
    )  # fmt: skip

    def clean_file(self) -> list[BankRow]:
        try:
            return bank_rows(self.cleaned_data["file"])
        except Invalid as error:
            raise forms.ValidationError(str(error.message)) from None

    def values(self) -> dict[str, Any]:
        rows = self.cleaned_data["file"]
        return {"rows": rows, "count": len(rows)}


class CloseMonthForm(StepForm[Book]):
    month = forms.DateField(widget=forms.HiddenInput)


class CloseYearForm(StepForm[Book]):
    year = forms.IntegerField(widget=forms.HiddenInput)


class ReverseForm(StepForm[Entry]):
    reason = forms.CharField(label=_("What was wrong with it?"), max_length=REASON_LIMIT)
    day = day_field(
        _("On which day it is taken back"), initial=clock.today,
        help_text=_("A day of an open month: shut ones stay as they are."),
    )  # fmt: skip


class BookLineForm(StepForm[BankLine]):
    account = account_field(_("What it was for"))
    text = forms.CharField(label=_("In one sentence"), max_length=TEXT_LIMIT)
    is_person = forms.BooleanField(label=_("That is a person"), required=False, initial=True)

    def start_values(self) -> dict[str, Any]:
        return {"text": self.row.text}


class LeaveLineForm(StepForm[BankLine]):
    reason = forms.CharField(label=_("The reason"), max_length=REASON_LIMIT)


class BooksForm(ListForm):
    looks_in = ("name",)
    words = words_box(_("Name of the book"))
    kind = choice_box(_("Whose money"), BookKind.choices)


class EntriesForm(DaysForm, ListForm):
    """How the entries are narrowed down."""

    day_of = "day"
    looks_in = ("text", "who")
    apart = ("words", "place", "book")
    words = words_box(_("Words, or who got it"))
    book = forms.CharField(required=False, widget=forms.HiddenInput, max_length=18)
    account = choice_box(_("Ledger account"), [])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("account", [("", _("All")), *_labels(chart.accounts())])

    def clean_book(self) -> str:
        given = str(self.cleaned_data["book"])
        if given and not (given.isascii() and given.isdecimal()):
            raise forms.ValidationError(_("There is no such book, or it is not in your charge."))
        return given

    def by_account(self, rows: QuerySet[Entry], code: str) -> QuerySet[Entry]:
        return rows.filter(pk__in=Entry.objects.filter(lines__account=code).values("pk"))


class SpanForm(PlainForm):
    """From which day to which."""

    since = day_field(_("Since"), required=False)
    until = day_field(_("Until"), required=False)

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        for name, day in (("since", since), ("until", until)):
            for field, said in wrong_day(name, day).items():
                self.add_error(field, said)
        if since and until and until < since:
            self.add_error("until", _("That is before the first day."))
        return data
