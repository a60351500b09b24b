"""Who may see, convene and tally assemblies."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, Actor, Decision, denied, permission
from genxu.people.roles import Role
from genxu.regions.models import Region

from .models import Assembly, AssemblyStep

CONVENERS = (Role.SECRETARY, Role.VILLAGE_STAFF)
CONFIRMERS = (*CONVENERS, Role.TOWNSHIP_STAFF)


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
    """By whoever may convene it, before it begins; the notice is then given anew."""
    return ALLOWED


@permission(_("Record that the notice of an assembly was given"), roles=CONVENERS)
def announce_assembly(actor: Actor, assembly: Assembly) -> Decision:
    """Given by a person: by whom, how, on which day. The program sends nothing."""
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


@permission(_("Ask for a correction of an assembly's numbers"), roles=CONVENERS)
def ask_correction(actor: Actor, assembly: Assembly) -> Decision:
    """Of who came or how they voted, with a reason; the old numbers stand until it is confirmed."""
    return ALLOWED


@permission(_("Confirm a correction of an assembly's numbers"), roles=CONFIRMERS)
def confirm_correction(actor: Actor, assembly: Assembly, correction: AssemblyStep) -> Decision:
    """By a second person, never by whoever asked for it. The township may too: a hamlet may have
    one alone who convenes."""
    if correction.by_id == actor.account_id:
        return denied(_("A correction has two names: somebody else confirms what you asked for."))
    return ALLOWED


@permission(_("Decline a correction of an assembly's numbers"), roles=CONFIRMERS)
def decline_correction(actor: Actor, assembly: Assembly) -> Decision:
    """By a second person, or taken back by whoever asked for it."""
    return ALLOWED
