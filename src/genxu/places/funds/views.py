"""The pages of the funds: lists, a hamlet's fund, where something begins, receipts, the limit."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.errors import Conflict, Missing
from genxu.core.forms import posted
from genxu.core.keyring import held_marks, led_to, private
from genxu.core.money import exact_yuan
from genxu.core.pages import ActorRequest, page
from genxu.core.sheets.writing import Out
from genxu.people.own_access import FINDER
from genxu.people.roles import KEEPERS
from genxu.places.ledger import chart
from genxu.places.ledger.models import Book, BookKind
from genxu.places.ledger.rules import open_book
from genxu.regions.begun import NewPage
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.columns import place_columns
from genxu.regions.lists import PlacedList
from genxu.regions.models import Region
from genxu.regions.queries import place_in_charge

from . import actions, budget_actions, documents, forms, queries, rules, spending_actions
from .limits import limit_at, township_of
from .models import Contribution, Spending

SPENDING_COLUMNS: list[Out[Spending]] = [
    *place_columns(),
    Out(_("What the money is for"), "what", 30),
    Out(_("What kind of spending"), lambda one: one.get_purpose_display(), 14),
    Out(_("Asked for (yuan)"), lambda one: exact_yuan(one.amount), 14),
    Out(_("Asked for on"), "asked_on", 12),
    Out(_("To whom"), "payee", 16),
    Out(_("Stands at"), lambda one: one.get_state_display(), 14),
    Out(_("Decided on"), "decided_on", 12),
    Out(_("Paid (yuan)"), lambda one: exact_yuan(one.paid) if one.paid else None, 14),
    Out(_("Paid out on"), "paid_on", 12),
]


def contribution_columns(actor: Actor) -> list[Out[Contribution]]:
    """Givers as this reader is told of them."""
    return [
        *place_columns(),
        Out(_("Receipt no."), "number", 12),
        Out(_("Where from"), lambda one: one.get_source_display(), 16),
        Out(_("Giver"), lambda one: str(one.giver_for(actor)), 16),
        Out(_("Sum (yuan)"), lambda one: exact_yuan(one.amount) if one.amount else None, 14),
        Out(_("Things given"), "goods", 20),
        Out(_("Came on"), "day", 12),
        Out(_("Noted on"), "noted_on", 12),
        Out(_("Stands at"), lambda one: one.get_state_display(), 14),
    ]


# --- where something begins ----------------------------------------------------------------------


class NoteContribution(NewPage):
    """What was struck out (``?instead=``) is noted anew from what it said."""

    def _struck(self, request: ActorRequest, hamlet: Region) -> Contribution | None:
        key = request.GET.get("instead", "")
        rows = Contribution.objects.visible_to(request.actor).filter(hamlet=hamlet, state="struck")
        found: Contribution | None = None
        if key.isdecimal() and len(key) < 19:
            found = rows.filter(pk=int(key), anew=None).first()
        return found

    def start(self, request: ActorRequest, hamlet: Region) -> dict[str, Any]:
        struck = self._struck(request, hamlet)
        names = ("source", "amount", "goods", "purse", "day", "named", "motion", "paper", "giver")
        if struck is None:
            return {}
        kind = {"kind": forms.kind_of(is_person=struck.is_person)} if struck.giver else {}
        return {name: getattr(struck, name) for name in names} | kind

    def made_form(self, request: ActorRequest, hamlet: Region) -> forms.ContributionForm:
        form: forms.ContributionForm = super().made_form(request, hamlet)
        form.instead = self._struck(request, hamlet)
        return form.at(hamlet, picks=request.actor.holds(KEEPERS, hamlet.code))

    def context(self, form: forms.ContributionForm, hamlet: Region) -> dict[str, Any]:
        offered = form.households if form.picks else []
        return {"households": offered, "instead": form.instead}


class AskSpending(NewPage):
    def made_form(self, request: ActorRequest, hamlet: Region) -> forms.AskForm:
        form: forms.AskForm = super().made_form(request, hamlet)
        return form.at(hamlet)

    def context(self, form: forms.AskForm, hamlet: Region) -> dict[str, Any]:
        return {"households": form.households, "limit": limit_at(hamlet.code)}


note_contribution = NoteContribution(
    "note_contribution", "contribution", "contributions", actions.note_contribution,
    forms.ContributionForm, _("Note what came in"), _("Noted, and booked. Print the receipt."),
    template="funds/begin.html",
)  # fmt: skip
ask_spending = AskSpending(
    "ask_spending", "spending", "spendings", spending_actions.ask_spending, forms.AskForm,
    _("Ask for spending"), _("Noted. Now it is decided."), template="funds/begin.html",
)  # fmt: skip
plan_budget = NewPage(
    "plan_budget", "budget", "funds", budget_actions.plan_budget, forms.PlanForm,
    _("Plan the year"), _("The year is planned."),
    _("How much is to go where, in yuan. What is left empty is nothing."),
)  # fmt: skip


# --- lists ---------------------------------------------------------------------------------------


class FundList(PlacedList[forms.FundsForm, Book]):
    """What each hamlet's fund holds, and how much of it waits."""

    permission = rules.see_funds
    form = forms.FundsForm
    template = "funds/funds.html"
    title = _("Running funds")
    address = "funds"
    goes_down = True
    columns = (
        *place_columns("place"),
        Out(_("There now (yuan)"), lambda one: exact_yuan(one.money), 16),
        Out(_("Asks that wait"), "open", 12),
    )

    def rows(self, actor: Actor) -> QuerySet[Book]:
        return queries.fund_list(actor)

    def context(self, form: forms.FundsForm, fragment: bool) -> dict[str, Any]:
        found = super().context(form, fragment)
        at = form.at.code if form.at else ""
        own = form.actor.places([*rules.set_limit.roles])
        shown = [code for code in own if len(code) == LENGTHS[Level.TOWNSHIP]]
        opens = form.at if form.at and form.at.is_hamlet else None
        may = opens and open_book(form.actor, hamlet=opens)
        limits = shown[:1] if not at or at in shown else []
        return {**found, "limits": limits, "opens": opens if may else None}


