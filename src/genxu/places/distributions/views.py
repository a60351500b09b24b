"""Distributions: the lists, drawing one up, what everybody reads, and its rows without names."""

import csv
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.errors import Missing
from genxu.core.money import exact_yuan
from genxu.core.pages import ActorRequest, page
from genxu.core.rules import open_public
from genxu.core.sheets.writing import Out
from genxu.regions.begun import NewPage
from genxu.regions.columns import place_columns
from genxu.regions.lists import PlacedList

from . import actions, forms, queries, rules
from .explaining import shares_told, way_lines
from .models import Distribution, Portion
from .sheets import COLUMNS

draw_plan = NewPage(
    "draw_distribution", "distribution", "distributions", actions.draw_plan, forms.DrawForm,
    _("Draw up a distribution"), _("Drawn up. Look it over, then open it to all."),
    _("The sums come from the books, the shares from the register: nothing is typed twice."),
)  # fmt: skip


class DistributionList(PlacedList[forms.DistributionsForm, Distribution]):
    """The latest year first."""

    permission = rules.see_distributions
    form = forms.DistributionsForm
    template = "distributions/list.html"
    title = _("Distributions")
    address = "distributions"
    columns = (
        *place_columns("place"),
        Out(_("Collective"), "collective", 24),
        Out(_("Year"), "year", 8),
        Out(_("State"), lambda one: one.get_state_display(), 16),
        Out(_("Income of the year"), lambda one: exact_yuan(one.earned), 16),
        Out(_("Reserve"), lambda one: exact_yuan(one.way.reserve), 16),
        Out(_("Shared out"), lambda one: exact_yuan(one.shared), 16),
    )

    def rows(self, actor: Actor) -> QuerySet[Distribution]:
        return queries.distribution_list(actor)

    def context(self, form: forms.DistributionsForm, fragment: bool) -> dict[str, Any]:
        found = super().context(form, fragment)
        return {**found, "new": draw_plan, "drawn_at": queries.drawn_at(form.actor)}


class PortionList(PlacedList[forms.PortionsForm, Portion]):
    """Each household's part, by name."""

    permission = rules.see_portions
    form = forms.PortionsForm
    template = "distributions/portions.html"
    title = _("Parts of households")
    address = "portions"
    columns = COLUMNS
    noted_as = "distributions.export_portions"

    def rows(self, actor: Actor) -> QuerySet[Portion]:
        return queries.portion_list(actor)

    def put_on(self, rows: Sequence[Any], form: forms.PortionsForm) -> None:
        """Each row names the hamlet of its household by itself."""


distributions = DistributionList()
portions = PortionList()


def _told(pk: int) -> Distribution:
    rows = Distribution.objects.filter(pk=pk).exclude(published_on=None)
    found = rows.select_related("place__parent", "collective", "motion__assembly").first()
    if found is None:
        raise Missing(_("There is no such distribution that is open to all."))
    return found


@page(open_public)
def open_distribution(request: ActorRequest, pk: int) -> HttpResponse:
    """Plan and report for everybody, without a name; one that was withdrawn says so."""
    one = _told(pk)
    context = {
        "one": one, "lines": way_lines(one), "shares": shares_told(one.whole),
        "households": one.portions.count(), "sums": queries.sums_of(one),
    }  # fmt: skip
    return render(request, "distributions/open.html", context)


@page(open_public)
def distribution_csv(request: ActorRequest, pk: int) -> HttpResponse:
    """Running number, shares, sum: with the sum that is shared out anybody computes it again."""
    one = _told(pk)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    name = f"{one.collective} {one.year}.csv"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    rows = csv.writer(response)
    rows.writerow([_("Number on the sheet"), _("Shares"), _("Sum in yuan")])
    listed = one.portions.order_by("position").values_list("position", "quantity", "sum")
    rows.writerows((n, shares_told(q).replace(",", ""), exact_yuan(fen)) for n, q, fen in listed)
    return response
