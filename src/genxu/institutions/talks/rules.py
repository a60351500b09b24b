"""Who may record and read talks."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, Actor, Decision, denied, permission
from genxu.people.roles import Role
from genxu.regions.models import Region

from .models import Talk


@permission(_("Record a talk"), roles=[Role.SECRETARY])
def record_talk(actor: Actor, hamlet: Region) -> Decision:
    """By the secretary of the hamlet's branch."""
    if not hamlet.is_hamlet:
        return denied(_("A talk is held in a hamlet."))
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