class ContributionList(PlacedList[forms.ContributionsForm, Contribution]):
    permission = rules.see_funds
    form = forms.ContributionsForm
    template = "funds/contributions.html"
    title = _("What came into the funds")
    address = "contributions"
    begins = note_contribution
    noted_as = rules.see_contribution.name

    def rows(self, actor: Actor) -> QuerySet[Contribution]:
        return queries.contribution_list(actor)

    def columns_for(self, form: forms.ContributionsForm) -> list[Out[Contribution]]:
        return contribution_columns(form.actor)

    def put_on(self, rows: Any, form: forms.ContributionsForm) -> None:
        super().put_on(rows, form)
        for one in rows:
            one.told = one.giver_for(form.actor)


class SpendingList(PlacedList[forms.SpendingsForm, Spending]):
    permission = rules.see_funds
    form = forms.SpendingsForm
    template = "funds/spendings.html"
    title = _("Asked of the funds")
    address = "spendings"
    begins = ask_spending
    columns = SPENDING_COLUMNS
    noted_as = rules.see_spending.name

    def rows(self, actor: Actor) -> QuerySet[Spending]:
        return queries.spending_list(actor)


funds, contributions, spendings = FundList(), ContributionList(), SpendingList()


# --- a fund --------------------------------------------------------------------------------------


@page(rules.see_fund)
def fund(request: ActorRequest, pk: int) -> HttpResponse:
    """What is there now, what came from where, what is planned, what waits."""
    book = Book.objects.one_for(request.actor, pk)
    rules.see_fund.require(request.actor, book=book)
    if book.kind != BookKind.FUND:
        raise Missing(Book.missing)
    year = clock.today().year
    latest = queries.latest_at(book)
    for one in latest:
        one.told = one.giver_for(request.actor)  # type: ignore[attr-defined]
    context = {
        "book": book, "hamlet": book.place, "lines": queries.lines_of(book, year),
        "bank": queries.money_on(book, chart.BANK), "cash": queries.money_on(book, chart.CASH),
        "waiting": queries.waiting_at(book), "latest": latest,
        "paid": queries.paid_at(book), "limit": limit_at(book.place_id),
        "notes": request.actor.holds(rules.NOTERS, book.place_id) and not book.closed_on,
        "asks": request.actor.holds(rules.ASKERS, book.place_id) and not book.closed_on,
    }  # fmt: skip
    return render(request, "funds/fund.html", context)


@page(actions.print_contribution.permission, "POST")
def contribution_paper(request: ActorRequest, pk: int) -> HttpResponse:
    """The receipt as PDF, with the sum in capitals and the code of its page."""
    one = Contribution.objects.one_for(request.actor, pk)
    actions.print_contribution.permission.require(request.actor, contribution=one)
    try:
        actions.print_contribution(actor=request.actor, contribution=one)
        one = Contribution.objects.one_for(request.actor, pk)
        content = documents.print_receipt(documents.paper_of(one), request.build_absolute_uri("/"))
    except Conflict as error:
        messages.warning(request, str(error.message))
        return redirect("contribution", pk)
    response = HttpResponse(content, content_type="application/pdf")
    name = content_disposition_header(False, f"收据 {one.number}.pdf")
    response.headers["Content-Disposition"] = name or ""
    return private(response)


@page(rules.open_gift)
def gift(request: ActorRequest, pk: int) -> HttpResponse:
    """What its receipt opens: that it is booked, whether it stands, what was paid since."""
    rows = Contribution.objects.filter(pk=pk, code_mark__in=held_marks(request))
    one = rows.select_related("hamlet__parent", "entry").first()
    if one is None:
        return led_to(FINDER.address, "again")
    context = {"row": one, "paid": queries.used_since(one)}
    return private(render(request, "funds/gift.html", context))


@page(rules.set_limit, "GET", "POST")
def set_limit(request: ActorRequest, code: str) -> HttpResponse:
    """From which sum on the meeting decides and the township reviews."""
    township = place_in_charge(request.actor, rules.set_limit.roles, code)
    rules.set_limit.require(request.actor, township=township)
    form = forms.LimitForm(posted(request), initial={"amount": limit_at(township_of(code))})
    if form.is_bound and form.is_valid():
        given = {"actor": request.actor, "township": township, **form.values()}
        if form.take(budget_actions.set_limit, **given):
            messages.success(request, str(_("It holds from today on.")))
            return redirect(reverse("funds"))
    context = {"form": form, "township": township, "limits": queries.limits_of(code)}
    return render(request, "funds/limit.html", context, status=form.status)
