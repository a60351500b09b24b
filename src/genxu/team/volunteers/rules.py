"""Who leads teams and outings, who comes along, and whose word hours are."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import (
    ALLOWED,
    HOUSEHOLD_ROLE,
    SYSTEM_ROLE,
    VOLUNTEER_ROLE,
    Actor,
    Decision,
    Kind,
    denied,
    permission,
)
from genxu.people.models import Household
from genxu.people.roles import ACTING, KEEPERS, Role
from genxu.regions.models import Region

from .models import Hours, Outing, Team, Volunteer

ORGANISERS = (Role.SECRETARY, Role.VILLAGE_STAFF)
LEADING = (*ORGANISERS, Role.MEMBER)
OWN = (VOLUNTEER_ROLE, *ORGANISERS)
"""The volunteer by the code of hers, or somebody to whom she said it."""


def leads(actor: Actor, team: Team) -> Decision:
    """Secretary and village, and the member who leads this very team."""
    if actor.holds(ORGANISERS, team.hamlet_id):
        return ALLOWED
    leader = team.leader if team.leader and team.leader.left_on is None else None
    if leader and leader.account_id is not None and leader.account_id == actor.account_id:
        return ALLOWED
    return denied(_("Only whoever leads this team does that."))


def _in_hamlet(hamlet: Region) -> Decision:
    return ALLOWED if hamlet.is_hamlet else denied(_("Volunteers belong to a hamlet."))


def _own(actor: Actor, volunteer: Volunteer) -> Decision:
    """The volunteer herself, or those to whom she says it."""
    if actor.kind is Kind.VOLUNTEER and actor.key != str(volunteer.pk):
        return denied(_("These are the hours of somebody else."))
    return ALLOWED


@permission(_("See teams and outings of volunteers"), roles=Outing.seen_by, reading=True)
def see_outings(actor: Actor) -> Decision:
    """The lists are cut to what is visible to the actor; no volunteer is named there."""
    return ALLOWED


@permission(_("See volunteers and their hours"), roles=Volunteer.seen_by, reading=True)
def see_volunteers(actor: Actor) -> Decision:
    """By name: for those who keep the registers of their hamlets (志愿服务条例 20, 21)."""
    return ALLOWED


@permission(_("Form a team of volunteers"), roles=ORGANISERS)
def form_team(actor: Actor, hamlet: Region) -> Decision:
    """By the secretary or the village."""
    return _in_hamlet(hamlet)


@permission(_("Change or end a team of volunteers"), roles=ORGANISERS)
def change_team(actor: Actor, team: Team) -> Decision:
    """By whoever may form one."""
    return ALLOWED


@permission(_("Announce an outing"), roles=LEADING)
def announce_outing(actor: Actor, team: Team) -> Decision:
    """By whoever leads the team: with its risk, and insured before anything dangerous (12, 17)."""
    return leads(actor, team)


@permission(_("Change an outing, or note what came of it"), roles=LEADING)
def change_outing(actor: Actor, outing: Outing) -> Decision:
    """By whoever leads its team."""
    return leads(actor, outing.team)


@permission(_("Choose who is visited"), roles=ORGANISERS)
def choose_visits(actor: Actor, outing: Outing) -> Decision:
    """Sensitive (个人信息保护法 28): for those who handle it; each reading is logged."""
    return ALLOWED


@permission(_("Say yes to those who want to come along"), roles=LEADING)
def answer_sign_up(actor: Actor, outing: Outing) -> Decision:
    """By whoever leads the team; a no leaves no trace."""
    return leads(actor, outing.team)


@permission(_("Come along oneself"), roles=ACTING)
def come_along(actor: Actor, outing: Outing) -> Decision:
    """Whoever serves in the hamlet or above it, of his own will."""
    return ALLOWED


@permission(_("Join an outing, or take that back"), roles=OWN)
def join_outing(actor: Actor, volunteer: Volunteer) -> Decision:
    """The volunteer himself, or noted down by somebody whom he told."""
    return _own(actor, volunteer)


@permission(_("Take a visit, or give it back"), roles=[VOLUNTEER_ROLE])
def take_visit(actor: Actor, volunteer: Volunteer) -> Decision:
    """Of his own will (25): nobody takes it for him."""
    return _own(actor, volunteer)


@permission(_("Enter a volunteer"), roles=ORGANISERS)
def enlist_volunteer(actor: Actor, hamlet: Region) -> Decision:
    """Who said so himself."""
    return _in_hamlet(hamlet)


@permission(_("Volunteer from the household's own page"), roles=[HOUSEHOLD_ROLE])
def enlist_own(actor: Actor, household: Household) -> Decision:
    """Somebody of the household by its code."""
    if actor.key != str(household.pk):
        return denied(_("This is another household's page."))
    return ALLOWED


@permission(_("Ask to come along without log-in"), public=True)
def ask_to_join(actor: Actor, hamlet: Region) -> Decision:
    """Anybody; it waits for a yes, many tries are slowed down."""
    return _in_hamlet(hamlet)


@permission(_("Change what is kept of a volunteer"), roles=OWN)
def change_volunteer(actor: Actor, volunteer: Volunteer) -> Decision:
    """The volunteer himself, or whoever keeps the list."""
    return _own(actor, volunteer)


@permission(_("Say yes or no to a new volunteer"), roles=ORGANISERS)
def answer_volunteer(actor: Actor, volunteer: Volunteer) -> Decision:
    """A no leaves no trace."""
    return ALLOWED


@permission(_("Print, read out or replace the code of a volunteer"), roles=ORGANISERS)
def show_code(actor: Actor, volunteer: Volunteer) -> Decision:
    """The journal keeps who and why."""
    return ALLOWED


@permission(_("Write hours down"), roles=OWN)
def write_hours(actor: Actor, volunteer: Volunteer) -> Decision:
    """By the volunteer, or for him; they count once another one has vouched for them."""
    return _own(actor, volunteer)


@permission(_("Vouch for hours"), roles=[VOLUNTEER_ROLE, HOUSEHOLD_ROLE, *ORGANISERS])
def vouch_hours(actor: Actor, hours: Hours) -> Decision:
    """Another one who was there, never the volunteer or whoever wrote them down."""
    return ALLOWED


@permission(_("Say that hours are not so"), roles=[HOUSEHOLD_ROLE])
def deny_hours(actor: Actor, hours: Hours) -> Decision:
    """The household that was to be visited, and was not."""
    return ALLOWED


@permission(_("Correct or withdraw hours"), roles=OWN)
def correct_hours(actor: Actor, hours: Hours) -> Decision:
    """On request of the volunteer (记录与证明出具办法); both versions stay."""
    return _own(actor, hours.volunteer)


@permission(_("Make a certificate of hours"), roles=OWN)
def make_certificate(actor: Actor, volunteer: Volunteer) -> Decision:
    """Free of charge, as often as the volunteer likes (19)."""
    return _own(actor, volunteer)


@permission(_("Open one's own hours, or a certificate, by code"), public=True, reading=True)
def open_own_hours(actor: Actor) -> Decision:
    """Without log-in; the code is the power, wrong codes are slowed down."""
    return ALLOWED


@permission(_("Open one's own hours as somebody who serves"), roles=ACTING, reading=True)
def open_mine(actor: Actor) -> Decision:
    """Leads to the page of the volunteer who one is oneself."""
    return ALLOWED


@permission(_("Enter many volunteers at once"), roles=[*KEEPERS, SYSTEM_ROLE])
def record_volunteers(actor: Actor, place: Region) -> Decision:
    """From a spreadsheet, in the places in one's charge."""
    return ALLOWED
