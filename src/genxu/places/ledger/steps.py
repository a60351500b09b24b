"""What may be done with a book, an entry, a line of the bank: each act is a page with its form."""

from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.cuts import First
from genxu.core.errors import Conflict, Invalid
from genxu.core.forms import ONE_MORE, posted
from genxu.core.money import yuan
from genxu.core.pages import ActorRequest
from genxu.core.sections import sections_of
from genxu.core.steps import StepForm, StepPage, StepPages

from . import actions, bank_actions, chart, forms, posting, queries, rules, sheets_in
from .models import BankLine, Book, Entry

WITH_LEGS = ("post", "opening")


def check_kept(book: Book) -> None:
    if book.ended:
        raise Conflict(book.ended)


def check_opening(book: Book) -> None:
    check_kept(book)
    if book.entries.filter(kind=Entry.Kind.OPENING, reversed_by=None).exists():
        raise Conflict(_("The opening balances stand already. Take them back first."))
    if book.is_shut(book.opened_on):
        raise Conflict(_("The first month is shut."))


def check_month(book: Book) -> None:
    check_kept(book)
    if posting.month_end(actions.next_to_close(book)) >= clock.today():
        raise Conflict(_("All months that are over are shut."))


def check_year(book: Book) -> None:
    check_kept(book)
    if not actions.year_to_close(book):
        raise Conflict(_("No year is over that is still to be closed."))


class BookPages(StepPages[Book]):
    """A book and all that is written in it."""

    name, listed, model, sees = "book", "books", Book, rules.see_books
    shown, template = "ledger/book.html", "ledger/step.html"

    def facts(self, request: ActorRequest, row: Book) -> dict[str, Any]:
        today = clock.today()
        stands = queries.sums_until(row, today, chart.MONEY)
        month = queries.sums_between(row, today.replace(day=1), today, chart.MONEY)
        cash, bank = ((stands.get(code, (0, 0))) for code in chart.MONEY)
        entries = queries.entry_list(request.actor).filter(book=row)
        return {
            "cash": cash[0] - cash[1], "bank": bank[0] - bank[1],
            "came": sum(debit for debit, _credit in month.values()),
            "went": sum(credit for _debit, credit in month.values()),
            "entries": list(entries[:10]), "today": today,
            "waiting": First.of(queries.bank_lines_waiting(request.actor, row), 10),
            "next_month": None if row.closed_on else actions.next_to_close(row),
            "parts": sections_of("book", row),
        }  # fmt: skip

    def form(self, request: ActorRequest, step: StepPage[Book], row: Book, **more: Any) -> Any:
        data, refused = self._filled_in(request, step)
        sent = request.FILES if data is not None else None
        form = step.form(data, sent, row=row, actor=request.actor, **more)
        if step.name not in WITH_LEGS:
            return self._start(step, form, row)
        if refused:
            form.is_valid()
            form.refuse(refused)
        return form.with_rows(forms.leg_set(data, 6 if step.name == "opening" else 2))

    def _start(self, step: StepPage[Book], form: Any, row: Book) -> Any:
        if step.name == "close_month":
            form.initial.setdefault("month", actions.next_to_close(row))
        elif step.name == "close_year":
            form.initial.setdefault("year", actions.year_to_close(row))
        return form

    def _filled_in(
        self, request: ActorRequest, step: StepPage[Book]
    ) -> "tuple[QueryDict | None, Invalid | None]":
        """What was sent; where a spreadsheet came with it, its lines, to be looked at first."""
        data = posted(request)
        upload = request.FILES.get("file")
        if data is None or upload is None or step.name != "opening":
            return data, None
        try:
            lines = sheets_in.opening_lines(upload)
        except Invalid as error:
            return data, error
        data = data.copy()
        data[ONE_MORE], data["legs-TOTAL_FORMS"] = "legs", str(len(lines) + 1)
        data["legs-INITIAL_FORMS"] = "0"
        for n, line in enumerate(lines):
            data[f"legs-{n}-account"] = line["account"]
            for side in ("debit", "credit"):
                data[f"legs-{n}-{side}"] = yuan(line[side]) if line.get(side) else ""
        return data, None

    def template_of(self, step: StepPage[Book]) -> str:
        return "ledger/entry_form.html" if step.name in WITH_LEGS else self.template

    def context(self, request: ActorRequest, step: StepPage[Book], row: Book) -> dict[str, Any]:
        """What is shut, by its name, and what stands on it."""
        if step.name == "close_month":
            month = actions.next_to_close(row)
            span = date_format(month, "YEAR_MONTH_FORMAT")
            standings = queries.turnovers(row, month, posting.month_end(month))
            return {"told": gettext("Shut %s") % span, "span": span, "standings": standings}
        if step.name == "close_year" and (year := actions.year_to_close(row)):
            first, last = date(year, 1, 1), date(year, 12, 31)
            standings = [one for one in queries.turnovers(row, first, last)
                         if one.after and one.account.kind in ("income", "expense")]  # fmt: skip
            told = gettext("Close the year %(year)s") % {"year": year}
            span = gettext("The year %(year)s") % {"year": year}
            return {"told": told, "span": span, "standings": standings}
        return {}

    def done(self, request: ActorRequest, step: StepPage[Book], row: Book, after: Any) -> Any:
        return super().done(request, step, row, row)


