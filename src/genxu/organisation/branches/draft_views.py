"""The pages on which an organisation is prepared, and its members are entered and corrected."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core.access import Actor
from genxu.core.errors import Missing
from genxu.core.forms import posted
from genxu.core.lists import ListPage
from genxu.core.pages import ActorRequest, page
from genxu.core.sheets.writing import sheet_response
from genxu.core.steps import tap
from genxu.regions.models import Region
from genxu.regions.queries import place_in_charge

from . import actions, belongings, forms, member_actions, queries, rules
from .models import Member, Organisation, ServedHamlet
from .reading import note_members_read
from .sheets import MEMBER_COLUMNS


class HamletList(ListPage[forms.HamletsForm, Region]):
    """For which hamlet: those in the actor's charge that have no organisation."""

    permission = rules.draft_organisation
    form = forms.HamletsForm
    template = "branches/choose.html"
    title = gettext_lazy("Prepare a Party organisation")
    address = "organisation_where"

    def rows(self, actor: Actor) -> QuerySet[Region]:
        return queries.hamlets_without(actor)


hamlets = HamletList()


@page(rules.draft_organisation, "GET", "POST")
def draft_organisation(request: ActorRequest, code: str) -> HttpResponse:
    """Prepare an organisation with its seat in this hamlet."""
    hamlet = place_in_charge(request.actor, rules.draft_organisation.roles, code)
    if not hamlet.is_hamlet:
        raise Missing(_("There is no such place, or it is not in your charge."))
    around = queries.joinable(request.actor, hamlet, None)
    if request.method != "POST":
        there = ServedHamlet.objects.filter(hamlet=hamlet, until=None).first()
        if there is not None:
            messages.info(request, _("There is one already: one hamlet, one Party organisation."))
            return redirect("organisation", there.organisation_id)
    start = {"kind": Organisation.Kind.BRANCH}
    form = forms.DraftForm(posted(request), initial=start, around=around)
    if form.is_valid():
        sent = {"actor": request.actor, "hamlet": hamlet, **form.values()}
        if made := form.take(actions.draft_organisation, **sent):
            messages.success(request, _("Prepared. Now enter its members."))
            return redirect("organisation", made.pk)
    return _draft_page(request, hamlet, form)


@page(rules.change_draft, "GET", "POST")
def change_draft(request: ActorRequest, pk: int) -> HttpResponse:
    """Another kind, another name, other hamlets."""
    organisation = Organisation.objects.one_for(request.actor, pk)
    rules.change_draft.require(request.actor, organisation=organisation)
    hamlet = organisation.hamlet
    around = queries.joinable(request.actor, hamlet, organisation)
    start = {
        "kind": organisation.kind,
        "name": organisation.name,
        "hamlets": [place.code for place in queries.served_by(organisation)],
    }
    form = forms.DraftForm(posted(request), initial=start, around=around, row=organisation)
    if form.is_valid():
        sent = {"actor": request.actor, "organisation": organisation, **form.values()}
        if form.take(actions.change_draft, **sent):
            messages.success(request, _("Saved."))
            return redirect("organisation", pk)
    return _draft_page(request, hamlet, form, organisation)


def _draft_page(
    request: ActorRequest,
    hamlet: Region,
    form: forms.DraftForm,
    organisation: Organisation | None = None,
) -> HttpResponse:
    context = {"hamlet": hamlet, "form": form, "organisation": organisation}
    return render(request, "branches/draft.html", context, status=form.status)


@page(rules.add_member, "GET", "POST")
def add_member(request: ActorRequest, pk: int) -> HttpResponse:
    """Another member; the page comes back empty for the next one."""
    organisation = Organisation.objects.one_for(request.actor, pk)
    rules.add_member.require(request.actor, organisation=organisation)
    form = forms.NewMemberForm(posted(request), served=queries.served_by(organisation))
    if form.is_valid():
        sent = {"actor": request.actor, "organisation": organisation, **form.values()}
        if made := form.take(member_actions.add_member, **sent):
            messages.success(request, _("%(name)s is on the list.") % {"name": made.name})
            return redirect("add_member" if "more" in request.POST else "organisation", pk)
    return _member_page(request, organisation, form)


