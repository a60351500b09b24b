"""Who may record and read talks."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, Actor, Decision, denied, permission
from genxu.people.roles import Role
from genxu.regions.models import Region

from .models import Talk

MENDERS = (Role.SECRETARY, Role.VILLAGE_STAFF)


@permission(_("Record a talk"), roles=[Role.SECRETARY])
def record_talk(actor: Actor, hamlet: Region) -> Decision:
    """By the secretary of the hamlet's branch."""
    if not hamlet.is_hamlet:
        return denied(_("A talk is held in a hamlet."))
    return ALLOWED


@permission(_("Correct, add to, join or withdraw a talk"), roles=MENDERS)
def mend_talk(actor: Actor, talk: Talk) -> Decision:
    """By its hamlet's secretary, and by the village afterwards; the reason and what stood before
    are kept."""
    return ALLOWED


@permission(_("Correct what was said at a talk"), roles=[Role.SECRETARY])
def correct_said(actor: Actor, talk: Talk) -> Decision:
    """Who said what stays in the hamlet, so it is put right there."""
    return ALLOWED


@permission(_("See talks"), roles=Talk.seen_by, reading=True)
def see_talks(actor: Actor) -> Decision:
    """The list is cut to what is visible to the actor."""
    return ALLOWED


@permission(_("Read the minutes of a talk"), roles=[Role.SECRETARY], reading=True)
def read_minutes(actor: Actor, talk: Talk) -> Decision:
    """The minutes name those who raised something; they stay in the hamlet."""
    return ALLOWED


@permission(_("Print the receipts of a talk"), roles=[Role.SECRETARY])
def print_receipts(actor: Actor, talk: Talk) -> Decision:
    """Whoever holds a receipt gives the verdict: the journal keeps who printed them and why."""
    return ALLOWED
