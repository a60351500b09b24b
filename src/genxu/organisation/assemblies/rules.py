"""Who may see, convene and tally assemblies."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, Actor, Decision, permission
from genxu.people.roles import EVERYONE_BUT_AUDITORS


@permission(_("See assemblies"), roles=EVERYONE_BUT_AUDITORS, reading=True)
def see_assemblies(actor: Actor) -> Decision:
    """The list is cut to what is visible to the actor."""
    return ALLOWED
