"""The pages of the books: the list, entries, accounts, balances, files that go out."""

import tempfile
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.errors import Invalid, Missing
from genxu.core.pages import ActorRequest, page, query_without_page, slice_of
from genxu.core.sheets.writing import XLSX, Out
from genxu.regions.begun import NewPage
from genxu.regions.codes import Level
from genxu.regions.lists import PlacedList
from genxu.regions.models import Region

from . import actions, chart, exports, forms, queries, rules
from .models import Book, BookKind, Entry

LINES = 50
"""So many lines of an account stand on a page."""


class OpenBook(NewPage):
    """At a village or a hamlet."""

    def hamlets_of(self, actor: Actor) -> list[Region]:
        held = actor.places(self.action.permission.roles)
        rows = Region.objects.filter(code__in=held, level__in=(Level.VILLAGE, Level.HAMLET))
        return list(rows.order_by("code"))

    def start(self, request: ActorRequest, hamlet: Region) -> dict[str, Any]:
        kind = BookKind.FUND if hamlet.is_hamlet else BookKind.COMMITTEE
        first = clock.today().replace(day=1)
        return {"kind": kind, "name": f"{hamlet}{kind.label}", "opened_on": first}


open_book = OpenBook(
    "open_book", "book", "books", actions.open_book, forms.OpenForm,
    gettext_lazy("Open a book"), gettext_lazy("The book is open."),
    gettext_lazy("The committee, the collective and a hamlet's running fund keep separate books."),
)  # fmt: skip


class BookList(PlacedList[forms.BooksForm, Book]):
    permission = rules.see_books
    form = forms.BooksForm
    template = "ledger/list.html"
    title = gettext_lazy("Accounts")
    address = "books"
    begins = open_book
    columns: Sequence[Out[Book]] = (
        Out(gettext_lazy("Place code"), "place_id", 18),
        Out(gettext_lazy("Place"), "place", 16),
        Out(gettext_lazy("Book"), "name", 30),
        Out(gettext_lazy("Whose money"), lambda book: book.get_kind_display(), 14),
        Out(gettext_lazy("Its first day"), "opened_on", 12),
        Out(gettext_lazy("Shut until"), "closed_until", 12),
    )

    def rows(self, actor: Actor) -> QuerySet[Book]:
        return queries.book_list(actor)

    def put_on(self, rows: Sequence[Any], form: forms.BooksForm) -> None:
        super().put_on(rows, form)
        queries.put_money_on(rows, clock.today())

    def context(self, form: forms.BooksForm, fragment: bool) -> dict[str, Any]:
        found = super().context(form, fragment)
        at = form.at
        if at and rules.open_book(form.actor, hamlet=at):
            found["hamlets"] = [at]
        return found


class EntryList(PlacedList[forms.EntriesForm, Entry]):
    permission = rules.see_books
    form = forms.EntriesForm
    template = "ledger/entries.html"
    title = gettext_lazy("Entries")
    address = "vouchers"

    def rows(self, actor: Actor) -> QuerySet[Entry]:
        return queries.entry_list(actor)

    def put_on(self, rows: Sequence[Any], form: forms.EntriesForm) -> None:
        """Each says the name of its book."""

    def context(self, form: forms.EntriesForm, fragment: bool) -> dict[str, Any]:
        book = form.chosen["book"]
        found = Book.objects.visible_to(form.actor).filter(pk=book or 0).first()
        return {**super().context(form, fragment), "book": found}


books, entries = BookList(), EntryList()


def _span(request: ActorRequest) -> tuple[forms.SpanForm, date, date]:
    """From which day to which: of this year up to today, if nothing else is asked."""
    form, today = forms.SpanForm(request.GET or None), clock.today()
    asked = form.cleaned_data if form.is_valid() else {}
    since = asked.get("since") or today.replace(month=1, day=1)
    return form, since, max(asked.get("until") or today, since)


@page(rules.see_books)
def balances(request: ActorRequest, pk: int) -> HttpResponse:
    """What stood, moved and stands on each account (科目余额表)."""
    book = Book.objects.one_for(request.actor, pk)
    form, since, until = _span(request)
    standings = queries.turnovers(book, since, until)
    context = {
        "book": book, "form": form, "since": since, "until": until, "standings": standings,
        "debit": sum(one.debit for one in standings),
        "credit": sum(one.credit for one in standings),
    }  # fmt: skip
    return render(request, "ledger/balances.html", context, status=form.status)


@page(rules.see_books)
def account(request: ActorRequest, pk: int, account: str) -> HttpResponse:
    """The lines on one account, with what stands after each (明细账)."""
    book = Book.objects.one_for(request.actor, pk)
    if account not in chart.accounts():
        raise Missing(_("There is no account %s.") % account)
    form, since, until = _span(request)
    of = chart.accounts()[account]
    before = queries.balance_of(book, account, date.fromordinal(since.toordinal() - 1))
    lines = slice_of(request, queries.account_lines(book, account, since, until), LINES)
    for line in lines:
        line.left = before + of.balance(line.moved, 0)  # type: ignore[attr-defined]
    context = {
        "book": book, "account": of, "form": form, "since": since, "until": until,
        "page": lines, "before": before, "query": query_without_page(request),
    }  # fmt: skip
    return render(request, "ledger/account.html", context, status=form.status)


@page(rules.see_books)
def export_book(request: ActorRequest, pk: int, kind: str) -> HttpResponseBase:
    """The book as a file: ``xlsx``, ``csv`` or ``beancount``."""
    book = Book.objects.one_for(request.actor, pk)
    form, since, until = _span(request)
    if form.errors:
        raise Invalid({name: " ".join(map(str, said)) for name, said in form.errors.items()})
    name = f"{book.name} {until:%Y-%m-%d}.{kind}"
    if kind == "xlsx":
        file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it
        exports.write_tables(file, book, since, until)
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    if kind == "csv":
        text, said = exports.as_csv(book, since, until), "text/csv"
    elif kind == "beancount":
        text, said = exports.as_beancount(book, until), "text/plain"
    else:
        raise Missing(_("There is no such file."))
    response = HttpResponse(text, content_type=f"{said}; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


@page(rules.see_books)
def entry_paper(request: ActorRequest, pk: int) -> HttpResponseBase:
    """A picture of a slip."""
    found = queries.visible_paper(request.actor, pk)
    try:
        picture = found.file.open()
    except FileNotFoundError as error:
        raise Missing(_("There is no such picture.")) from error
    return FileResponse(picture, content_type="image/jpeg")
