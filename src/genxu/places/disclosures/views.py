"""The list of books and how they are shown; the sheet for the wall."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.errors import Conflict
from genxu.core.pages import ActorRequest, page
from genxu.core.sheets.writing import Out
from genxu.places.ledger.models import Book
from genxu.regions.lists import PlacedList

from . import documents, forms, queries, rules
from .models import Disclosure
from .workflow import State

COLUMNS: list[Out[Any]] = [
    Out(_("Place code"), "place_id", 18),
    Out(_("Village"), lambda one: one.place.parent if one.place.is_hamlet else one.place, 16),
    Out(_("Hamlet"), lambda one: one.place if one.place.is_hamlet else "", 16),
    Out(_("Whose money"), "get_kind_display", 14),
    Out(_("Name of the book"), "name", 24),
    Out(_("Shown until"), "told_until", 14),
    Out(_("Next"), lambda one: queries.turn_on(one).days, 18),
    Out(_("Due on"), lambda one: queries.turn_on(one).due_on, 14),
    Out(_("Late"), lambda one: queries.turn_on(one).is_late, 8),
]


class BookShownList(PlacedList[forms.BooksForm, Book]):
    """The books of one's places in the order of the places, never who is last."""

    permission = rules.see_disclosures
    form = forms.BooksForm
    template = "disclosures/list.html"
    title = _("Open accounts")
    address = "disclosures"
    columns = COLUMNS

    def rows(self, actor: Actor) -> QuerySet[Any]:
        return queries.book_list(actor)

    def put_on(self, rows: Any, form: forms.BooksForm) -> None:
        super().put_on(rows, form)
        for row in rows:
            row.turn = queries.turn_on(row)
            row.last_told = State(row.last_state).label if row.last_state else ""
            row.last_badge = Disclosure.BADGES.get(row.last_state, "is-waiting")


disclosures = BookShownList()


@page(rules.print_disclosure)
def disclosure_wall(request: ActorRequest, pk: int) -> HttpResponseBase:
    """The sheet for the wall as PDF, A4 or A3."""
    one = Disclosure.objects.one_for(request.actor, pk)
    rules.print_disclosure.require(request.actor, disclosure=one)
    if not one.is_shown:
        messages.warning(request, str(_("Show it to all first: then the sheet bears its day.")))
        return redirect("disclosure", pk)
    address = request.build_absolute_uri(reverse("public_disclosure", args=[pk]))
    lines = list(queries.lines_of(one))
    try:
        paper = "a3" if request.GET.get("paper") == "a3" else "a4"
        sheet = documents.sheet_of(one, lines, queries.remark_of(one), address, paper)
        content = documents.wall(sheet)
    except Conflict as error:
        messages.warning(request, str(error.message))
        return redirect("disclosure", pk)
    response = FileResponse(BytesIO(content), content_type="application/pdf")
    name = f"账目公开 {one.place} {one.since:%Y-%m-%d}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or ""
    return response
