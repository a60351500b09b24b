"""What everybody opens: the accounts of a place, one of them, its lines as a file; asking."""

import csv
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from genxu.core.errors import Missing
from genxu.core.forms import posted
from genxu.core.keyring import HolderRequest, add_code, path_of, private
from genxu.core.money import exact_yuan
from genxu.core.pages import ActorRequest, page, slice_of
from genxu.core.rules import open_public
from genxu.people.models import Household
from genxu.people.own_access import held_links, kept_of, of_household, own_path
from genxu.people.rules import open_own_page
from genxu.regions.queries import place_on_path

from . import actions, queries, telling
from .forms import AskForm
from .models import Disclosure, Told

BOM = "\ufeff"
"""So that spreadsheet programs read it as UTF-8."""


@page(open_public)
def public_accounts(request: ActorRequest, code: str) -> HttpResponse:
    """All that was shown of a place and of its village; what is late is told as well."""
    *path, place = place_on_path(code)
    context = {
        "place": place, "path": path, "books": queries.accounts_at(place.code),
        "page": slice_of(request, queries.shown_at(place)),
        "township": telling.township_of(place),
    }  # fmt: skip
    return render(request, "disclosures/accounts.html", context)


@page(open_public)
def public_disclosure(request: ActorRequest, pk: int) -> HttpResponse:
    """The open accounts of some days: the sums in plain words, then line by line."""
    one = queries.public_one(pk)
    *path, place = place_on_path(one.place_id)
    context = {
        "disclosure": one, "place": place, "path": path, **telling.told(request, one),
        **queries.beside(one), "township": telling.township_of(one.place),
    }  # fmt: skip
    return render(request, "disclosures/public.html", context)


@page(open_public)
def disclosure_lines(request: ActorRequest, pk: int) -> HttpResponse:
    """All its lines as CSV, without the name of any person: anybody adds them up anew."""
    one = queries.public_one(pk)
    response = HttpResponse("".join(_written(one)), content_type="text/csv; charset=utf-8")
    name = f"账目 {one.place} {one.since:%Y-%m-%d}.csv"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


class _Echo:
    def write(self, text: str) -> str:
        return text


def _written(one: Disclosure) -> Iterator[str]:
    write = partial(csv.writer(_Echo()).writerow)
    yield BOM
    yield write([_("No."), _("Day"), _("What it was"), _("In, yuan"), _("Out, yuan"),
                 _("Other, yuan"), _("Who"), _("Decided at"), _("Number of the slip"),
                 _("Of days before")])  # fmt: skip
    yield write(["", one.since, _("There was"), exact_yuan(one.stood), "", "", "", "", "", ""])
    for line in queries.lines_of(one).iterator(2000):
        yield write([plain_cell(value) for value in _cells(line)])
    yield write(["", one.until, _("There is"), exact_yuan(one.closing), "", "", "", "", "", ""])


def _cells(line: Told) -> list[Any]:
    decided, net = telling.decided_by(line), line.net
    return [
        line.position, line.entry.day, line.text, exact_yuan(net) if net > 0 else "",
        exact_yuan(-net) if net < 0 else "", "" if net else exact_yuan(line.entry.amount),
        _("a villager") if line.is_person else line.who, decided.title if decided else "",
        line.paper, _("yes") if line.earlier else "",
    ]  # fmt: skip


def plain_cell(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula stays a text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value


# --- asking --------------------------------------------------------------------------------------


@page(open_public, "GET", "POST")
def ask_about_line(request: ActorRequest, pk: int) -> HttpResponse:
    """I have a question on this line: a browser that holds a slip of the place goes on to the form;
    any other is told what it takes, and may type the code here."""
    line = queries.public_line(pk)
    place = line.disclosure.place
    links = [kept_of(link.household) for link in held_links(request)]
    ours = [one for one in links if one.hamlet_id.startswith(place.code)]
    code = request.POST.get("code", "").strip()
    context: dict[str, Any] = {
        "line": line, "place": place, "code": code, "other": bool(links and not ours),
        "township": telling.township_of(place),
    }  # fmt: skip
    status = 200
    if code:
        try:
            path_of(request, code)
            return private(add_code(request, redirect("ask_about_line", pk), code))
        except Missing as error:
            status, context["error"] = error.status, error.message
    elif ours:
        return private(redirect("own_ask_line", ours[0].pk, pk))
    return private(render(request, "disclosures/ask_how.html", context, status=status))


@page(open_own_page, "GET", "POST")
@of_household
def own_ask_line(request: HolderRequest, household: Household, line: int) -> HttpResponse:
    """Her question: what she would like to know about this line."""
    found = queries.public_line(line)
    asked = queries.questions_of(household).filter(entry=found.entry_id).first()
    form = AskForm(posted(request))
    if form.is_bound and form.is_valid():
        given = {"household": household, "line": found, **form.values()}
        if form.take(actions.ask_line, actor=request.holder, **given) is not None:
            return redirect("own_ask_line", household.pk, line)
    context = {
        "household": household, "line": found, "form": form, "asked": asked,
        "own": own_path(household), "limit": actions.ASKED_LIMIT,
    }  # fmt: skip
    return render(request, "disclosures/ask.html", context, status=form.status)
