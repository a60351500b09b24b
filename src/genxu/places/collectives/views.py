"""The pages of collectives: the lists, entering one, what one household holds."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.errors import Conflict, Missing
from genxu.core.forms import ActionForm
from genxu.core.journal import note_read
from genxu.core.pages import ActorRequest, page
from genxu.core.steps import tap
from genxu.regions.begun import NewPage
from genxu.regions.lists import PlacedList
from genxu.regions.models import Region

from . import actions, certificate_actions, documents, forms, queries, rules, share_actions
from .models import Collective, Membership, Officer, ShareChange, ShareKind
from .shares import shown
from .sheets import ROLL_COLUMNS, SHARE_COLUMNS
from .steps import PAGES, household_of


class FoundCollective(NewPage):
    """A collective as its charter has it; there is one of a place."""

    def there_already(self, hamlet: Region) -> int | None:
        there = Collective.objects.standing().filter(place=hamlet).first()
        return there.pk if there else None


found = FoundCollective(
    "found_collective",
    "collective",
    "collectives",
    actions.found_collective,
    forms.FoundForm,
    gettext_lazy("Enter a collective"),
    gettext_lazy("Entered. Now its members: one by one, or from a spreadsheet."),
    explained=gettext_lazy("What its charter has chosen; each later change has its day."),
)


class CollectiveList(PlacedList[forms.CollectivesForm, Collective]):
    permission = rules.see_collectives
    form = forms.CollectivesForm
    template = "collectives/list.html"
    title = gettext_lazy("Collectives")
    address = "collectives"
    begins = found

    def rows(self, actor: Actor) -> QuerySet[Collective]:
        return queries.collective_list(actor)

    def context(self, form: forms.CollectivesForm, fragment: bool) -> dict[str, Any]:
        told = super().context(form, fragment)
        villages = [
            one for one in Region.objects.filter(code__in=form.actor.places(rules.FOUNDERS))
            if rules.found_collective(form.actor, hamlet=one)
        ]  # fmt: skip
        return told | {"hamlets": villages}


class RollList(PlacedList[forms.RollForm, Membership]):
    """The roll of members as of a day."""

    permission = rules.see_collectives
    form = forms.RollForm
    template = "collectives/roll.html"
    title = gettext_lazy("Roll of members")
    address = "collective_roll"
    columns = ROLL_COLUMNS
    noted_as = "collectives.export_roll"

    def rows(self, actor: Actor) -> QuerySet[Membership]:
        return queries.roll_list(actor)

    def context(self, form: forms.RollForm, fragment: bool) -> dict[str, Any]:
        return super().context(form, fragment) | {"as_of": form.as_of}


class ShareList(PlacedList[forms.SharesForm, ShareChange]):
    """The register of shares as of a day: a row for each household, member and kind."""

    permission = rules.see_collectives
    form = forms.SharesForm
    template = "collectives/shares.html"
    title = gettext_lazy("Register of shares")
    address = "collective_shares"
    columns = SHARE_COLUMNS
    noted_as = "collectives.export_shares"

    def rows(self, actor: Actor) -> QuerySet[Any]:
        return queries.share_list(actor)

    def put_on(self, rows: Any, form: forms.SharesForm) -> None:
        for row in rows:
            row["kind_shown"] = ShareKind(row["kind"]).label
            row["shown"] = shown(row["quantity"])

    def context(self, form: forms.SharesForm, fragment: bool) -> dict[str, Any]:
        return super().context(form, fragment) | {"as_of": form.as_of}


collectives, roll, register = CollectiveList(), RollList(), ShareList()
HOLDING_STEPS = ("give", "take", "pass_on")


@page(rules.see_collectives)
def holding(request: ActorRequest, pk: int, household_pk: int) -> HttpResponse:
    """What one household has in a collective: its members, what it holds, how that came."""
    collective = Collective.objects.one_for(request.actor, pk)
    household = household_of(collective, household_pk)
    note_read(actor=request.actor, action=rules.see_collectives.name, subject=collective)
    rows = collective.changes.filter(household=household)
    changes = rows.select_related("membership", "motion", "noted_by", "counterpart__household")
    members = collective.memberships.filter(household=household).order_by("birth_year", "pk")
    held = queries.register_on(collective, clock.today(), [household.pk])
    keeps = collective.is_standing and rules.keep_shares(request.actor, collective=collective)
    context = {
        "collective": collective,
        "household": household,
        "members": members,
        "held": held,
        "total": sum(one.quantity for one in held),
        "changes": Paginator(changes.order_by("-day", "-pk"), 40).get_page(request.GET.get("page")),
        "keeps": keeps,
        "steps": [PAGES.pages[name] for name in HOLDING_STEPS] if keeps else [],
        "certificates": collective.certificates.filter(household=household).order_by("-pk"),
    }
    return render(request, "collectives/holding.html", context)


@page(rules.keep_shares, "POST")
def follow(request: ActorRequest, pk: int, member_pk: int) -> HttpResponse:
    """Shares follow somebody who was born, came, or died."""
    collective = Collective.objects.one_for(request.actor, pk)
    member = collective.memberships.filter(pk=member_pk).first()
    if member is None:
        raise Missing(Membership.missing)
    sent = ActionForm(request.POST)
    client_id = sent.cleaned_data["client_id"] if sent.is_valid() else None
    take = partial(
        share_actions.follow_member.once, client_id, None,
        actor=request.actor, collective=collective, member=member,
    )  # fmt: skip
    tap(request, _("Entered in the register."), take)
    return redirect("collective", pk)


@page(rules.change_officer, "POST")
def declare(request: ActorRequest, pk: int) -> HttpResponse:
    """Somebody has said that she is no close relative of the others."""
    return _of_officer(request, pk, actions.declare_no_relative, _("Noted."))


@page(rules.change_officer, "POST")
def leave_office(request: ActorRequest, pk: int) -> HttpResponse:
    """Somebody leaves an office today."""
    return _of_officer(request, pk, actions.leave_office, _("Noted."))


def _of_officer(request: ActorRequest, pk: int, action: Any, said: str) -> HttpResponse:
    officer = Officer.objects.one_for(request.actor, pk)
    tap(request, said, partial(action, actor=request.actor, officer=officer))
    return redirect("collective", officer.collective_id)


@page(rules.issue_certificates, "POST")
def print_certificates(request: ActorRequest, pk: int) -> HttpResponse:
    """Those of all households, in the background."""
    collective = Collective.objects.one_for(request.actor, pk)
    site = certificate_actions.site_address(request.build_absolute_uri("/"))
    sent = ActionForm(request.POST)
    if sent.is_valid():
        ask = certificate_actions.ask_for_certificates
        job = sent.take(ask, actor=request.actor, collective=collective, site=site)
        if job is not None:
            return redirect("job", job.pk)
    for sentence in sent.non_field_errors():
        messages.warning(request, str(sentence))
    return redirect("collective", pk)


@page(rules.issue_certificates, "POST")
def print_certificate(request: ActorRequest, pk: int, household_pk: int) -> HttpResponse:
    """That of one household, to be kept or printed at once."""
    collective = Collective.objects.one_for(request.actor, pk)
    keys = [household_of(collective, household_pk).pk]
    try:
        certificate_actions.issue_certificates(
            actor=request.actor, collective=collective, households=keys
        )
        paper = certificate_actions.printable(collective, keys[0])
    except Conflict as error:
        messages.warning(request, str(error.message))
        return redirect("collective_holding", pk, household_pk)
    site = certificate_actions.site_address(request.build_absolute_uri("/"))
    response = HttpResponse(documents.one(paper, site), content_type="application/pdf")
    disposition = content_disposition_header(True, paper.file_name) or ""
    response.headers["Content-Disposition"] = disposition
    return response
