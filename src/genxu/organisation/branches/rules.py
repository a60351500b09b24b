"""Who may see and steer Party organisations."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, SYSTEM_ROLE, Actor, Decision, denied, permission
from genxu.people.roles import KEEPERS, Role
from genxu.regions.models import Region

from .models import Member, Organisation

TOWNSHIP = (Role.TOWNSHIP_STAFF, SYSTEM_ROLE)
"""Founding, changing and closing need the Party committee above (支部工作条例 2018, chapter 2)."""
PREPARERS = (*KEEPERS, SYSTEM_ROLE)


@permission(_("See Party organisations"), roles=Organisation.seen_by, reading=True)
def see_organisations(actor: Actor) -> Decision:
    """The list is cut to what is visible to the actor; it names who leads, and no other members."""
    return ALLOWED


@permission(_("See the members of a Party organisation"), roles=Member.seen_by, reading=True)
def see_members(actor: Actor) -> Decision:
    """Membership is sensitive (个人信息保护法 28): for those who keep it, each reading logged."""
    return ALLOWED


@permission(_("Prepare a Party organisation"), roles=PREPARERS)
def draft_organisation(actor: Actor, hamlet: Region) -> Decision:
    """By the secretary for her own hamlet, or by the village or the township."""
    return ALLOWED


@permission(_("Change the draft of a Party organisation"), roles=PREPARERS)
def change_draft(actor: Actor, organisation: Organisation) -> Decision:
    """By whoever may prepare one."""
    return ALLOWED


@permission(_("Withdraw the draft of a Party organisation"), roles=PREPARERS)
def withdraw_organisation(actor: Actor, organisation: Organisation) -> Decision:
    """By whoever may prepare one."""
    return ALLOWED


@permission(_("Ask the township to approve a Party organisation"), roles=PREPARERS)
def request_founding(actor: Actor, organisation: Organisation) -> Decision:
    """支部工作条例 2018, article 6: the unit asks."""
    return ALLOWED


@permission(_("Approve a Party organisation"), roles=TOWNSHIP)
def approve_founding(actor: Actor, organisation: Organisation) -> Decision:
    """支部工作条例 2018, article 6: the Party committee of the township decides."""
    return ALLOWED


@permission(_("Send the request for a Party organisation back"), roles=TOWNSHIP)
def return_founding(actor: Actor, organisation: Organisation) -> Decision:
    """退回 with the reason, by the one who would approve."""
    return ALLOWED


@permission(_("Found a Party organisation"), roles=PREPARERS)
def found_organisation(actor: Actor, organisation: Organisation) -> Decision:
    """支部工作条例 2018, article 6: after the approval its members elect who leads it."""
    return ALLOWED


@permission(_("Record a re-election"), roles=PREPARERS)
def re_elect(actor: Actor, organisation: Organisation) -> Decision:
    """换届: by those who keep the organisation; one held early, by the township."""
    return ALLOWED


@permission(_("Extend a term"), roles=TOWNSHIP)
def extend_term(actor: Actor, organisation: Organisation) -> Decision:
    """支部工作条例 2018, chapter 6: with the approval of the level above."""
    return ALLOWED


@permission(_("Dissolve a Party organisation"), roles=TOWNSHIP)
def close_organisation(actor: Actor, organisation: Organisation) -> Decision:
    """支部工作条例 2018, article 7: approved or decided by the Party committee above."""
    return ALLOWED


def _not_over(organisation: Organisation) -> Decision:
    if organisation.has_ended:
        return denied(_("This organisation is no more; its members stay as they were."))
    return ALLOWED


@permission(_("Add a member to a Party organisation"), roles=PREPARERS)
def add_member(actor: Actor, organisation: Organisation) -> Decision:
    """By those who keep the organisation, while there is one."""
    return _not_over(organisation)


@permission(_("Correct a member of a Party organisation"), roles=PREPARERS)
def correct_member(actor: Actor, organisation: Organisation) -> Decision:
    """By those who keep the organisation, while there is one."""
    return _not_over(organisation)


@permission(_("Take a member off a Party organisation"), roles=PREPARERS)
def remove_member(actor: Actor, organisation: Organisation) -> Decision:
    """By those who keep the organisation, while there is one."""
    return _not_over(organisation)


@permission(_("Let a member go over to another Party organisation"), roles=PREPARERS)
def move_member(actor: Actor, organisation: Organisation) -> Decision:
    """By whoever keeps both (党员教育管理工作条例 2019, article 25)."""
    return _not_over(organisation)


@permission(_("Change the duties in a Party organisation"), roles=PREPARERS)
def change_duties(actor: Actor, organisation: Organisation) -> Decision:
    """By those who keep the organisation, while there is one."""
    return _not_over(organisation)


@permission(_("Take in Party organisations from the books"), roles=TOWNSHIP)
def register_organisations(actor: Actor, place: Region) -> Decision:
    """The township founded them before; now it takes over its own list."""
    return ALLOWED


@permission(_("Take in members from the books"), roles=PREPARERS)
def record_members(actor: Actor, place: Region) -> Decision:
    """By those who keep the organisations of the place."""
    return ALLOWED
