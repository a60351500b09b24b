"""Who may see and steer councils."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, Actor, Decision, permission
from genxu.people.roles import EVERYONE_BUT_AUDITORS


@permission(_("See councils"), roles=EVERYONE_BUT_AUDITORS, reading=True)
def see_councils(actor: Actor) -> Decision:
    """The list is cut to what is visible to the actor."""
    return ALLOWED