@page(rules.correct_member, "GET", "POST")
def correct_member(request: ActorRequest, pk: int, member_pk: int) -> HttpResponse:
    """What is known of a member."""
    organisation = Organisation.objects.one_for(request.actor, pk)
    member = queries.visible_member(request.actor, organisation, member_pk)
    rules.correct_member.require(request.actor, organisation=organisation)
    if request.method != "POST":
        note_members_read(request.actor, organisation)
    names = ("name", "phone", "kind", "background", "signs_in")
    known = {name: getattr(member, name) for name in names}
    form = forms.CorrectMemberForm(posted(request), initial=known, row=organisation)
    if form.is_valid():
        sent: dict[str, Any] = {"actor": request.actor, "organisation": organisation}
        sent["member"] = member
        if form.take(member_actions.correct_member, **sent, **form.values()):
            messages.success(request, _("Saved."))
            return redirect("organisation", pk)
    return _member_page(request, organisation, form, member)


def _member_page(
    request: ActorRequest,
    organisation: Organisation,
    form: forms.MemberForm,
    member: Member | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {"organisation": organisation, "form": form, "member": member}
    if member is not None:
        context["becomes"] = belongings.lines(member, over=False)
        context["ways"] = bool(queries.ways_over(request.actor, member))
    return render(request, "branches/member.html", context, status=form.status)


@page(rules.move_member, "GET", "POST")
def move_member(request: ActorRequest, pk: int, member_pk: int) -> HttpResponse:
    """Over to the organisation that serves where he lives now; what goes along stands beside it."""
    organisation = Organisation.objects.one_for(request.actor, pk)
    member = queries.visible_member(request.actor, organisation, member_pk)
    rules.move_member.require(request.actor, organisation=organisation)
    if request.method != "POST":
        note_members_read(request.actor, organisation)
    ways = queries.ways_over(request.actor, member)
    form = forms.MoveMemberForm(posted(request), row=organisation, ways=ways)
    if form.is_valid():
        sent: dict[str, Any] = {"actor": request.actor, "organisation": organisation}
        sent["member"] = member
        if moved := form.take(member_actions.move_member, **sent, **form.values()):
            said = _("%(name)s is on the list of “%(organisation)s” from today.")
            told = {"name": moved.name, "organisation": moved.organisation}
            messages.success(request, said % told)
            return redirect("organisation", pk)
    context = {"organisation": organisation, "member": member, "form": form, "ways": ways,
               "becomes": belongings.lines(member, over=True)}  # fmt: skip
    return render(request, "branches/move_member.html", context, status=form.status)


@page(rules.remove_member, "POST")
def remove_member(request: ActorRequest, pk: int, member_pk: int) -> HttpResponse:
    """Off the list."""
    organisation = Organisation.objects.one_for(request.actor, pk)
    member = queries.visible_member(request.actor, organisation, member_pk)
    said = _("%(name)s is off the list.") % {"name": member.name}
    remove = partial(
        member_actions.remove_member, actor=request.actor, organisation=organisation, member=member
    )
    tap(request, said, remove)
    return redirect("organisation", pk)


@page(rules.see_members)
def members_export(request: ActorRequest, pk: int) -> HttpResponseBase:
    """The members as a spreadsheet; logged like every reading of them."""
    organisation = Organisation.objects.one_for(request.actor, pk)
    rows = queries.member_rows(request.actor, organisation)
    return sheet_response(
        request, organisation.name, MEMBER_COLUMNS, rows,
        noted_as=rules.see_members.name, place=organisation,
    )  # fmt: skip
