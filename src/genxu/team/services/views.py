"""Catalogue, stewards, whose they are, certifications, errands, and a steward's day."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.forms import posted
from genxu.core.pages import ActorRequest, page
from genxu.core.steps import tap
from genxu.people.models import Household
from genxu.people.roles import KEEPERS
from genxu.regions.begun import NewPage
from genxu.regions.lists import PlacedList
from genxu.regions.models import Region
from genxu.regions.queries import place_in_charge

from . import (
    actions,
    catalogue_actions,
    certification_actions,
    forms,
    posting_actions,
    queries,
    rules,
)
from .models import Certification, Errand, Item, Link, Posting
from .sheets import LINK_COLUMNS, POSTING_COLUMNS

# --- the catalogue -------------------------------------------------------------------------------


class AddItem(NewPage):
    """An item begins in a county or a township."""

    def hamlets_of(self, actor: Actor) -> list[Region]:
        held = actor.places(self.action.permission.roles)
        rows = Region.objects.filter(code__in=held, level__in=rules.LEVELS)
        return list(rows.order_by("code"))


add_item = AddItem(
    "add_item", "item", "items", catalogue_actions.add_item, forms.ItemForm,
    gettext_lazy("Put an item in"), gettext_lazy("It stands in the catalogue."),
)  # fmt: skip


class ItemList(PlacedList[forms.ItemsForm, Item]):
    """What can be done for a resident, where one's places are."""

    permission = rules.see_items
    form = forms.ItemsForm
    template = "services/items.html"
    title = gettext_lazy("What can be done for you")
    address = "items"
    begins = add_item

    def rows(self, actor: Actor) -> QuerySet[Item]:
        return queries.item_list(actor)

    def put_on(self, rows: Sequence[Any], form: forms.ItemsForm) -> None:
        """They lie in counties and townships: each is named as it is."""


items = ItemList()


# --- stewards ------------------------------------------------------------------------------------


class PostSteward(NewPage):
    def context(self, form: Any, hamlet: Region) -> dict[str, Any]:
        return {"units": forms.units_at(hamlet)}


post_steward = PostSteward(
    "post_steward", "posting", "stewards", posting_actions.post_steward, forms.PostForm,
    gettext_lazy("Post a steward"), gettext_lazy("Posted. Now link the households that said yes."),
    template="services/new.html",
)  # fmt: skip


class PostingList(PlacedList[forms.PostingsForm, Posting]):
    """Who serves where, by the order of places."""

    permission = rules.see_stewards
    form = forms.PostingsForm
    template = "services/stewards.html"
    title = gettext_lazy("Stewards")
    address = "stewards"
    columns = POSTING_COLUMNS
    begins = post_steward
    goes_down = True

    def rows(self, actor: Actor) -> QuerySet[Posting]:
        return queries.posting_list(actor)


stewards = PostingList()


class LinkList(PlacedList[forms.LinksForm, Household]):
    """Which household has which steward, and which has none."""

    permission = rules.see_links
    form = forms.LinksForm
    template = "services/links.html"
    title = gettext_lazy("Whose steward")
    address = "steward_links"
    columns = LINK_COLUMNS
    noted_as = "services.export_links"
    goes_down = True

    def rows(self, actor: Actor) -> QuerySet[Household]:
        return queries.household_list(actor)

    def put_on(self, rows: Sequence[Any], form: forms.LinksForm) -> None:
        super().put_on(rows, form)
        found = queries.stewards_of(rows)
        for row in rows:
            row.link_now = found.get(row.pk)

    def sheet_rows(self, form: forms.LinksForm) -> QuerySet[Any]:
        return queries.link_sheet(form.narrowed(self.rows(form.actor)))


links = LinkList()


@page(rules.end_link, "POST")
def end_link(request: ActorRequest, pk: int) -> HttpResponse:
    """The household has told somebody that it wants its steward no more."""
    link = Link.objects.one_for(request.actor, pk)
    rules.end_link.require(request.actor, link=link)
    end = partial(posting_actions.end_link, actor=request.actor, link=link)
    tap(request, _("Noted. What was not done yet is withdrawn."), end)
    return redirect("posting", link.posting_id)


# --- certifications and errands ------------------------------------------------------------------


class Picking(NewPage):
    """Something of a household that is picked."""

    def made_form(self, request: ActorRequest, hamlet: Region) -> Any:
        households = queries.households_to_ask(request.actor, hamlet)
        more = self.more(hamlet)
        return self.form(
            posted(request), initial=self.start(request, hamlet), households=households, **more
        )

    def more(self, hamlet: Region) -> dict[str, Any]:
        return {}

    def context(self, form: Any, hamlet: Region) -> dict[str, Any]:
        return {"households": form.households}


class AskErrand(Picking):
    def more(self, hamlet: Region) -> dict[str, Any]:
        return {"items": Item.objects.offered_in(hamlet.code)}


note_certification = Picking(
    "note_certification", "certification", "certifications",
    certification_actions.note_certification, forms.CertificationForm,
    gettext_lazy("Note a certification"),
    gettext_lazy("Noted. You are reminded in the tenth month."), template="services/new.html",
)  # fmt: skip
ask_errand = AskErrand(
    "ask_errand", "errand", "errands", actions.ask_errand, forms.AskForm,
    gettext_lazy("Note an errand"), gettext_lazy("Noted. Now it needs her yes."),
    template="services/new.html",
)  # fmt: skip


class CertificationList(PlacedList[forms.CertificationsForm, Certification]):
    """The longest ago first."""

    permission = rules.see_certifications
    form = forms.CertificationsForm
    template = "services/certifications.html"
    title = gettext_lazy("Pension certifications")
    address = "certifications"
    begins = note_certification
    goes_down = True

    def rows(self, actor: Actor) -> QuerySet[Certification]:
        return queries.certification_list(actor)


certifications = CertificationList()


class ErrandList(PlacedList[forms.ErrandsForm, Errand]):
    """The newest first."""

    permission = rules.see_errands
    form = forms.ErrandsForm
    template = "services/errands.html"
    title = gettext_lazy("Errands")
    address = "errands"
    begins = ask_errand
    goes_down = True

    def rows(self, actor: Actor) -> QuerySet[Errand]:
        return queries.errand_list(actor)

    def put_on(self, rows: Sequence[Any], form: forms.ErrandsForm) -> None:
        """A steward reads whose it is while it runs."""
        super().put_on(rows, form)
        for row in rows:
            row.names_household = row.runs or form.actor.holds(KEEPERS, row.hamlet_id)


errands = ErrandList()


@page(rules.see_day)
def service_day(request: ActorRequest) -> HttpResponse:
    """Today so many doors, so many errands: on one page, to be printed."""
    day = queries.day_of(request.actor)
    context = {"day": day, "today": clock.today(), "hamlets": ask_errand.hamlets_of(request.actor)}
    return render(request, "services/day.html", context)


@page(rules.ask_errand, "POST")
def ask_due(request: ActorRequest, code: str, household_pk: int) -> HttpResponse:
    """What is due at a door goes on today's list, and waits for its yes."""
    hamlet = place_in_charge(request.actor, rules.ask_errand.roles, code)
    household = Household.objects.filter(hamlet=hamlet, pk=household_pk).first()
    if household is not None:
        ask = partial(certification_actions.ask_due, actor=request.actor, hamlet=hamlet,
                      household=household)  # fmt: skip
        tap(request, _("It stands on your list. Ask for the yes first."), ask)
    return redirect("service_day")