class EntryPages(StepPages[Entry]):
    name, listed, model, sees = "voucher", "vouchers", Entry, rules.see_books
    shown, template = "ledger/entry.html", "ledger/step.html"

    def facts(self, request: ActorRequest, row: Entry) -> dict[str, Any]:
        return {"lines": queries.lines_of(row), "papers": list(row.papers.order_by("pk"))}


class BankPages(StepPages[BankLine]):
    name, listed, model, sees = "bank_line", "books", BankLine, rules.book_bank_line
    shown, template = "ledger/bank_line.html", "ledger/step.html"

    def done(
        self, request: ActorRequest, step: StepPage[BankLine], row: BankLine, after: Any
    ) -> Any:
        return BOOKS.done(request, step, row.book, row.book)  # type: ignore[arg-type]


def check_back(entry: Entry) -> None:
    if entry.kind == Entry.Kind.REVERSAL or entry.is_taken_back:
        raise Conflict(_("This entry was taken back already."))
    if entry.origin:
        raise Conflict(_("This was booked elsewhere, and is taken back there."))
    check_kept(entry.book)


BOOKS = BookPages(
    StepPage(
        "money", actions.post_entry, forms.MoneyForm, label=_("Note what came in or went out"),
        said=_("Booked."), check=check_kept, primary=False,
    ),
    StepPage(
        "post", actions.post_entry, forms.EntryForm, label=_("An entry in debit and credit"),
        said=_("Booked."), check=check_kept,
    ),
    StepPage(
        "bank", bank_actions.take_bank_lines, forms.BankForm, label=_("Take in the bank's list"),
        said=_("Taken in. What was known already is not there twice."), check=check_kept,
    ),
    StepPage(
        "opening", actions.note_opening, forms.OpeningForm, label=_("Opening balances"),
        said=_("The book begins with them."), check=check_opening,
    ),
    StepPage(
        "close_year", actions.close_year, forms.CloseYearForm, label=_("Close the year"),
        explained=_("Income and expenses of the year are summed up; what is left stands ready to "
                    "be distributed."),
        said=_("The year is closed."), check=check_year,
    ),
    StepPage(
        "close_month", actions.close_month, forms.CloseMonthForm, label=_("Shut the month"),
        explained=_("Nothing is written in it any more. A mistake is taken back in an open month, "
                    "with its reason."),
        said=_("The month is shut."), check=check_month, dangerous=True,
    ),
    StepPage(
        "close", actions.close_book, StepForm, label=_("Close the book"),
        explained=_("It is kept, and written in no more. Nothing may stand on its accounts."),
        said=_("The book is closed."), check=check_kept, dangerous=True,
    ),
)  # fmt: skip
ENTRIES = EntryPages(
    StepPage(
        "reverse", actions.reverse_entry, forms.ReverseForm, label=_("Take the entry back"),
        explained=_("It stays, and another entry beside it takes it back, with the reason."),
        said=_("Taken back. The right one can be booked now."), check=check_back, primary=False,
    ),
)  # fmt: skip
BANK_LINES = BankPages(
    StepPage(
        "book", bank_actions.book_bank_line, forms.BookLineForm, label=_("Book it"),
        said=_("Booked."), check=bank_actions.check_waits,
    ),
    StepPage(
        "leave", bank_actions.leave_bank_line, forms.LeaveLineForm, label=_("Leave it out"),
        said=_("Left out, with the reason."), check=bank_actions.check_waits,
    ),
)  # fmt: skip
