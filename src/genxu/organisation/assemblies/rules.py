"""Who may see, convene and tally assemblies."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, Actor, Decision, denied, permission
from genxu.people.roles import Role
from genxu.regions.models import Region

from .models import Assembly

CONVENERS = (Role.SECRETARY, Role.VILLAGE_STAFF)


@permission(_("See assemblies"), roles=Assembly.seen_by, reading=True)
def see_assemblies(actor: Actor) -> Decision:
    """The list is cut to what is visible to the actor."""
    return ALLOWED


@permission(_("Convene an assembly"), roles=CONVENERS)
def convene_assembly(actor: Actor, hamlet: Region) -> Decision:
    """By the secretary or the village, for a hamlet."""
    if not hamlet.is_hamlet:
        return denied(_("An assembly is convened for a hamlet."))
    return ALLOWED


@permission(_("Change the notice of an assembly"), roles=CONVENERS)
def change_assembly(actor: Actor, assembly: Assembly) -> Decision:
    """By whoever may convene it; what was announced is then announced anew."""
    return ALLOWED


@permission(_("Call an assembly off"), roles=CONVENERS)
def cancel_assembly(actor: Actor, assembly: Assembly) -> Decision:
    """By whoever may convene it, with a reason."""
    return ALLOWED


@permission(_("Record who came to an assembly"), roles=CONVENERS)
def record_attendance(actor: Actor, assembly: Assembly) -> Decision:
    """Numbers only: nobody is listed by name."""
    return ALLOWED


@permission(_("Count the votes of an assembly"), roles=CONVENERS)
def tally_motion(actor: Actor, assembly: Assembly) -> Decision:
    """What carried follows from the numbers and the rule of the body."""
    return ALLOWED


@permission(_("Correct a count of votes"), roles=CONVENERS)
def correct_tally(actor: Actor, assembly: Assembly) -> Decision:
    """On the same day, with a reason; the numbers before stay to be read."""
    return ALLOWED
