"""The lists and pages of those who lead and keep: teams, outings, volunteers, hours."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core.access import Actor
from genxu.core.code_forms import WhyForm
from genxu.core.codes import PRINTING
from genxu.core.forms import posted
from genxu.core.keyring import private
from genxu.core.pages import ActorRequest, page
from genxu.core.steps import tap
from genxu.regions.begun import NewPage
from genxu.regions.lists import PlacedList
from genxu.regions.models import Region

from . import actions, forms, queries, rules, team_actions
from .hours_forms import HoursForm
from .models import Certificate, Hours, Outing, Team, Volunteer
from .public_views import paper_file
from .sheets import HOURS_COLUMNS, VOLUNTEER_COLUMNS


class FormTeam(NewPage):
    def made_form(self, request: ActorRequest, hamlet: Region) -> forms.TeamForm:
        form: forms.TeamForm = super().made_form(request, hamlet)
        form.led_from(hamlet.code)
        return form


form_team = FormTeam(
    "form_team", "team", "teams", team_actions.form_team, forms.TeamForm,
    gettext_lazy("Form a team"), gettext_lazy("Formed. Now announce its first outing."),
)  # fmt: skip


class EnlistPage(NewPage):
    def made_form(self, request: ActorRequest, hamlet: Region) -> forms.VolunteerFields:
        form: forms.VolunteerFields = super().made_form(request, hamlet)
        form.seen_from(request.actor, hamlet.code)
        return form

    def context(self, form: forms.VolunteerFields, hamlet: Region) -> dict[str, Any]:
        return {"households": form.households}


enlist_volunteer = EnlistPage(
    "enlist_volunteer", "volunteer", "volunteers", actions.enlist_volunteer,
    forms.VolunteerFields, gettext_lazy("Enter a volunteer"), gettext_lazy("Entered."),
    gettext_lazy("Who said so himself. Nobody is made to."), "volunteers/enlist.html",
)  # fmt: skip


class TeamList(PlacedList[forms.TeamsForm, Team]):
    permission = rules.see_outings
    form = forms.TeamsForm
    template = "volunteers/teams.html"
    title = gettext_lazy("Volunteer teams")
    address = "teams"
    begins = form_team

    def rows(self, actor: Actor) -> QuerySet[Team]:
        return queries.team_list(actor)


class OutingList(PlacedList[forms.OutingsForm, Outing]):
    permission = rules.see_outings
    form = forms.OutingsForm
    template = "volunteers/outings.html"
    title = gettext_lazy("Outings of volunteers")
    address = "outings"

    def rows(self, actor: Actor) -> QuerySet[Outing]:
        return queries.outing_list(actor)


class VolunteerList(PlacedList[forms.VolunteersForm, Volunteer]):
    permission = rules.see_volunteers
    form = forms.VolunteersForm
    template = "volunteers/volunteers.html"
    title = gettext_lazy("Volunteers")
    address = "volunteers"
    columns = VOLUNTEER_COLUMNS
    noted_as = rules.see_volunteers.name
    begins = enlist_volunteer

    def rows(self, actor: Actor) -> QuerySet[Volunteer]:
        return queries.volunteer_list(actor)


class HoursList(PlacedList[HoursForm, Hours]):
    permission = rules.see_volunteers
    form = HoursForm
    template = "volunteers/hours_list.html"
    title = gettext_lazy("Hours of volunteers")
    address = "volunteer_hours"
    columns = HOURS_COLUMNS
    noted_as = rules.see_volunteers.name

    def rows(self, actor: Actor) -> QuerySet[Hours]:
        return queries.hours_list(actor)


teams, outings, volunteers, hours = TeamList(), OutingList(), VolunteerList(), HoursList()


@page(rules.come_along, "POST")
def come_along(request: ActorRequest, pk: int) -> HttpResponse:
    """Whoever serves here comes along himself, with one tap."""
    outing = Outing.objects.one_for(request.actor, pk)
    join = partial(actions.come_along, actor=request.actor, outing=outing)
    tap(request, _("See you there. You can take it back any time."), join)
    return redirect("outing", pk)


@page(rules.answer_sign_up, "POST")
def answer_sign_up(request: ActorRequest, pk: int, key: int) -> HttpResponse:
    """Yes or no to somebody who asked without log-in."""
    outing = Outing.objects.one_for(request.actor, pk)
    rules.answer_sign_up.require(request.actor, outing=outing)
    volunteer = get_object_or_404(Volunteer, pk=key, hamlet=outing.hamlet_id)
    yes = request.POST.get("answer") == "yes"
    said = _("%s comes along.") % volunteer if yes else _("All right. Nothing of it is kept.")
    sent: dict[str, Any] = {
        "actor": request.actor,
        "outing": outing,
        "volunteer": volunteer,
        "yes": yes,
    }
    tap(request, said, partial(actions.answer_sign_up, **sent))
    return redirect("outing", pk)


@page(rules.answer_volunteer, "POST")
def answer_volunteer(request: ActorRequest, pk: int) -> HttpResponse:
    """Yes or no to somebody who wants to help in general."""
    volunteer = Volunteer.objects.one_for(request.actor, pk)
    yes = request.POST.get("answer") == "yes"
    said = _("%s helps from now on.") % volunteer if yes else _("All right. Nothing of it is kept.")
    sent: dict[str, Any] = {"actor": request.actor, "volunteer": volunteer, "yes": yes}
    done = tap(request, said, partial(actions.answer_volunteer, **sent))
    return redirect("volunteer", pk) if yes or not done else redirect("volunteers")


@page(rules.show_code, "GET", "POST")
def volunteer_slip(request: ActorRequest, pk: int) -> HttpResponse:
    """Whether his code was printed; on POST it is, or it is read out."""
    volunteer = Volunteer.objects.one_for(request.actor, pk)
    rules.show_code.require(request.actor, volunteer=volunteer)
    form = WhyForm(posted(request))
    if form.is_valid():
        with form.taking_refusals():
            why = form.cleaned_data["why"]
            row = actions.show_code(actor=request.actor, volunteer=volunteer, why=why)
            context = {"volunteer": row, "printing": why in PRINTING}
            return private(render(request, "volunteers/slip_shown.html", context))
    context = {"volunteer": volunteer, "form": form}
    return render(request, "volunteers/slip.html", context, status=form.status)


@page(rules.show_code, "POST")
def renew_volunteer_slip(request: ActorRequest, pk: int) -> HttpResponse:
    """A new code for one who has lost his."""
    volunteer = Volunteer.objects.one_for(request.actor, pk)
    actions.renew_code(actor=request.actor, volunteer=volunteer)
    messages.success(request, _("A new slip is made. The old one opens nothing any more."))
    return redirect("volunteer_slip", pk)


@page(rules.see_volunteers)
def volunteer_paper(request: ActorRequest, pk: int, key: int) -> HttpResponseBase:
    """A certificate of his as PDF, for whoever prints it for him."""
    volunteer = Volunteer.objects.one_for(request.actor, pk)
    return paper_file(request, get_object_or_404(Certificate, pk=key, volunteer=volunteer))


@page(rules.announce_outing)
def outing_poster(request: ActorRequest, pk: int) -> HttpResponse:
    """A sheet for the wall: the next outings of the hamlet, and the QR code to come along."""
    team = Team.objects.one_for(request.actor, pk)
    rules.announce_outing.require(request.actor, team=team)
    context = {"team": team, "outings": queries.coming_in(team.hamlet_id)}
    return render(request, "volunteers/poster.html", context)
