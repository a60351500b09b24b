"""Which page changes a team, an outing, a volunteer, hours; and what their own pages show."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from genxu.core.cuts import First
from genxu.core.journal import note_read
from genxu.core.pages import ActorRequest
from genxu.core.steps import StepForm, StepPage, StepPages, say_taken
from genxu.people.living_steps import LivingSteps
from genxu.people.rules import see_needs

from . import actions, forms, hours_actions, queries, rules, team_actions, work_forms
from .models import Certificate, Hours, Outing, Team, Volunteer, in_hours


class TeamSteps(StepPages[Team]):
    name, listed = "team", "teams"
    model = Team
    sees = rules.see_outings
    shown = "volunteers/team.html"

    def facts(self, request: ActorRequest, row: Team) -> dict[str, Any]:
        rows = queries.with_joined(row.outings.order_by("-begins_on", "-pk"))
        return {
            "outings": First.of(rows, 30),
            "first": None,
            "steps": self.open(request.actor, row),
        }

    def done(
        self, request: ActorRequest, step: StepPage[Team], row: Team, after: Any
    ) -> HttpResponse:
        """A new outing has a page of its own."""
        say_taken(request, step.said)
        return redirect("outing" if isinstance(after, Outing) else "team", after.pk)


TEAMS = TeamSteps(
    StepPage("outing", team_actions.announce_outing, forms.OutingForm,
             _("Everybody can read it, and come along."), _("Announce an outing"),
             _("Announced. Everybody can read it."), team_actions.check_standing),
    StepPage("change", team_actions.change_team, forms.ChangeTeamForm, "",
             _("Change the team"), _("Changed."), team_actions.check_standing),
    StepPage("end", team_actions.end_team, forms.EndTeamForm,
             _("Its outings and hours stay to be read."), _("End the team"), _("It has ended."),
             team_actions.check_standing),
)  # fmt: skip


class OutingSteps(LivingSteps[Outing]):
    name, listed = "outing", "outings"
    model = Outing
    sees = rules.see_outings
    shown = "volunteers/outing.html"

    def facts(self, request: ActorRequest, row: Outing) -> dict[str, Any]:
        actor = request.actor
        leads = bool(rules.leads(actor, row.team))
        mine = [one.pk for one in queries.of_account(actor)]
        sees = actor.holds(rules.choose_visits.roles, row.hamlet_id)
        return {
            "leads": leads,
            "sign_ups": queries.sign_ups_of(row) if leads else [],
            "n_joined": row.joined(),
            "visits": queries.visits_of(actor, row) if sees else [],
            "may_come": row.is_coming and bool(rules.come_along(actor, outing=row)),
            "comes": row.sign_ups.filter(volunteer__in=mine).exists() if mine else False,
        }

    def form(
        self, request: ActorRequest, step: StepPage[Outing], row: Outing, **more: Any
    ) -> StepForm[Outing]:
        """Whoever chooses among those who live alone has read who they are."""
        if step.name == "visits":
            rules.choose_visits.require(request.actor, outing=row)
            note_read(actor=request.actor, action=see_needs.name, subject=row.hamlet)
        return super().form(request, step, row, **more)


OUTINGS = OutingSteps(
    StepPage("hold", team_actions.hold_outing, forms.HoldForm,
             said=_("Noted. The hours count once somebody who was there has vouched."),
             check=team_actions.check_has_begun),
    StepPage("nobody", team_actions.nobody_came, StepForm,
             _("That is an answer too."), said=_("Noted."), primary=False,
             check=team_actions.check_has_begun),
    StepPage("close", team_actions.close_outing, StepForm,
             _("From now on hours of it are corrected only."), said=_("Closed."), primary=False),
    StepPage("visits", team_actions.choose_visits, forms.VisitsForm,
             label=_("Choose who is visited"), said=_("Chosen. Volunteers can take the visits."),
             primary=False, check=team_actions.check_visiting),
    StepPage("change", team_actions.change_outing, forms.ChangeOutingForm,
             _("Whoever comes along reads the new one, and why."), said=_("Changed."),
             primary=False, check=team_actions.check_is_coming),
    StepPage("call_off", team_actions.call_off_outing, forms.CallOffForm,
             said=_("Called off."), primary=False),
)  # fmt: skip


class VolunteerSteps(StepPages[Volunteer]):
    name, listed = "volunteer", "volunteers"
    model = Volunteer
    sees = rules.see_volunteers
    shown = "volunteers/volunteer.html"

    def facts(self, request: ActorRequest, row: Volunteer) -> dict[str, Any]:
        hours = queries.hours_of(row)
        return {
            "hours": hours,
            "total": in_hours(queries.total_of(hours)),
            "joined": queries.joined_by(row),
            "first": None,
            "steps": self.open(request.actor, row) if not row.waits else [],
            "may_answer": row.waits and bool(rules.answer_volunteer(request.actor, volunteer=row)),
            "may_show": bool(rules.show_code(request.actor, volunteer=row)),
        }

    def done(
        self, request: ActorRequest, step: StepPage[Volunteer], row: Volunteer, after: Any
    ) -> HttpResponse:
        say_taken(request, step.said)
        if isinstance(after, Certificate):
            return redirect("volunteer_paper", row.pk, after.pk)
        return redirect("hours" if isinstance(after, Hours) else "volunteer",
                        after.pk if isinstance(after, Hours) else row.pk)  # fmt: skip

    def template_of(self, step: StepPage[Volunteer]) -> str:
        return "volunteers/change.html" if step.name == "change" else self.template


VOLUNTEERS = VolunteerSteps(
    StepPage("join", actions.join_outing, work_forms.JoinForm,
             label=_("Note that he comes along"), said=_("Noted."), check=actions.check_present),
    StepPage("write", hours_actions.write_hours, work_forms.WriteForm,
             _("Then another one who was there vouches for them, not you."),
             _("Write hours down"), _("Written down. They wait for somebody who was there."),
             actions.check_present),
    StepPage("certificate", hours_actions.make_certificate, work_forms.SpanStepForm,
             _("Free of charge. It lists the hours that somebody has vouched for."),
             _("Make a certificate"), _("The certificate is made.")),
    StepPage("change", actions.change_volunteer, forms.ChangeVolunteerForm,
             label=_("Change what is kept"), said=_("Changed."), check=actions.check_present),
    StepPage("leave", actions.leave_volunteering, StepForm,
             _("The hours stay, and the code still opens them."), _("No longer a volunteer"),
             _("Noted."), actions.check_present),
)  # fmt: skip


class HoursSteps(StepPages[Hours]):
    name, listed = "hours", "volunteer_hours"
    model = Hours
    sees = rules.see_volunteers
    shown = "volunteers/hours.html"

    def facts(self, request: ActorRequest, row: Hours) -> dict[str, Any]:
        return {"knows_who": True, "back": reverse("volunteer", args=[row.volunteer_id])}


HOURS = HoursSteps(
    StepPage("vouch", hours_actions.vouch_hours, StepForm,
             _("Only who was there himself says so. Your name stands beside it."),
             said=_("Vouched for. They count now."), primary=False),
    StepPage("correct", hours_actions.correct_hours, work_forms.CorrectForm,
             _("When the volunteer asks for it. Both versions stay."),
             said=_("Corrected. Somebody who was there has to vouch once more."), primary=False),
    StepPage("withdraw", hours_actions.withdraw_hours, work_forms.WithdrawForm,
             said=_("Withdrawn."), primary=False),
)  # fmt: skip
