"""Who keeps a collective, its roll and its shares, and who reads them."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import (
    ALLOWED,
    HOUSEHOLD_ROLE,
    SYSTEM_ROLE,
    Actor,
    Decision,
    denied,
    permission,
)
from genxu.people.models import Household
from genxu.people.roles import Role
from genxu.regions.codes import Level
from genxu.regions.models import Region

from .models import SEERS, Collective, Filing, Membership, Officer, ShareChange

FOUNDERS = (Role.SECRETARY, Role.VILLAGE_STAFF)
KEEPERS = (*FOUNDERS, Role.BOOKKEEPER)


@permission(_("See collectives and their members"), roles=SEERS, reading=True)
def see_collectives(actor: Actor) -> Decision:
    """The list is cut to what is visible to the actor."""
    return ALLOWED


@permission(_("Enter a collective"), roles=FOUNDERS)
def found_collective(actor: Actor, hamlet: Region) -> Decision:
    """At a village or a hamlet, by its secretary or the village (第十九条)."""
    if hamlet.level not in (Level.VILLAGE, Level.HAMLET):
        return denied(_("A collective is a village's or a hamlet's."))
    return ALLOWED


@permission(_("Change charter and offices of a collective"), roles=FOUNDERS)
def steer_collective(actor: Actor, collective: Collective) -> Decision:
    """What the members' meeting has decided is written down."""
    return ALLOWED


@permission(_("Note that somebody leaves an office of a collective"), roles=FOUNDERS)
def change_officer(actor: Actor, officer: Officer) -> Decision:
    """By whoever writes down who was elected."""
    return ALLOWED


@permission(_("Enter somebody in the roll of a collective"), roles=KEEPERS)
def enter_member(actor: Actor, collective: Collective) -> Decision:
    """By whoever keeps the roll."""
    return ALLOWED


@permission(_("Change what the roll of a collective says of somebody"), roles=KEEPERS)
def change_membership(actor: Actor, membership: Membership) -> Decision:
    """By whoever keeps the roll; what stood before is kept."""
    return ALLOWED


@permission(_("Hand in the roll of a collective"), roles=KEEPERS)
def file_roll(actor: Actor, collective: Collective) -> Decision:
    """With township and county (第十二条)."""
    return ALLOWED


@permission(_("Take back a roll that was handed in"), roles=KEEPERS)
def withdraw_filing(actor: Actor, filing: Filing) -> Decision:
    """By whoever hands in."""
    return ALLOWED


@permission(_("Confirm the roll of a collective"), roles=[Role.TOWNSHIP_STAFF])
def confirm_filing(actor: Actor, filing: Filing) -> Decision:
    """By the township; the county sees it (第十二条)."""
    return ALLOWED


@permission(_("Write in the register of shares"), roles=KEEPERS)
def keep_shares(actor: Actor, collective: Collective) -> Decision:
    """By whoever keeps the roll."""
    return ALLOWED


@permission(_("Withdraw an entry of the register of shares"), roles=KEEPERS)
def withdraw_change(actor: Actor, change: ShareChange) -> Decision:
    """Nothing is deleted: it counts no more."""
    return ALLOWED


@permission(_("Issue share certificates"), roles=KEEPERS)
def issue_certificates(actor: Actor, collective: Collective) -> Decision:
    """Of the households of one collective."""
    return ALLOWED


@permission(_("Enter many members of collectives at once"), roles=[*KEEPERS, SYSTEM_ROLE])
def record_members(actor: Actor, place: Region) -> Decision:
    """From a spreadsheet, in the places in one's charge."""
    return ALLOWED


@permission(_("Enter many shares at once"), roles=[*KEEPERS, SYSTEM_ROLE])
def record_shares(actor: Actor, place: Region) -> Decision:
    """From a spreadsheet, in the places in one's charge."""
    return ALLOWED


@permission(_("Say that its line in a collective is wrong"), roles=[HOUSEHOLD_ROLE])
def doubt_line(actor: Actor, household: Household) -> Decision:
    """The household itself, by the code of its slip."""
    if actor.key != str(household.pk):
        return denied(_("That is another household."))
    return ALLOWED
